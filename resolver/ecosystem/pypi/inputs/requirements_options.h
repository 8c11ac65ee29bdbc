// The options of pip's requirements files: their spellings, and which of them take a value.
// Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::pypi {

enum class RequirementsOption : uint8_t {
  kRequirements,
  kConstraints,
  kEditable,
  kHash,
  kPre,
  kNoBinary,
  kOnlyBinary,
  kPreferBinary,
  kRequireHashes,
  kPlaceOfFiles,  // where files come from: not honoured
  kBuild,         // how they are built or what pip tries: not honoured
};

struct GivenOption {
  RequirementsOption option;
  std::string spelling;  // "--index-url"
  std::string value;
};

// What stands on a line: a requirement, options, or a requirement with options of its own.
struct RequirementsLine {
  std::string requirement;
  std::vector<GivenOption> options;
};

// Options begin at the first word that begins with '-'. Errors: InvalidInput, without a place.
[[nodiscard]] absl::StatusOr<RequirementsLine> ReadRequirementsLine(std::string_view line);

// May stand behind a requirement.
[[nodiscard]] bool IsOfOneRequirement(const GivenOption& option);

}  // namespace accord::pypi
