// Where a program is that the user's shell would start.
#pragma once

#include <string>
#include <string_view>

namespace accord::cli {

// The first of that name which can be run, in the absolute folders of `path` ("/a:/b"): a relative
// one could hold anybody's program. Empty: there is none.
[[nodiscard]] std::string ProgramOnPath(std::string_view path, std::string_view name);

}  // namespace accord::cli
