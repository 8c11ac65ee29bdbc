// An environment in memory: a test states what is installed and what was asked for, and it is read
// as a conda-meta is.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "gtest/gtest.h"
#include "tests/support/conda_source.h"

namespace accord::testing {

// Texts without anything to escape.
inline std::string JsonTexts(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) list += Cat(list == "[" ? "" : ",", "\"", text, "\"");
  return list + "]";
}

// As CondaSource has it, but for extras. `more` are further fields, each with a comma before it.
inline std::string InstalledJson(const CondaRecord& record, std::string_view channel = "main",
                                 std::string_view more = "") {
  const std::string stem = Cat(record.name, "-", record.version, "-", record.build);
  return Cat(R"({"name":")", record.name, R"(","version":")", record.version, R"(","build":")",
             record.build, R"(","build_number":)", record.build_number, R"(,"subdir":")",
             record.subdir, R"(","channel":")", channel, R"(","fn":")", stem,
             R"(.conda","depends":)", JsonTexts(record.depends), R"(,"constrains":)",
             JsonTexts(record.constrains), more, "}");
}

// conda-meta of these, whose history asks for `specs`.
inline conda::EnvironmentTexts EnvironmentOf(const std::vector<CondaRecord>& records,
                                             const std::vector<std::string>& specs) {
  conda::EnvironmentTexts texts;
  for (const CondaRecord& record : records) {
    texts.records.push_back({.path = Cat("env/conda-meta/", record.name, "-", record.version, "-",
                                         record.build, ".json"),
                             .text = InstalledJson(record)});
  }
  texts.history = {
      .path = "env/conda-meta/history",
      .text = Cat("==> 2024-01-01 00:00:00 <==\n# update specs: ", JsonTexts(specs), "\n")};
  return texts;
}

inline std::shared_ptr<const conda::Installed> InstalledOf(const std::vector<CondaRecord>& records,
                                                           const std::vector<std::string>& specs) {
  auto installed = conda::Installed::Read(EnvironmentOf(records, specs), "env/conda-meta");
  EXPECT_TRUE(installed.ok()) << installed.status();
  return installed.ok() ? *std::move(installed) : nullptr;
}

}  // namespace accord::testing
