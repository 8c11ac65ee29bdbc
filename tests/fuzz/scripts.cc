// A script with inline metadata (PEP 723): its block alone, in comments again, is the same block
// and asks for the same.
#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/inputs/script.h"
#include "ecosystem/pypi/requirement.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::Input;
using pypi::PlacedText;

constexpr std::string_view kScriptPlace = "script.py";

std::string InComments(std::string_view toml) {
  std::string script = "# /// script\n";
  while (!toml.empty()) {
    const size_t end = toml.find('\n');
    script += Cat("# ", toml.substr(0, end), "\n");
    toml.remove_prefix(end + 1);  // every line of a block ends
  }
  return script + "# ///\n";
}

bool SameTexts(const std::vector<PlacedText>& a, const std::vector<PlacedText>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.text == y.text; });
}

}  // namespace

void Scripts(std::string_view input, Laws& laws) {
  const auto block = pypi::FindScriptBlock(input, kScriptPlace);
  const auto read = pypi::ReadScript(input, kScriptPlace);
  laws.Hold(!read.ok() || (block.ok() && block->has_value()), "what is read stands in a block",
            {input});
  if (!block.ok() || !*block) return;
  if ((*block)->toml.find('\r') != std::string::npos) return;  // one before a line end is not kept
  const std::string again = InComments((*block)->toml);
  const auto same = pypi::FindScriptBlock(again, kScriptPlace);
  laws.Hold(same.ok() && *same && (**same).toml == (**block).toml && (**same).first_line == 2,
            "a block in comments is the same block", {again});
  if (!read.ok()) return;
  const auto read_again = pypi::ReadScript(again, kScriptPlace);
  laws.Hold(read_again.ok() && SameTexts(read_again->requirements, read->requirements) &&
                SameTexts(read_again->requires_python, read->requires_python),
            "the same block asks for the same", {again});
  for (const PlacedText& text : read->requirements) {
    laws.Hold(pypi::Requirement::Parse(text.text).ok(), "what is asked for is a requirement",
              {text.text});
  }
}

}  // namespace accord::fuzz
