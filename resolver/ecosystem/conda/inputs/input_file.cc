#include "ecosystem/conda/inputs/input_file.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/inputs/environment_yml.h"
#include "ecosystem/conda/inputs/spec_lines.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

std::string_view FirstLine(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Strip(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.front() != '#') return line;
  }
  return {};
}

// "channels:" and "name: x", but not "channel::name".
bool LooksLikeYaml(std::string_view line) {
  const size_t word = std::min(line.find_first_of(": \t"), line.size());
  if (line.starts_with("---")) return true;
  if (word == 0 || word == line.size() || line[word] != ':') return false;
  return word + 1 == line.size() || IsBlank(line[word + 1]);
}

}  // namespace

InputKind KindOfInput(std::string_view path, std::string_view text) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  if (name.ends_with(".yml") || name.ends_with(".yaml")) return InputKind::kEnvironment;
  if (name.ends_with(".txt") || name == "pinned") return InputKind::kLines;
  if (name.ends_with(".json")) return InputKind::kAnswer;
  const std::string_view line = FirstLine(text);
  if (line.starts_with('{')) return InputKind::kAnswer;
  return LooksLikeYaml(line) ? InputKind::kEnvironment : InputKind::kLines;
}

absl::StatusOr<Input> ReadInput(std::string_view text, std::string_view path) {
  switch (KindOfInput(path, text)) {
    case InputKind::kEnvironment:
      return ReadEnvironment(text, path);
    case InputKind::kAnswer:
      return InvalidInput(path,
                          "a file that asks for packages is wanted, found an answer: that is for "
                          "--lock-file");
    case InputKind::kLines:
      break;
  }
  return ReadSpecLines(text, path);
}

absl::StatusOr<std::vector<PlacedText>> ReadPins(std::string_view text, std::string_view path) {
  absl::StatusOr<Input> input = Input();
  const bool is_lines = KindOfInput(path, text) == InputKind::kLines;
  if (is_lines) input = ReadSpecLines(text, path);
  if (!input.ok()) return input.status();
  if (is_lines && !input->is_explicit) return std::move(input->specs);
  return InvalidInput(path, "constraints are wanted as one specifier a line, found another format");
}

}  // namespace accord::conda
