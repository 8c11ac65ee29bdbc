// One specifier: what it admits, pre-releases being as good as any other.
#include "ecosystem/pypi/specifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::pypi {
namespace {

struct Case {
  const char* specifier;
  std::vector<const char*> admits;
  std::vector<const char*> refuses;
};

void Expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const auto specifier = Specifier::TryParse(c.specifier);
    ASSERT_TRUE(specifier) << c.specifier;
    for (const char* v : c.admits) {
      EXPECT_TRUE(Matches(*specifier, *Version::TryParse(v))) << c.specifier << " " << v;
    }
    for (const char* v : c.refuses) {
      EXPECT_FALSE(Matches(*specifier, *Version::TryParse(v))) << c.specifier << " " << v;
    }
  }
}

TEST(PypiSpecifier, APrefixPadsTheCandidateWithZeros) {
  Expect({{"==2.0.*", {"2", "2rc1", "2.0.1", "2.0.post1", "2+l"}, {"2.1", "20", "1!2"}},
          {"==0!2.*", {"2", "2.1"}, {"3"}},
          {"==2.1.*", {"2.1", "2.1.dev1"}, {"2", "2.10"}},
          {"==0.*", {"0", "0.0.1", "0.5"}, {"1"}},
          {"==0.0.*", {"0", "0.0.7"}, {"0.1"}},
          {"==1!2.*", {"1!2.3"}, {"2.3"}},
          {"==65536.0.*", {"65536", "65536.0.1"}, {"65535", "65537", "65536.1"}},
          {"!=2.0.*", {"2.1", "3"}, {"2", "2.0a1", "2.0.9"}}});
}

TEST(PypiSpecifier, EqualityLooksAtALocalPartOnlyIfItNamesOne) {
  Expect({{"==1.0", {"1", "1.0.0", "1.0+l"}, {"1.0.post1", "1.0a1", "1.1"}},
          {"==1.0+l", {"1+l", "1.0+L"}, {"1.0", "1.0+m", "1.0+l.1"}},
          {"!=1.0", {"1.1", "1.0.dev1"}, {"1", "1.0+l"}},
          {"!=1.0+l", {"1.0", "1.0+m"}, {"1+l"}}});
}

TEST(PypiSpecifier, LessSkipsPrereleasesOfAFinalVersion) {
  Expect({{"<1.0", {"0.9", "0.9+l", "0.9.post1"}, {"1.0a1", "1.0.dev0", "1.0"}},
          {"<1.0rc1", {"1.0a1", "1.0.dev0", "1.0rc1.dev1"}, {"1.0rc1", "1.0"}},
          {"<1.0.post1", {"1.0a1", "1.0", "1.0+l", "1.0.post0"}, {"1.0.post1.dev0", "1.0.post1"}}});
}

TEST(PypiSpecifier, GreaterSkipsPostsAndLocalsOfItsVersion) {
  Expect({{">1.0", {"1.0.1", "1.1.dev0", "2"}, {"1.0", "1.0.post1", "1.0+l", "1.0.post1.dev1"}},
          {">1.0.post1", {"1.0.post2", "1.0.post2.dev0"}, {"1.0.post1", "1.0.post1+l"}},
          {">1.0.dev1", {"1.0+l", "1.0", "1.0.dev2"}, {"1.0.dev1", "1.0.dev1+l"}},
          {">1.0a1", {"1.0a2.dev0", "1.0", "1.0.post1"}, {"1.0a1.post1", "1.0a1+l", "1.0a1"}}});
}

TEST(PypiSpecifier, OrEqualTakesLocalsOfItsVersion) {
  Expect({{"<=1.0", {"1.0", "1.0+l", "1.0a1"}, {"1.0.post1", "1.0.1"}},
          {">=1.0", {"1.0", "1.0+l", "1.0.post1", "2.dev0"}, {"1.0rc1", "0.9"}}});
}

TEST(PypiSpecifier, CompatibleFixesAllButTheLastNumber) {
  Expect({{"~=2.2", {"2.2", "2.3", "2.2.post1", "2.9.9"}, {"2.1", "3.0", "3.dev0", "2.2a1"}},
          {"~=2.2.0", {"2.2", "2.2.5"}, {"2.3"}},
          {"~=1.4.5a4", {"1.4.5a4", "1.4.9"}, {"1.4.5a3", "1.5"}},
          {"~=1!2.0", {"1!2.5"}, {"2.5", "1!3"}}});
}

TEST(PypiSpecifier, ArbitraryEqualityComparesTexts) {
  Expect({{"===1.0", {"1.0"}, {"1", "1.0.0", "1.0+l"}}, {"===1.0A1", {"1.0a1"}, {"1.0a2"}}});
}

TEST(PypiSpecifier, WhatIsNoSpecifierIsRefusedWithTheByte) {
  const std::pair<const char*, const char*> cases[] = {
      {"2.0", "byte 0: expected an operator"},
      {"=>2.0", "byte 0: expected an operator"},
      {">=", "byte 2: expected a version"},
      {"== 0.9.*.1", "byte 8: expected the end"},
      {">=1.0.*", "byte 2: expected == or != before '.*'"},
      {"~=1.0.*", "byte 2: expected == or != before '.*'"},
      {"==1.0a1.*", "byte 2: expected only release numbers before '.*'"},
      {"==1.0+l.*", "byte 2: expected only release numbers before '.*'"},
      {">=1.0+l", "byte 2: expected == or != before a local part"},
      {"~=1", "byte 2: expected at least two release numbers"},
      {"===a b", "byte 4: expected the end"},
      {"==1.0.org1", "byte 5: expected the end"}};
  for (const auto& [text, message] : cases) {
    EXPECT_THAT(std::string(Specifier::Parse(text).status().message()), testing::HasSubstr(message))
        << text;
  }
  EXPECT_EQ(Specifier::Parse(std::string(kVersionBytesMax + 1, '=')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(PypiSpecifier, EqualityIsOfVersionsButCompatibleKeepsItsZeros) {
  const auto same = [](const char* a, const char* b) {
    return *Specifier::TryParse(a) == *Specifier::TryParse(b);
  };
  EXPECT_TRUE(same("==1.0", "== v1.0.0"));
  EXPECT_TRUE(same(">=1.0a1", ">=1-alpha-1"));
  EXPECT_FALSE(same("~=1.0", "~=1.0.0"));
  EXPECT_FALSE(same("==1.0", ">=1.0"));
  EXPECT_FALSE(same("==1.*", "==1.0.*"));
}

}  // namespace
}  // namespace accord::pypi
