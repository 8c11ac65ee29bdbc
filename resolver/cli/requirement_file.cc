#include "cli/requirement_file.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace accord::cli {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view WithoutComment(std::string_view line) {
  for (size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || kBlank.find(line[at - 1]) != std::string_view::npos) return line.substr(0, at);
  }
  return line;
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

}  // namespace

absl::StatusOr<std::vector<pypi::PlacedText>> ReadRequirementLines(std::string_view text,
                                                                   std::string_view place) {
  std::vector<pypi::PlacedText> lines;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trimmed(WithoutComment(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const std::string where = Cat(place, ":", number);
    if (line.front() == '-' || line.back() == '\\') {
      return InvalidInput(where, Cat("one requirement a line is wanted, found ", Quoted(line)));
    }
    if (lines.size() == kLinesMax) return LimitReached(where, Cat("more than ", kLinesMax));
    lines.push_back({.text = std::string(line), .place = where});
  }
  return lines;
}

}  // namespace accord::cli
