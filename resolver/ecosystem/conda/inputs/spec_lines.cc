#include "ecosystem/conda/inputs/spec_lines.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {

absl::StatusOr<Input> ReadSpecLines(std::string_view text, std::string_view place) {
  if (text.size() > kSpecLinesBytesMax) {
    return LimitReached(
        place, Cat("at most ", kSpecLinesBytesMax, " bytes are read, it has ", text.size()));
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Input input;
  std::vector<PlacedText>& lines = input.specs;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Strip(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if (line == "@EXPLICIT") {
      input.is_explicit = true;
      continue;
    }
    if (lines.size() == kSpecLinesMax) {
      return LimitReached(place, Cat("at most ", kSpecLinesMax, " lines are read, it has more"));
    }
    lines.push_back({std::string(line), Cat(place, ":", number)});
  }
  if (!input.is_explicit) return input;
  for (const PlacedText& line : std::exchange(lines, {})) {
    absl::StatusOr<ListedFile> file = ReadListedFile(line.text, line.place);
    if (!file.ok()) return file.status();
    input.files.push_back(*std::move(file));
  }
  return input;
}

}  // namespace accord::conda
