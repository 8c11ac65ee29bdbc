// The lines of a requirements file as pip reads them, before anything is known of what they say:
// decoded, joined where they go on, without comments, with environment variables put in. Internal
// to this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/inputs/input.h"

namespace accord::pypi {

inline constexpr size_t kRequirementsFileBytesMax = size_t{64} << 20;
inline constexpr size_t kRequirementsLinesMax = 1'000'000;  // of one file

using Variables = std::map<std::string, std::string, std::less<>>;

struct RequirementsLines {
  std::vector<PlacedText> lines;  // none is empty; the place is that of the first line joined
  std::vector<InputNote> notes;   // variables that are not set
};

// UTF-8 with or without a byte order mark, or UTF-16 with one. A line that ends in '\' goes on with
// the next, except after a comment. A comment begins with '#' at the beginning or after white
// space. ${NAME} of capital letters, digits and '_' is replaced; one that is not set stays and is
// noted. Errors: InvalidInput for bytes that are neither encoding; LimitReached.
[[nodiscard]] absl::StatusOr<RequirementsLines> ReadRequirementsLines(std::string_view bytes,
                                                                      std::string_view place,
                                                                      const Variables& variables);

// Words as a shell would split them: blanks between, quotes and '\' keep what they hold together.
// Errors: InvalidInput for a quote that is not closed.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view text);

}  // namespace accord::pypi
