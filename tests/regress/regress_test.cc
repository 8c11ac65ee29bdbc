// Every world file of this folder has the answer that stands beside it. ACCORD_REGRESS names
// another folder to look at in its place.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/error.h"
#include "gtest/gtest.h"
#include "model/world_file.h"
#include "tests/regress/world_check.h"

namespace accord {
namespace {

constexpr std::string_view kWorldEnding = ".world.json";

std::filesystem::path Folder() {
  const char* folder = std::getenv("ACCORD_REGRESS");
  return folder != nullptr ? folder : ACCORD_SOURCE_DIR "/tests/regress";
}

std::vector<std::string> WorldNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(Folder())) {
    const std::string file = entry.path().filename().string();
    if (!file.ends_with(kWorldEnding)) continue;
    names.push_back(file.substr(0, file.size() - kWorldEnding.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string TextOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(Regress, EveryWorldHasTheAnswerBesideIt) {
  const std::vector<std::string> names = WorldNames();
  ASSERT_FALSE(names.empty()) << "no worlds in " << Folder();
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const std::string file = name + std::string(kWorldEnding);
    const auto spec = ParseWorldSpec(TextOf(Folder() / file), file);
    if (!spec.ok()) {
      ADD_FAILURE() << Message(spec.status());
      continue;
    }
    std::string expected = TextOf(Folder() / (name + ".expect.txt"));
    if (expected.ends_with('\n')) expected.pop_back();
    EXPECT_FALSE(expected.empty()) << "no " << name << ".expect.txt";
    const auto why_not = WhyNotAsExpected(*spec, expected);
    EXPECT_FALSE(why_not.has_value()) << *why_not;
  }
}

}  // namespace
}  // namespace accord
