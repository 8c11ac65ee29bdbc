#include "ecosystem/pypi/inputs/requirements_options.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "ecosystem/pypi/inputs/requirements_lines.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

struct Spelling {
  std::string_view word;
  RequirementsOption option;
  bool takes_value;
};

using enum RequirementsOption;
constexpr Spelling kSpellings[] = {
    {"-r", kRequirements, true},
    {"--requirement", kRequirements, true},
    {"-c", kConstraints, true},
    {"--constraint", kConstraints, true},
    {"-e", kEditable, true},
    {"--editable", kEditable, true},
    {"--hash", kHash, true},
    {"--pre", kPre, false},
    {"--no-binary", kNoBinary, true},
    {"--only-binary", kOnlyBinary, true},
    {"--prefer-binary", kPreferBinary, false},
    {"--require-hashes", kRequireHashes, false},
    {"-i", kPlaceOfFiles, true},
    {"--index-url", kPlaceOfFiles, true},
    {"--pypi-url", kPlaceOfFiles, true},
    {"--extra-index-url", kPlaceOfFiles, true},
    {"--no-index", kPlaceOfFiles, false},
    {"-f", kPlaceOfFiles, true},
    {"--find-links", kPlaceOfFiles, true},
    {"--trusted-host", kPlaceOfFiles, true},
    {"--use-feature", kBuild, true},
    {"--global-option", kBuild, true},
    {"--install-option", kBuild, true},
    {"-C", kBuild, true},
    {"--config-setting", kBuild, true},
    {"--config-settings", kBuild, true},
    {"--no-build-isolation", kBuild, false},
};

// "--name=value" and "-rvalue" carry their value; the word's own part is what the table knows.
struct Word {
  const Spelling* spelling = nullptr;
  std::optional<std::string> value;
};

absl::StatusOr<Word> ReadWord(const std::string& word) {
  const size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
  const std::string_view name = std::string_view(word).substr(0, equals);
  for (const Spelling& spelling : kSpellings) {
    const bool is_short = spelling.word.size() == 2;
    if (is_short && spelling.takes_value && word.size() > 2 && word.starts_with(spelling.word)) {
      return Word{.spelling = &spelling, .value = word.substr(2)};
    }
    if (name != spelling.word) continue;
    Word read{.spelling = &spelling};
    if (equals != std::string::npos) read.value = word.substr(equals + 1);
    return read;
  }
  return InvalidInput("", Cat("an option of requirements files is wanted, found ", Quoted(word)));
}

absl::StatusOr<std::vector<GivenOption>> ReadOptions(const std::vector<std::string>& words) {
  std::vector<GivenOption> options;
  for (size_t i = 0; i < words.size(); ++i) {
    absl::StatusOr<Word> word = ReadWord(words[i]);
    if (!word.ok()) return word.status();
    const Spelling& spelling = *word->spelling;
    if (!spelling.takes_value && word->value) {
      return InvalidInput(spelling.word, Cat("takes no value, found ", Quoted(*word->value)));
    }
    if (spelling.takes_value && !word->value) {
      if (i + 1 == words.size()) return InvalidInput(spelling.word, "a value is wanted");
      word->value = words[++i];
    }
    options.push_back({.option = spelling.option,
                       .spelling = std::string(spelling.word),
                       .value = word->value.value_or("")});
  }
  return options;
}

// Where the first word that begins with '-' begins.
size_t BeginOfOptions(std::string_view line) {
  for (size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '-' && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')) return at;
  }
  return line.size();
}

}  // namespace

absl::StatusOr<RequirementsLine> ReadRequirementsLine(std::string_view line) {
  const size_t begin = BeginOfOptions(line);
  RequirementsLine read{.requirement = std::string(StripSpace(line.substr(0, begin)))};
  const absl::StatusOr<std::vector<std::string>> words = SplitWords(line.substr(begin));
  if (!words.ok()) return words.status();
  absl::StatusOr<std::vector<GivenOption>> options = ReadOptions(*words);
  if (!options.ok()) return options.status();
  read.options = *std::move(options);
  return read;
}

bool IsOfOneRequirement(const GivenOption& option) {
  return option.option == kHash || option.spelling == "--global-option" ||
         option.spelling == "--install-option" || option.spelling == "-C" ||
         option.spelling.starts_with("--config-setting");
}

}  // namespace accord::pypi
