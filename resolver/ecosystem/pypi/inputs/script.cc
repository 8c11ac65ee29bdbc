#include "ecosystem/pypi/inputs/script.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/inputs/toml_text.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

constexpr std::string_view kBegin = "# /// script";
constexpr std::string_view kEnd = "# ///";

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool IsOfBlock(std::string_view line) { return line == "#" || line.starts_with("# "); }

}  // namespace

absl::StatusOr<std::optional<ScriptBlock>> FindScriptBlock(std::string_view text,
                                                           std::string_view place) {
  if (text.size() > kScriptBytesMax) {
    return LimitReached(place,
                        Cat("at most ", kScriptBytesMax, " bytes are read, it has ", text.size()));
  }
  const std::vector<std::string_view> lines = SplitLines(text);
  std::optional<ScriptBlock> found;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] != kBegin) continue;
    // The block goes on as long as comments do; of several ends the last one counts.
    size_t after = i + 1;
    size_t end = i;
    for (; after < lines.size() && IsOfBlock(lines[after]); ++after) {
      if (lines[after] == kEnd) end = after;
    }
    if (end <= i + 1) continue;
    if (found) {
      return InvalidInput(Cat(place, ":", i + 1),
                          "one block of script metadata is wanted, this is a second one");
    }
    found.emplace();
    found->first_line = i + 2;
    for (size_t line = i + 1; line < end; ++line) {
      found->toml.append(lines[line].substr(std::min<size_t>(2, lines[line].size()))).append("\n");
    }
    i = end;
  }
  return found;
}

absl::StatusOr<Input> ReadScript(std::string_view text, std::string_view place) {
  const absl::StatusOr<std::optional<ScriptBlock>> block = FindScriptBlock(text, place);
  if (!block.ok()) return block.status();
  if (!*block) {
    return InvalidInput(place, "a block '# /// script' (PEP 723) is wanted, it has none");
  }
  // Empty lines above it, so that lines of the block are lines of the file.
  const absl::StatusOr<toml::table> document =
      ReadToml(std::string((*block)->first_line - 1, '\n') + (*block)->toml, place);
  if (!document.ok()) return document.status();
  Input input;
  absl::StatusOr<std::vector<PlacedText>> texts = FindTexts(*document, "dependencies", place);
  if (!texts.ok()) return texts.status();
  for (const PlacedText& requirement : *texts) {
    const auto parsed = Requirement::Parse(requirement.text);
    if (!parsed.ok()) return At(requirement.place, parsed.status());
  }
  input.requirements = *std::move(texts);
  const absl::StatusOr<const std::string*> python = FindText(*document, "requires-python", place);
  if (!python.ok()) return python.status();
  if (*python != nullptr) {
    input.requires_python.push_back({**python, PlaceOf(place, *document->get("requires-python"))});
  }
  return input;
}

}  // namespace accord::pypi
