// Values that options share: options that are given several times, texts with their places, and
// `NAME=VALUE`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/options.h"
#include "engine/resolve.h"

namespace accord::cli {

// The groups of --help.
inline constexpr const char* kRequirementsGroup = "Requirements";
inline constexpr const char* kTargetGroup = "Target";
inline constexpr const char* kPoliciesGroup = "Policies";
inline constexpr const char* kOutputGroup = "Output";

// An option that may be repeated and takes one value each time.
CLI::Option* AddRepeated(Options& options, std::string_view name, std::vector<std::string>& values,
                         std::string_view help);

// Texts with places "argument 1", "argument 2", ... or "--constraint 1", ...
[[nodiscard]] std::vector<pypi::PlacedText> Placed(const std::vector<std::string>& texts,
                                                   std::string_view place);

// What stands before the '='.
enum class Naming : uint8_t {
  kPypiPackage,  // a name of PyPI, which becomes normal; before the first '='
  kAsWritten,    // what is not empty, e.g. a channel; before the last '='
};

struct NamedValue {
  std::string name;
  std::string value;
  std::string place;  // "--prereleases-of 1"
};

// Errors: InvalidInput for a text that is no NAME=VALUE.
[[nodiscard]] absl::StatusOr<std::vector<NamedValue>> NamedValues(
    const std::vector<std::string>& texts, std::string_view option,
    Naming naming = Naming::kPypiPackage);

// The same where one value a name is wanted. Errors: also InvalidInput for a second one.
[[nodiscard]] absl::StatusOr<std::vector<NamedValue>> OneValueEach(
    const std::vector<std::string>& texts, std::string_view option,
    Naming naming = Naming::kPypiPackage);

}  // namespace accord::cli
