#include "check/conda_needs.h"

#include <algorithm>
#include <utility>

#include "check/conda_environment.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/condition.h"
#include "ecosystem/conda/package_file.h"
#include "ecosystem/conda/text.h"

namespace accord::check {
namespace {

constexpr std::string_view kConstrainsMark = " ; constrains";
constexpr std::string_view kExtraMark = " ; extra ";
constexpr conda::Characters kNameEnds(" =<>!~", /*alphanumeric=*/false);
// What stands in texts that are more than a name, a version and a build.
constexpr conda::Characters kSpecialBytes("[]()#:/\\@", /*alphanumeric=*/false);

bool NamesOne(const conda::MatchSpec& spec) {
  return spec.name.kind() == conda::TextMatch::Kind::kExact;
}

absl::StatusOr<conda::MatchSpec> ReadSpec(std::string_view text,
                                          const conda::MatchSpecRules& rules) {
  absl::StatusOr<conda::MatchSpec> spec = conda::MatchSpec::Parse(text, rules);
  if (!spec.ok()) return spec;
  if (!NamesOne(*spec) ||
      (spec->when != nullptr && !std::ranges::all_of(spec->when->specs(), NamesOne))) {
    return InvalidInput(Cat("match specifier ", Quoted(conda::WithoutCredentials(text))),
                        "expected exact names of packages");
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
    into.reserve(texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      ++cost.texts;
      absl::StatusOr<conda::MatchSpec> spec = ReadSpec(texts[i].text, rules);
      if (!spec.ok()) return At(texts[i].place, spec.status());
      into.push_back({.list = list, .at = i, .text = texts[i].text, .spec = *std::move(spec)});
    }
    return absl::OkStatus();
  };
  ACCORD_RETURN_IF_ERROR(read("specs", request.specs, wishes.specs));
  std::vector<std::string> named;
  for (const CondaWish& wish : wishes.specs) named.emplace_back(wish.spec.name.Canonical());
  wishes.asked_texts = CondaEnvironment(request).Asked(named);
  ACCORD_RETURN_IF_ERROR(read("installed", wishes.asked_texts, wishes.asked));
  ACCORD_RETURN_IF_ERROR(read("constraints", request.constraints, wishes.constraints));
  ACCORD_RETURN_IF_ERROR(read("locked", request.locked, wishes.locked));
  ACCORD_RETURN_IF_ERROR(read("favored", request.favored, favored));
  ACCORD_RETURN_IF_ERROR(read("excluded", request.excluded, wishes.excluded));
  return wishes;
}

absl::StatusOr<CondaNeed> CondaNeedReader::Read(std::string_view text) {
  CondaNeed need;
  if (const size_t mark = text.rfind(kExtraMark); mark != std::string_view::npos) {
    need.extra = text.substr(mark + kExtraMark.size());
    text = text.substr(0, mark);
  } else if (text.ends_with(kConstrainsMark)) {
    need.constrains = true;
    text.remove_suffix(kConstrainsMark.size());
  }
  need.text = text;
  if (ReadParts(need)) return need;
  need.spec = SpecOf(text);
  if (need.spec == nullptr) return ReadSpec(text, rules_).status();
  need.name = need.spec->name.Canonical();
  return need;
}

// A name, and behind it a version and perhaps a build. False, and nothing of it is true yet, of all
// other texts, and of those that cannot be read so.
bool CondaNeedReader::ReadParts(CondaNeed& need) {
  const std::string_view text = need.text;
  if (text.size() > conda::kMatchSpecBytesMax || conda::HasPackageExtension(text) ||
      std::ranges::any_of(text, [](char c) { return kSpecialBytes.Have(c); })) {
    return false;
  }
  const auto end = std::ranges::find_if(text, [](char c) { return kNameEnds.Have(c); });
  const std::string_view name(text.begin(), end);
  const conda::MatchSpec* alone = SpecOf(name);
  const conda::MatchSpec* behind =
      alone != nullptr ? SpecBehind(text.substr(name.size())) : nullptr;
  if (behind == nullptr) return false;
  need.name = alone->name.Canonical();
  need.spec = behind;
  return true;
}

const conda::MatchSpec* CondaNeedReader::SpecOf(std::string_view text) {
  if (const auto known = spec_of_.find(text); known != spec_of_.end()) return known->second;
  absl::StatusOr<conda::MatchSpec> parsed = ReadSpec(text, rules_);
  const conda::MatchSpec* spec = parsed.ok() ? &specs_.emplace_back(*std::move(parsed)) : nullptr;
  spec_of_.emplace(text, spec);
  return spec;
}

const conda::MatchSpec* CondaNeedReader::SpecBehind(std::string_view text) {
  if (const auto known = spec_behind_.find(text); known != spec_behind_.end()) return known->second;
  absl::StatusOr<conda::MatchSpec> parsed = ReadSpec(Cat("any", text), rules_);
  if (parsed.ok()) parsed->name = conda::TextMatch();
  const conda::MatchSpec* spec = parsed.ok() ? &specs_.emplace_back(*std::move(parsed)) : nullptr;
  spec_behind_.emplace(text, spec);
  return spec;
}

}  // namespace accord::check
