#include "ecosystem/pypi/request_reader.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

enum class Kind { kRequirement, kLimit };

struct ReadText {
  Asked asked;
  bool holds = true;  // its marker does
};

using Names = absl::flat_hash_set<std::string>;

// `overridden`: names whose markers are replaced, but for what they say of extras.
absl::StatusOr<ReadText> Read(const PlacedText& text, Kind kind, const Environment& environment,
                              const Names& overridden = {}) {
  absl::StatusOr<Requirement> parsed = Requirement::Parse(text.text);
  if (!parsed.ok()) return At(text.place, parsed.status());
  if (kind == Kind::kLimit && !parsed->url.empty()) {
    return InvalidInput(text.place, Cat("a name with version specifiers is wanted, ",
                                        Quoted(text.text), " asks for a URL"));
  }
  if (kind == Kind::kLimit && !parsed->extras.empty()) {
    return InvalidInput(text.place,
                        Cat("only versions can be limited, ", Quoted(text.text), " names extras"));
  }
  ReadText read;
  std::optional<Marker> marker = parsed->marker;
  if (marker && overridden.contains(parsed->NormalName())) marker = ExtrasAlone(*marker);
  if (marker) {
    const absl::StatusOr<bool> holds = marker->Evaluate(environment);
    if (!holds.ok()) return At(text.place, holds.status());
    read.holds = *holds;
  }
  read.asked = {.name = parsed->NormalName(),
                .extras = parsed->NormalExtras(),
                .specifiers = parsed->specifiers,
                .specifier_text = parsed->specifiers.Canonical(),
                .url = parsed->url,
                .places = {text.place}};
  return read;
}

auto Key(const Asked& asked) {
  return std::tie(asked.name, asked.specifier_text, asked.url, asked.extras);
}

// Sorted, what says the same once for all its places.
std::vector<Asked> Distinct(std::vector<Asked> read) {
  std::stable_sort(read.begin(), read.end(), [](const Asked& a, const Asked& b) {
    return std::tuple_cat(Key(a), std::tie(a.first_given)) <
           std::tuple_cat(Key(b), std::tie(b.first_given));
  });
  std::vector<Asked> distinct;
  for (Asked& asked : read) {
    if (!distinct.empty() && Key(distinct.back()) == Key(asked)) {
      std::vector<std::string>& places = distinct.back().places;
      places.insert(places.end(), asked.places.begin(), asked.places.end());
    } else {
      distinct.push_back(std::move(asked));
    }
  }
  return distinct;
}

absl::StatusOr<std::vector<Asked>> ReadTexts(const std::vector<PlacedText>& texts, Kind kind,
                                             const Environment& environment,
                                             const Names& overridden) {
  std::vector<Asked> read;
  read.reserve(texts.size());
  for (uint32_t i = 0; i < texts.size(); ++i) {
    absl::StatusOr<ReadText> text = Read(texts[i], kind, environment, overridden);
    if (!text.ok()) return text.status();
    if (!text->holds) continue;
    text->asked.first_given = i;
    read.push_back(std::move(text->asked));
  }
  return Distinct(std::move(read));
}

absl::StatusOr<std::vector<AskedOverride>> ReadOverrides(const ResolveRequest& request) {
  std::vector<AskedOverride> overrides;
  for (const Override& one : request.overrides) {
    absl::StatusOr<ReadText> text = Read(one.requirement, Kind::kRequirement, request.environment);
    if (!text.ok()) return text.status();
    overrides.push_back({.asked = std::move(text->asked),
                         .dependant = NormalizeName(one.dependant),
                         .holds = text->holds});
  }
  std::stable_sort(overrides.begin(), overrides.end(),
                   [](const AskedOverride& a, const AskedOverride& b) {
                     return std::tuple_cat(Key(a.asked), std::tie(a.dependant)) <
                            std::tuple_cat(Key(b.asked), std::tie(b.dependant));
                   });
  return overrides;
}

// What the request itself asks for, with the overrides that are not one package's alone.
std::vector<Asked> Overridden(std::vector<Asked> requirements,
                              const std::vector<AskedOverride>& overrides) {
  if (overrides.empty()) return requirements;
  std::vector<Asked> result;
  for (Asked& asked : requirements) {
    bool is_overridden = false;
    for (const AskedOverride& one : overrides) {
      if (one.asked.name != asked.name || !one.dependant.empty()) continue;
      is_overridden = true;
      if (!one.holds) continue;
      Asked instead = one.asked;
      instead.places = asked.places;
      instead.places.push_back(Cat("overridden by ", one.asked.places.front()));
      instead.first_given = asked.first_given;
      result.push_back(std::move(instead));
    }
    if (!is_overridden) result.push_back(std::move(asked));
  }
  return Distinct(std::move(result));
}

}  // namespace

absl::StatusOr<AskedTexts> ReadRequest(const ResolveRequest& request) {
  const size_t texts = request.requirements.size() + request.constraints.size() +
                       request.locked.size() + request.favored.size() + request.excluded.size() +
                       request.overrides.size();
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
  absl::StatusOr<std::vector<AskedOverride>> overrides = ReadOverrides(request);
  if (!overrides.ok()) return overrides.status();
  asked.overrides = *std::move(overrides);
  Names overridden;
  for (const AskedOverride& one : asked.overrides) {
    if (one.dependant.empty()) overridden.insert(one.asked.name);
  }
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
    absl::StatusOr<std::vector<Asked>> read =
        ReadTexts(list.texts, list.kind, request.environment,
                  list.kind == Kind::kRequirement ? overridden : Names());
    if (!read.ok()) return read.status();
    list.read = *std::move(read);
  }
  asked.requirements = Overridden(std::move(asked.requirements), asked.overrides);
  return asked;
}

}  // namespace accord::pypi
