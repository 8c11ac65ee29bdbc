// Every seed, and every input that once broke a law, through its target: what the fuzzer found is
// looked at in every test run, by any compiler.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSeedsMax = 24;  // of a target; large corpora stay where the fuzzer runs
constexpr uintmax_t kSeedBytesMax = 4096;

fs::path Folder() { return fs::path(ACCORD_SOURCE_DIR) / "tests" / "fuzz" / "corpus"; }

std::vector<fs::path> Inside(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string Bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Replay : public ::testing::TestWithParam<Target> {};

TEST_P(Replay, EverySeedKeepsTheLaws) {
  for (const fs::path& path : Inside(Folder() / GetParam().name)) {
    SCOPED_TRACE(path.filename());
    Laws laws;
    GetParam().run(Bytes(path), laws);
    EXPECT_EQ(laws.broken(), "");
    const bool refused = path.filename().string().starts_with("refused-");
    EXPECT_TRUE(refused || laws.looked_at() > 1) << "a seed that no law looks at";
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, Replay, ::testing::ValuesIn(kTargets),
                         [](const auto& target) { return std::string(target.param.name); });

TEST(Seeds, AreFewAndSmallAndEachBelongsToATarget) {
  std::set<std::string> names;
  for (const Target& target : kTargets) names.emplace(target.name);
  for (const fs::path& folder : Inside(Folder())) {
    EXPECT_TRUE(names.contains(folder.filename().string())) << folder;
    const std::vector<fs::path> seeds = Inside(folder);
    EXPECT_LE(seeds.size(), kSeedsMax) << folder;
    for (const fs::path& path : seeds) EXPECT_LE(fs::file_size(path), kSeedBytesMax) << path;
  }
}

TEST(Laws, ABrokenOneNamesWhatItIsAbout) {
  Laws laws;
  laws.Hold(true, "one", {});
  laws.Hold(false, "two", {"a", "b\n"});
  laws.Hold(false, "three", {});
  EXPECT_EQ(laws.broken(), R"(two: 'a', 'b\x0a')");
  EXPECT_EQ(laws.looked_at(), 3U);
}

}  // namespace
}  // namespace accord::fuzz
