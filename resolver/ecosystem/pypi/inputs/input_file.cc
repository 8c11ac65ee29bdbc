#include "ecosystem/pypi/inputs/input_file.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/inputs/script.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

// No requirement and no option begins with '[', and none is a word before '='.
bool LooksLikeToml(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = StripSpace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto key_end = std::find_if_not(
        line.begin(), line.end(), [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
    const std::string_view sign =
        StripSpace(line.substr(static_cast<size_t>(key_end - line.begin())));
    return line.front() == '[' || (sign.starts_with('=') && !sign.starts_with("=="));
  }
  return false;
}

absl::StatusOr<Input> ReadOf(InputKind kind, const std::string& text, const InputFile& file,
                             const PyprojectChoice& choice,
                             const RequirementsSurroundings& surroundings) {
  if (kind != InputKind::kRequirements && file.role == RequirementsRole::kConstraints) {
    return InvalidInput(file.path,
                        "constraints are wanted in the format of pip's requirements "
                        "files, found another format");
  }
  switch (kind) {
    case InputKind::kScript:
      return ReadScript(text, file.path);
    case InputKind::kPyproject:
      return ReadPyproject(text, file.path, choice);
    case InputKind::kPylock:
      return InvalidInput(file.path,
                          "a file that asks for packages is wanted, found a lock: that "
                          "is for --lock-file");
    case InputKind::kRequirements:
      break;
  }
  return ReadRequirementsTxt({.path = file.path, .role = file.role, .text = text}, surroundings);
}

}  // namespace

InputKind KindOfInput(std::string_view path, std::string_view text) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  if (name.ends_with(".py")) return InputKind::kScript;
  if (name.ends_with(".toml")) {
    return name.starts_with("pylock.") ? InputKind::kPylock : InputKind::kPyproject;
  }
  if (name.ends_with(".txt") || name.ends_with(".in")) return InputKind::kRequirements;
  const auto block = FindScriptBlock(text, path);
  if (block.ok() && block->has_value()) return InputKind::kScript;
  if (!LooksLikeToml(text)) return InputKind::kRequirements;
  return text.find("lock-version") < text.find("[project]") ? InputKind::kPylock
                                                            : InputKind::kPyproject;
}

absl::StatusOr<InputAndKind> ReadInputFile(const InputFile& file, const PyprojectChoice& choice,
                                           const RequirementsSurroundings& surroundings) {
  const absl::StatusOr<std::string> text = surroundings.read(file.path);
  if (!text.ok()) return text.status();
  const InputKind kind = KindOfInput(file.path, *text);
  absl::StatusOr<Input> input = ReadOf(kind, *text, file, choice, surroundings);
  if (!input.ok()) return input.status();
  return InputAndKind{.input = *std::move(input), .kind = kind};
}

}  // namespace accord::pypi
