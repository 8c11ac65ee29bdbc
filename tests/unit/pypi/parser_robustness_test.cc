// Random bytes and mutated texts through every parser: no crash, and what is accepted has a text
// that is accepted again and means the same.
#include <gtest/gtest.h>

#include <random>

#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

constexpr int kRounds = 20000;

const char* const kSeeds[] = {
    "1!2.0rc1.post2.dev3+l.1",
    "v1.0-alpha_1-2",
    ">=1.0,<2.*,!=3.0.*,~=4.5,===x",
    "a[b,c] (>=1,<2) ; python_version >= '3.8' and (extra == \"x\" or 'y' in extras)",
    "a @ https://h.example/x ; os.name not in '\\x41\\n' or '2' < python_full_version",
    "a===1.0,!=2;implementation_version~='3.0'",
};
constexpr std::string_view kBytes =
    "0129.!+-_*abcrpostdev<>=~,;()[]@'\"\\ \t\nxinot\x80\xff\xc2\xa0";

// A seed with a few bytes put in, taken out or changed, or bytes without any seed.
std::string RandomText(std::mt19937& random) {
  const auto below = [&](size_t n) { return static_cast<size_t>(random() % n); };
  std::string text = below(4) == 0 ? "" : kSeeds[below(std::size(kSeeds))];
  for (size_t i = below(text.empty() ? 24 : 6); i > 0; --i) {
    const size_t at = below(text.size() + 1);
    const char c = below(8) == 0 ? static_cast<char>(random()) : kBytes[below(kBytes.size())];
    if (below(3) == 0 && at < text.size()) {
      text.erase(at, 1 + below(4));
    } else if (below(2) == 0 && at < text.size()) {
      text[at] = c;
    } else {
      text.insert(at, 1, c);
    }
  }
  return text;
}

TEST(PypiParsers, AVersionsTextIsReadBackAsAnEqualVersion) {
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    const std::string text = RandomText(random);
    const auto version = Version::Parse(text);
    ASSERT_EQ(version.ok(), Version::TryParse(text).has_value()) << text;
    if (!version.ok()) continue;
    ++accepted;
    const auto again = Version::TryParse(version->Text());
    ASSERT_TRUE(again) << text;
    ASSERT_TRUE(*again == *version && again->Text() == version->Text()) << text;
    ASSERT_TRUE(*Version::TryParse(version->Canonical()) == *version) << text;
  }
  EXPECT_GT(accepted, kRounds / 50);
}

TEST(PypiParsers, ASetsTextIsReadBackAsAnEqualSet) {
  std::mt19937 random(2);
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    const std::string text = RandomText(random);
    const auto set = SpecifierSet::Parse(text);
    if (!set.ok()) continue;
    ++accepted;
    const auto again = SpecifierSet::Parse(set->Text());
    ASSERT_TRUE(again.ok() && *again == *set) << text;
    ASSERT_EQ(SpecifierSet::Parse(set->Canonical())->Canonical(), set->Canonical()) << text;
  }
  EXPECT_GT(accepted, kRounds / 100);
}

TEST(PypiParsers, AMarkersTextIsReadBackAsTheSameMarker) {
  std::mt19937 random(3);
  const Environment environment = *Environment::CPythonOnLinux("3.11.2");
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    std::string text = RandomText(random);
    if (const size_t semicolon = text.find(';'); semicolon != std::string::npos) {
      text = text.substr(semicolon + 1);
    }
    const auto marker = Marker::Parse(text);
    if (!marker.ok()) continue;
    ++accepted;
    (void)marker->Evaluate(environment);
    (void)ConditionOnExtras(*marker, environment, {});
    if (marker->Text().find('\\') != std::string::npos) continue;  // would be unescaped again
    if (marker->Text().find_first_of("\r\n\0", 0, 3) != std::string::npos) continue;
    const auto again = Marker::Parse(marker->Text());
    ASSERT_TRUE(again.ok() && *again == *marker) << text;
  }
  EXPECT_GT(accepted, kRounds / 20);
}

TEST(PypiParsers, ARequirementsTextIsReadBackAsAnEqualRequirement) {
  std::mt19937 random(4);
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    const std::string text = RandomText(random);
    const auto requirement = Requirement::Parse(text);
    if (!requirement.ok()) continue;
    ++accepted;
    const std::string printed = requirement->Text();
    if (printed.find_first_of("\\\r\n\0", 0, 4) != std::string::npos) continue;
    const auto again = Requirement::Parse(printed);
    ASSERT_TRUE(again.ok() && *again == *requirement) << text;
  }
  EXPECT_GT(accepted, kRounds / 50);
}

}  // namespace
}  // namespace accord::pypi
