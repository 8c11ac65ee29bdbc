// Answers to questions about an answer (engine/why.h) as lines for people.
#pragma once

#include <string>

#include "engine/why.h"

namespace accord::cli {

// One line a package: "click 8.1.3: newest admitted". Each text ends in a line end.
[[nodiscard]] std::string VersionsText(const std::vector<engine::WhyVersion>& versions);

[[nodiscard]] std::string PackageText(const engine::WhyPackage& why);

[[nodiscard]] std::string NotChosenText(const engine::WhyNot& why);

}  // namespace accord::cli
