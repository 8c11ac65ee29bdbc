// The texts of a request, parsed and checked: names, extras and specifiers, in one order whatever
// order they were written in. What holds no more under the environment's markers is left out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {

inline constexpr size_t kRequestTextsMax = 100'000;  // of one request, all kinds together

// What one text of the request says, once for all places that say it.
struct Asked {
  std::string name;                 // normal
  std::vector<std::string> extras;  // normal, sorted
  SpecifierSet specifiers;
  std::string specifier_text;       // canonical
  std::string url;                  // instead of specifiers; of requirements and overrides only
  std::vector<std::string> places;  // in the order given
  uint32_t first_given = 0;         // the earliest of them, counted from 0 within its kind
};

// Instead of what is asked for the name, everywhere or by one package.
struct AskedOverride {
  Asked asked;
  std::string dependant;  // normal; empty: everywhere
  bool holds = true;      // its marker does; if not, what it overrides is dropped
};

// Each list is sorted by name, specifiers, URL, extras; no two entries say the same.
struct AskedTexts {
  std::vector<Asked> requirements;  // after the overrides
  std::vector<Asked> constraints;
  std::vector<Asked> locked;
  std::vector<Asked> favored;
  std::vector<Asked> excluded;
  std::vector<AskedOverride> overrides;
};

// Errors, at the first text at fault: InvalidInput with its place (syntax, a URL or extras where
// only versions can be limited, a marker without meaning, an environment without a Python version);
// LimitReached above kRequestTextsMax.
[[nodiscard]] absl::StatusOr<AskedTexts> ReadRequest(const ResolveRequest& request);

}  // namespace accord::pypi
