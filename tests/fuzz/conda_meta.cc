// An environment: the first line is a record of conda-meta, the others are its history. What is
// read has one record, whose facts are whole, and asks for no more than that one.
#include "ecosystem/conda/installed.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

constexpr conda::InstalledLimits kInstalledLimits{
    .record_bytes_max = 1 << 14, .history_bytes_max = 1 << 14, .records_max = 4, .specs_max = 64};

}  // namespace

void CondaMeta(std::string_view input, Laws& laws) {
  const std::vector<std::string_view> lines = Lines(input, 2);
  conda::EnvironmentTexts texts;
  texts.records.push_back({.path = "a-1-0.json", .text = std::string(lines.front())});
  texts.history.path = "history";
  if (lines.size() > 1) texts.history.text = lines.back();
  const auto installed = conda::Installed::Read(texts, "fuzzed", kInstalledLimits);
  if (!installed.ok()) return;
  const auto names = (*installed)->names();
  laws.Hold(names.size() == 1, "one record, one name", {lines.front()});
  const auto facts = (*installed)->Find(names.front());
  laws.Hold(facts.ok() && *facts != nullptr && (*facts)->ordered_count() == 1 &&
                (*facts)->ToRecord().ok(),
            "a record has facts", {names.front()});
  const auto asked = (*installed)->asked();
  laws.Hold(asked.empty() || (asked.size() == 1 && asked.front().name == names.front()),
            "what is asked for is there", {names.front()});
}

}  // namespace accord::fuzz
