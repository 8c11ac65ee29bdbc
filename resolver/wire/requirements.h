// An answer as a requirements file that pip installs: pins, hashes, and who asked for each.
#pragma once

#include <string>
#include <string_view>

#include "engine/answer.h"

namespace accord::wire {

// For each package, by name, `name[extras]==version` or `name @ URL`, a line with each hash of its
// files that the policies admit, whatever target they are for, and `# via` with who asks for it.
// Since pip wants hashes of all packages or of none, they are left out, and a comment says so, if a
// package has none of a file that the target can use. `target` goes into the head.
[[nodiscard]] std::string RequirementsText(const engine::Answer& answer, std::string_view target);

}  // namespace accord::wire
