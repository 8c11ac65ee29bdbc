#include "protocol/transcript.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace accord::protocol {
namespace {

constexpr std::string_view kPassedOver = "#%|";

bool IsBlankLine(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool IsObject(std::string_view text) {
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false).is_object();
}

}  // namespace

absl::StatusOr<std::vector<TranscriptLine>> ReadTranscript(std::string_view text,
                                                           std::string_view place) {
  std::vector<TranscriptLine> lines;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (IsBlankLine(line) || kPassedOver.find(line.front()) != std::string_view::npos) continue;
    const bool is_answer = line.starts_with("< ");
    if (!is_answer && !line.starts_with("> ")) {
      return InvalidInput(Cat(place, ":", number),
                          Cat("'> MESSAGE' or '< MESSAGE' is wanted, found ", Quoted(line)));
    }
    if (is_answer && !IsObject(line.substr(2))) {
      return InvalidInput(Cat(place, ":", number), "a JSON object is wanted behind '<'");
    }
    lines.push_back(
        {.number = number, .is_answer = is_answer, .text = std::string(line.substr(2))});
  }
  return lines;
}

}  // namespace accord::protocol
