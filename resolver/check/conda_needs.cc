#include "check/conda_needs.h"

#include <algorithm>
#include <utility>

#include "ecosystem/conda/condition.h"

namespace accord::check {
namespace {

constexpr std::string_view kConstrainsMark = " ; constrains";
constexpr std::string_view kExtraMark = " ; extra ";

bool NamesOne(const conda::MatchSpec& spec) {
  return spec.name.kind() == conda::TextMatch::Kind::kExact;
}

absl::StatusOr<conda::MatchSpec> ReadSpec(std::string_view text,
                                          const conda::MatchSpecRules& rules) {
  absl::StatusOr<conda::MatchSpec> spec = conda::MatchSpec::Parse(text, rules);
  if (!spec.ok()) return spec;
  if (!NamesOne(*spec) ||
      (spec->when != nullptr && !std::ranges::all_of(spec->when->specs(), NamesOne))) {
    return InvalidInput(Cat("match specifier ", Quoted(text)), "expected names of one package");
  }
  return spec;
}

}  // namespace

absl::StatusOr<CondaWishes> ReadCondaWishes(const conda::ResolveRequest& request, CheckCost& cost) {
  const conda::MatchSpecRules rules{.dialect = request.dialect};
  CondaWishes wishes;
  std::vector<CondaWish> favored;  // no matter here, but the request is readable or it is not
  const auto read = [&](std::string_view list, const std::vector<conda::PlacedText>& texts,
                        std::vector<CondaWish>& into) -> absl::Status {
    for (size_t i = 0; i < texts.size(); ++i) {
      ++cost.texts;
      absl::StatusOr<conda::MatchSpec> spec = ReadSpec(texts[i].text, rules);
      if (!spec.ok()) return At(texts[i].place, spec.status());
      into.push_back({.list = list, .at = i, .text = texts[i].text, .spec = *std::move(spec)});
    }
    return absl::OkStatus();
  };
  ACCORD_RETURN_IF_ERROR(read("specs", request.specs, wishes.specs));
  ACCORD_RETURN_IF_ERROR(read("constraints", request.constraints, wishes.constraints));
  ACCORD_RETURN_IF_ERROR(read("locked", request.locked, wishes.locked));
  ACCORD_RETURN_IF_ERROR(read("favored", request.favored, favored));
  ACCORD_RETURN_IF_ERROR(read("excluded", request.excluded, wishes.excluded));
  return wishes;
}

const absl::StatusOr<CondaNeed>& CondaNeedReader::Read(std::string_view text) {
  const auto known = needs_.find(text);
  return known != needs_.end() ? known->second : needs_.emplace(text, Parse(text)).first->second;
}

absl::StatusOr<CondaNeed> CondaNeedReader::Parse(std::string_view text) const {
  CondaNeed need;
  if (const size_t mark = text.rfind(kExtraMark); mark != std::string_view::npos) {
    need.extra = text.substr(mark + kExtraMark.size());
    text = text.substr(0, mark);
  } else if (text.ends_with(kConstrainsMark)) {
    need.constrains = true;
    text.remove_suffix(kConstrainsMark.size());
  }
  need.text = text;
  absl::StatusOr<conda::MatchSpec> spec = ReadSpec(text, rules_);
  if (!spec.ok()) return spec.status();
  need.spec = *std::move(spec);
  return need;
}

}  // namespace accord::check
