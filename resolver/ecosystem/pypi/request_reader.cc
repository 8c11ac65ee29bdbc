#include "ecosystem/pypi/request_reader.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

enum class Kind { kRequirement, kLimit };

// None: its marker does not hold.
absl::StatusOr<std::optional<Asked>> ReadText(const PlacedText& text, Kind kind,
                                              const Environment& environment) {
  absl::StatusOr<Requirement> parsed = Requirement::Parse(text.text);
  if (!parsed.ok()) return At(text.place, parsed.status());
  if (!parsed->url.empty()) {
    return InvalidInput(text.place, Cat("a name with version specifiers is wanted, ",
                                        Quoted(text.text), " asks for a URL"));
  }
  if (kind == Kind::kLimit && !parsed->extras.empty()) {
    return InvalidInput(text.place,
                        Cat("only versions can be limited, ", Quoted(text.text), " names extras"));
  }
  if (parsed->marker) {
    const absl::StatusOr<bool> holds = parsed->marker->Evaluate(environment);
    if (!holds.ok()) return At(text.place, holds.status());
    if (!*holds) return std::nullopt;
  }
  Asked asked{.name = parsed->NormalName(),
              .extras = parsed->NormalExtras(),
              .specifiers = parsed->specifiers,
              .specifier_text = parsed->specifiers.Canonical(),
              .places = {text.place}};
  return asked;
}

auto Key(const Asked& asked) { return std::tie(asked.name, asked.specifier_text, asked.extras); }

absl::StatusOr<std::vector<Asked>> ReadTexts(const std::vector<PlacedText>& texts, Kind kind,
                                             const Environment& environment) {
  std::vector<Asked> read;
  read.reserve(texts.size());
  for (uint32_t i = 0; i < texts.size(); ++i) {
    absl::StatusOr<std::optional<Asked>> asked = ReadText(texts[i], kind, environment);
    if (!asked.ok()) return asked.status();
    if (!asked->has_value()) continue;
    (*asked)->first_given = i;
    read.push_back(*std::move(*asked));
  }
  std::sort(read.begin(), read.end(), [](const Asked& a, const Asked& b) {
    return std::tuple_cat(Key(a), std::tie(a.first_given)) <
           std::tuple_cat(Key(b), std::tie(b.first_given));
  });
  std::vector<Asked> distinct;
  for (Asked& asked : read) {
    if (!distinct.empty() && Key(distinct.back()) == Key(asked)) {
      distinct.back().places.push_back(std::move(asked.places.front()));
    } else {
      distinct.push_back(std::move(asked));
    }
  }
  return distinct;
}

}  // namespace

absl::StatusOr<AskedTexts> ReadRequest(const ResolveRequest& request) {
  const size_t texts = request.requirements.size() + request.constraints.size() +
                       request.locked.size() + request.favored.size() + request.excluded.size();
  if (texts > kRequestTextsMax) {
    return LimitReached("request",
                        Cat("at most ", kRequestTextsMax,
                            " requirements, constraints and locks are taken, it has ", texts));
  }
  if (request.environment.GetVersion(MarkerVariable::kPythonFullVersion) == nullptr) {
    return InvalidInput("environment",
                        Cat("python_full_version must be a version, it is ",
                            Quoted(request.environment.Get(MarkerVariable::kPythonFullVersion))));
  }
  AskedTexts asked;
  struct List {
    const std::vector<PlacedText>& texts;
    Kind kind;
    std::vector<Asked>& read;
  };
  const List lists[] = {
      {request.requirements, Kind::kRequirement, asked.requirements},
      {request.constraints, Kind::kLimit, asked.constraints},
      {request.locked, Kind::kLimit, asked.locked},
      {request.favored, Kind::kLimit, asked.favored},
      {request.excluded, Kind::kLimit, asked.excluded},
  };
  for (const List& list : lists) {
    absl::StatusOr<std::vector<Asked>> read = ReadTexts(list.texts, list.kind, request.environment);
    if (!read.ok()) return read.status();
    list.read = *std::move(read);
  }
  return asked;
}

}  // namespace accord::pypi
