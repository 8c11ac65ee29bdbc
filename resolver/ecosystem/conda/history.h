// conda-meta/history: what somebody asked of an environment, revision by revision. The lines that
// count are `# update specs: [...]`, `# remove specs: [...]` and `# neutered specs: [...]`, as
// conda and mamba write them, and conda's older `# update specs: a >=1,<2,b`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

// A match specifier that asks for a package.
struct AskedSpec {
  std::string name;  // in lower case
  PlacedText spec;

  friend bool operator==(const AskedSpec& a, const AskedSpec& b) {
    return a.name == b.name && a.spec.text == b.spec.text && a.spec.place == b.spec.place;
  }
};

// The name of the one package that the specifier is of. Errors: InvalidInput with its place.
[[nodiscard]] absl::StatusOr<AskedSpec> ReadAskedSpec(PlacedText spec);

// What is asked for in the end, sorted by name: in each revision what it removes goes, then what it
// updates (installs, creates) counts instead of what was said before, then what it neuters. Places
// are "PLACE:LINE". Errors: InvalidInput for a list or a specifier that cannot be read,
// LimitReached above `specs_max` specifiers.
[[nodiscard]] absl::StatusOr<std::vector<AskedSpec>> ReadHistory(std::string_view text,
                                                                 const std::string& place,
                                                                 size_t specs_max);

}  // namespace accord::conda
