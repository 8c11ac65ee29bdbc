// Match specifiers: what is read from each spelling, and which records match.
#include "ecosystem/conda/match_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystem/conda/condition.h"

namespace accord::conda {
namespace {

const ChannelBase kChannels = {.url = "https://host.example", .groups = {"defaults"}};

absl::StatusOr<MatchSpec> Try(std::string_view text, Dialect dialect = Dialect::kCep) {
  return MatchSpec::Parse(text, {.dialect = dialect, .channels = &kChannels});
}

MatchSpec ParsedSpec(std::string_view text, Dialect dialect = Dialect::kCep) {
  auto spec = Try(text, dialect);
  EXPECT_TRUE(spec.ok()) << text << ": " << spec.status();
  return spec.ok() ? *spec : MatchSpec();
}

std::string VersionOf(std::string_view text, Dialect dialect) {
  const MatchSpec spec = ParsedSpec(text, dialect);
  return spec.version ? spec.version->Canonical() : "";
}

TEST(CondaMatchSpec, SeparatorsSayWhetherAVersionIsExact) {
  struct Case {
    const char* text;
    const char* cep;
    const char* conda;
    const char* libmamba;
  };
  const Case cases[] = {{"pkg=1.8", "=1.8", "=1.8", "=1.8"},
                        {"pkg =1.8", "=1.8", "=1.8", "=1.8"},
                        {"pkg = 1.8", "=1.8", "=1.8", "=1.8"},
                        {"pkg 1.8", "==1.8", "==1.8", "==1.8"},
                        {"pkg 1.8 b", "==1.8", "==1.8", "==1.8"},
                        {"pkg==1.8", "==1.8", "==1.8", "==1.8"},
                        {"pkg ==1.8 b", "==1.8", "==1.8", "==1.8"},
                        {"pkg==1.8=b", "==1.8", "==1.8", "==1.8"},
                        {"pkg=1.8=b", "==1.8", "==1.8", "=1.8"},
                        {"pkg = 1.8 = b", "==1.8", "==1.8", "=1.8"},
                        {"pkg =1.8 b", "=1.8", "==1.8", "=1.8"},
                        {"pkg=1.8.*=b", "=1.8", "=1.8", "=1.8"},
                        {"pkg =1.8.* b", "=1.8", "=1.8", "=1.8"},
                        {"pkg==1.8.*", "=1.8", "=1.8", "=1.8"},
                        {"pkg=*=b", "*", "*", "*"},
                        {"pkg[version=1.8]", "==1.8", "==1.8", "==1.8"},
                        {"pkg[version='=1.8',build=b]", "=1.8", "=1.8", "=1.8"},
                        {"pkg=1.8|2", "=1.8|==2", "=1.8|==2", "=1.8|==2"},
                        {"pkg >=1.0 , <2 b", ">=1.0,<2", ">=1.0,<2", ">=1.0,<2"},
                        {"pkg>=1!1,<1!2=b", ">=1!1,<1!2", ">=1!1,<1!2", ">=1!1,<1!2"},
                        {"pkg >=1 !1,<1!2", ">=1!1,<1!2", ">=1!1,<1!2", ">=1!1,<1!2"},
                        {"pkg (1|2),3 b", "(==1|==2),==3", "(==1|==2),==3", "==1|==2,==3"},
                        {"pkg ^1 .*$ b", "^1 .*$", "^1 .*$", "^1 .*$"},
                        {"pkg 1.8[version=2]", "==2", "==2", "==1.8"}};
  for (const Case& c : cases) {
    EXPECT_EQ(VersionOf(c.text, Dialect::kCep), c.cep) << c.text;
    EXPECT_EQ(VersionOf(c.text, Dialect::kConda), c.conda) << c.text;
    EXPECT_EQ(VersionOf(c.text, Dialect::kLibmamba), c.libmamba) << c.text;
  }
}

// Texts as most records have them are read on a way of their own; a blank at the end leads off it.
TEST(CondaMatchSpec, ABlankAtTheEndMeansNothing) {
  constexpr std::string_view kAlphabet = "a1.*=<>!~,| _";
  constexpr size_t kLength = 4;
  for (const Dialect dialect : {Dialect::kCep, Dialect::kConda, Dialect::kLibmamba}) {
    std::string text = "a ";
    const auto all = [&](const auto& go_on, size_t left) -> void {
      const auto read = MatchSpec::Parse(text, {.dialect = dialect});
      const auto again = MatchSpec::Parse(text + " ", {.dialect = dialect});
      ASSERT_EQ(read.ok(), again.ok()) << text;
      if (read.ok()) {
        ASSERT_EQ(*read, *again) << text;
        ASSERT_EQ(read->Canonical(), again->Canonical()) << text;
      }
      for (size_t i = 0; left > 0 && i < kAlphabet.size(); ++i) {
        text.push_back(kAlphabet[i]);
        go_on(go_on, left - 1);
        text.pop_back();
      }
    };
    all(all, kLength);
  }
}

TEST(CondaMatchSpec, ASingleEqualityIsKeptWithoutItsSigns) {
  for (const char* text : {"pkg==1.8", "pkg ==1.8", "pkg=1.8=b", "pkg 1.8"}) {
    EXPECT_EQ(ParsedSpec(text).version->Text(), "1.8") << text;
  }
  EXPECT_EQ(ParsedSpec("pkg=1.8").version->Text(), "1.8.*");
  EXPECT_EQ(ParsedSpec("pkg ==1.8|==1.9").version->Text(), "1.8|==1.9");
}

TEST(CondaMatchSpec, NamesHaveSingleSeparators) {
  for (const char* name : {"a", "my_pkg.x-y", "_openmp_mutex", "__glibc", "7zip", "a-", "A.b_"}) {
    EXPECT_EQ(ParsedSpec(name).name.Text(), name);
  }
}

TEST(CondaMatchSpec, PositionalFieldsAreReadFromLeftToRight) {
  const MatchSpec spec = ParsedSpec("forge/linux-64:ns:Foo >=1,<2 py*");
  EXPECT_EQ(spec.channel->url, "https://host.example/forge");
  EXPECT_EQ(spec.channel_name, "forge");
  EXPECT_EQ(spec.subdir->Text(), "linux-64");
  EXPECT_EQ(spec.name_space, "ns");
  EXPECT_EQ(spec.name.Text(), "Foo");
  EXPECT_EQ(spec.version->Text(), ">=1,<2");
  EXPECT_EQ(spec.build->Text(), "py*");
  const MatchSpec url = ParsedSpec("https://h.example:8080/a/noarch::foo");
  EXPECT_EQ(url.channel->url, "https://h.example:8080/a");
  EXPECT_EQ(url.subdir->Text(), "noarch");
  EXPECT_EQ(ParsedSpec("ns:foo").name_space, "ns");
  EXPECT_FALSE(ParsedSpec("::foo").channel);
}

TEST(CondaMatchSpec, KeysOverridePositionalFieldsButTheName) {
  const MatchSpec spec = ParsedSpec(
      "a/win-64::foo 1 b[name=bar, version='2|3', build=\"^c, d$\", subdir=linux-64, channel=e]");
  EXPECT_EQ(spec.name.Text(), "foo");
  EXPECT_EQ(spec.version->Text(), "2|3");
  EXPECT_EQ(spec.build->Text(), "^c, d$");
  EXPECT_EQ(spec.subdir->Text(), "linux-64");
  EXPECT_EQ(spec.channel_name, "e");
  EXPECT_EQ(ParsedSpec("foo[subdir=linux-64,channel=e/win-64]").subdir->Text(), "linux-64");
  EXPECT_EQ(ParsedSpec("foo[channel=e/win-64]").subdir->Text(), "win-64");
  const MatchSpec mamba = ParsedSpec("a/win-64::foo 1 b[version=2,build=c,subdir=noarch,channel=e]",
                                     Dialect::kLibmamba);
  EXPECT_EQ(mamba.version->Text(), "1");
  EXPECT_EQ(mamba.build->Text(), "b");
  EXPECT_EQ(mamba.subdir->Text(), "win-64");
  EXPECT_EQ(mamba.channel_name, "e");
}

TEST(CondaMatchSpec, EveryKeyIsRead) {
  const MatchSpec spec = ParsedSpec(
      "foo[build_number='>=3', md5=0A, sha256=0b, url=https://u:p@h/x, fn='a b.conda', "
      "license=MIT*, license_family=mit, track_features='b a', features=c, timestamp='<7', "
      "flags=[\"cuda\", 'blas:*'], extras=[b, 'a', b], when=\"python>=3.10 and __unix\"]");
  EXPECT_EQ(spec.build_number->Canonical(), ">=3");
  EXPECT_EQ(spec.md5->Text(), "0A");
  EXPECT_EQ(spec.sha256->Text(), "0b");
  EXPECT_EQ(spec.url->Text(), "https://h/x");
  EXPECT_EQ(spec.fn->Text(), "a b.conda");
  EXPECT_EQ(spec.license->Text(), "MIT*");
  EXPECT_EQ(spec.license_family->Text(), "mit");
  EXPECT_THAT(*spec.track_features, testing::ElementsAre("a", "b"));
  EXPECT_THAT(*spec.features, testing::ElementsAre("c"));
  EXPECT_EQ(spec.timestamp->Canonical(), "<7");
  ASSERT_EQ(spec.flags.size(), 2U);
  EXPECT_EQ(spec.flags[0].Text(), "blas:*");
  EXPECT_THAT(spec.extras, testing::ElementsAre("a", "b"));
  ASSERT_NE(spec.when, nullptr);
  EXPECT_EQ(spec.when->specs().size(), 2U);
  EXPECT_TRUE(Try("foo[extras=" + std::string(64, 'x') + "]").ok());
  EXPECT_FALSE(Try("foo[extras=" + std::string(65, 'x') + "]").ok());
  EXPECT_THAT(ParsedSpec("foo[extras=one]").extras, testing::ElementsAre("one"));
}

TEST(CondaMatchSpec, QuotesFollowPython) {
  EXPECT_EQ(ParsedSpec(R"(foo[build='a\'b'])").build->Text(), "a'b");
  EXPECT_EQ(ParsedSpec(R"(foo[build="a\"b'"])").build->Text(), "a\"b'");
  EXPECT_EQ(ParsedSpec(R"(foo[build='^\d\\$'])").build->Text(), R"(^\d\$)");
  EXPECT_EQ(ParsedSpec(R"(foo[build=^[0-9]+(a|b,c)$])").build->Text(), "^[0-9]+(a|b,c)$");
  EXPECT_EQ(ParsedSpec("foo[ build = b  version=1 ]").build->Text(), "b");
  EXPECT_EQ(ParsedSpec("foo[license='a ] # b']  # comment").license->Text(), "a ] # b");
}

TEST(CondaMatchSpec, APackagesFileSaysAllFiveParts) {
  const MatchSpec spec = ParsedSpec(
      "https://u:p@h.example/t/tok/ch/linux-64/x264-1%21164.3-h1_2.tar.bz2"
      "#0123456789abcdef0123456789ABCDEF");
  EXPECT_TRUE(spec.is_file);
  EXPECT_EQ(spec.channel->url, "https://h.example/ch");
  EXPECT_EQ(spec.subdir->Text(), "linux-64");
  EXPECT_EQ(spec.name.Text(), "x264");
  EXPECT_EQ(spec.version->Text(), "1!164.3");
  EXPECT_EQ(spec.build->Text(), "h1_2");
  EXPECT_EQ(spec.fn->Text(), "x264-1!164.3-h1_2.tar.bz2");
  EXPECT_EQ(spec.url->Text(), "https://h.example/ch/linux-64/x264-1%21164.3-h1_2.tar.bz2");
  EXPECT_EQ(spec.md5->Text(), "0123456789abcdef0123456789ABCDEF");
  EXPECT_EQ(ParsedSpec("/d/noarch/a-1-0.conda#sha256:" + std::string(64, 'a')).sha256->Text(),
            std::string(64, 'a'));
  const MatchSpec bare = ParsedSpec("/dir/a-1-0.conda");
  EXPECT_FALSE(bare.is_file);
  EXPECT_FALSE(bare.channel);
  EXPECT_EQ(bare.name.Text(), "a");
  EXPECT_EQ(bare.url->Text(), "file:///dir/a-1-0.conda");
  EXPECT_EQ(ParsedSpec("/dir/a-1-0.conda", Dialect::kConda).name, TextMatch());
  EXPECT_FALSE(Try("/d/noarch/a-1-0.conda#123").ok());
  EXPECT_FALSE(Try("/d/noarch/a-1-0.conda#" + std::string(32, 'g')).ok());
  EXPECT_FALSE(Try("/d/noarch/a-1-0.conda#" + std::string(32, 'A' - 1)).ok());
}

TEST(CondaMatchSpec, OlderSyntaxIsReadInTheOlderDialects) {
  struct Case {
    const char* text;
    bool cep, conda, libmamba;
  };
  const Case cases[] = {{"a[linux-64]::foo", false, true, true},
                        {"foo[optional]", false, true, true},
                        {"foo[build=b](target=x,optional)", false, true, true},
                        {"mkl@", false, true, false},
                        {"^foo.*$", true, false, false},
                        {"foo=1 b", false, true, true},
                        {"", false, false, true}};
  for (const Case& c : cases) {
    EXPECT_EQ(Try(c.text, Dialect::kCep).ok(), c.cep) << c.text;
    EXPECT_EQ(Try(c.text, Dialect::kConda).ok(), c.conda) << c.text;
    EXPECT_EQ(Try(c.text, Dialect::kLibmamba).ok(), c.libmamba) << c.text;
  }
  EXPECT_FALSE(Try("a[]::foo", Dialect::kConda).ok());
  const MatchSpec spec = ParsedSpec("a[linux-64]::foo[build=b]", Dialect::kConda);
  EXPECT_EQ(spec.subdir->Text(), "linux-64");
  EXPECT_EQ(spec.build->Text(), "b");
}

TEST(CondaMatchSpec, NamelessOnesHaveVersionAndBuildFirst) {
  const MatchSpecRules rules = {.channels = &kChannels};
  const auto spec = MatchSpec::ParseNameless("=1.8=py*[md5=aa]", rules);
  ASSERT_TRUE(spec.ok());
  EXPECT_EQ(spec->name, TextMatch());
  EXPECT_EQ(spec->version->Canonical(), "==1.8");
  EXPECT_EQ(spec->build->Text(), "py*");
  EXPECT_EQ(spec->md5->Text(), "aa");
  EXPECT_EQ(MatchSpec::ParseNameless("3.9", rules)->version->Canonical(), "==3.9");
  EXPECT_FALSE(MatchSpec::ParseNameless("[version=1.0.*]", rules)->build);
  EXPECT_FALSE(MatchSpec::ParseNameless("foo 1", rules)
                   ->version->Matches(*Version::TryParse("1")));  // foo is a version here
}

TEST(CondaMatchSpec, WhatIsNoSpecifierIsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "expected a match specifier"},
      {" # only a comment", "expected a match specifier"},
      {"!xyz 1.3", "expected a name"},
      {"\"package\"", "expected a name of letters"},
      {"pack@ge", "expected a name of letters"},
      {"pkg..name", "single . _ -"},
      {".pkg", "expected a name of letters"},
      {"pkg__name", "expected a name of letters"},
      {"pkg-_name", "expected a name of letters"},
      {"pkg.-name", "expected a name of letters"},
      {"___a", "expected a name of letters"},
      {"*/lin(ux-65::f/o>=>1y", "expected a name of letters"},
      {"^(aaaa$", "regular expression"},
      {"foo[", "expected ']'"},
      {"foo[a=']", "expected ']'"},
      {"foo[build=b] c", "expected nothing behind ']', found 'c'"},
      {"foo[test=]", "key 'test': expected a value"},
      {"foo[nokey=1]", "key 'nokey': expected one of build"},
      {"foo[build]", "key 'build': expected '=' and a value"},
      {"foo[build=a,build=b]", "key 'build': expected a key once"},
      {"foo[build=[a,b]]", "key 'build': expected one value, found a list"},
      {"foo[flags=[a]", "expected ']'"},
      {"foo[flags=A]", "key 'flags': expected letters a-z"},
      {"foo[flags=a:b:c]", "key 'flags'"},
      {"foo[extras='a,b']", "key 'extras': expected 1 to 64 letters"},
      {"foo[build_number=x]", "key 'build_number': build number 'x'"},
      {"foo[version='>=']", "key 'version': version specifier '>='"},
      {"foo[when='a 1 c d']", "key 'when': condition"},
      {"foo[build='a]", "expected ']'"},
      {"foo ==", "expected a version behind =="},
      {"foo =", "version specifier"},
      {"foo =1=", "expected a build behind '='"},
      {"foo 1 b c", "expected a build behind the version, found 'b c'"},
      {"foo >=1 <2", "expected a build behind the version, found '<2'"},
      {"pkg 4.2.2<6.0.0", "version '4.2.2<6.0.0'"},
      {"pkg>=0.10.0,<1.0.0<py312|>=0.13.0,<1.0.0>=py312", "version '1.0.0<py312'"},
      {"~\\windows::pkg", "channel"},
      {"a]::pkg", "expected '[' before ']'"}};
  for (const auto& [text, message] : cases) {
    const auto spec =
        Try(text, std::string_view(text) == "a]::pkg" ? Dialect::kConda : Dialect::kCep);
    EXPECT_EQ(spec.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(
        std::string(spec.status().message()),
        testing::AllOf(testing::StartsWith("match specifier "), testing::HasSubstr(message)))
        << text;
  }
}

TEST(CondaMatchSpec, LimitsAreTypedAnswers) {
  EXPECT_EQ(Try("foo[build=" + std::string(kPatternBytesMax + 1, 'a') + "]").status().code(),
            absl::StatusCode::kResourceExhausted);
  std::string longest = "foo[md5=a]";
  longest.insert(3, std::string(kMatchSpecBytesMax - longest.size(), ' '));
  EXPECT_TRUE(Try(longest).ok());
  EXPECT_EQ(Try(longest + " ").status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Try("foo " + std::string(kVersionSpecBytesMax + 1, '1')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(CondaMatchSpec, NoMessageShowsCredentials) {
  for (const char* text :
       {"https://u:secret@h.example/c::foo[", "foo[url='https://secret@h/', x=1]",
        "https://h.example/t/secret/c\\d::foo", "foo[channel=https://secret@h/\\]"}) {
    const auto spec = Try(text);
    ASSERT_FALSE(spec.ok()) << text;
    EXPECT_THAT(std::string(spec.status().message()), testing::Not(testing::HasSubstr("secret")));
  }
}

TEST(CondaMatchSpec, ARecordMatchesIfAllThatIsNamedDoes) {
  const Version version = *Version::TryParse("1.7.1");
  const std::string_view features[] = {"mkl", "debug"};
  const std::string_view flags[] = {"cuda", "blas:mkl"};
  const MatchedRecord record = {.name = "numpy",
                                .version = &version,
                                .build = "py27_0",
                                .build_number = 7,
                                .channel = "https://host.example/forge",
                                .subdir = "linux-64",
                                .fn = "numpy-1.7.1-py27_0.conda",
                                .url = "https://mirror.example/numpy",
                                .md5 = "aa",
                                .sha256 = "bb",
                                .license = "LGPLv3+",
                                .license_family = "LGPL",
                                .track_features = features,
                                .flags = flags,
                                .timestamp = 100};
  for (const char* text : {"numpy",
                           "NumPy",
                           "*",
                           "num*",
                           "^n.*y$",
                           "numpy 1.7.1",
                           "numpy >=1.7,<2 PY*",
                           "numpy[build='^py(27|38)_0$']",
                           "forge::numpy",
                           "FORGE/linux-64::numpy",
                           "*::numpy",
                           "numpy[channel='https://*/forge']",
                           "numpy[channel=https://host.example/forge]",
                           "numpy[subdir=linux-*]",
                           "numpy[build_number='>=7']",
                           "numpy[md5=AA,sha256=bb]",
                           "numpy[license=*gpl*,license_family=lgpl]",
                           "numpy[track_features='debug,mkl']",
                           "numpy[flags=[cuda,'blas:*']]",
                           "numpy[timestamp='<101']",
                           "numpy[url=https://mirror.example/numpy,fn=*.conda]",
                           "numpy[when=python,extras=all]",
                           "https://host.example/forge/linux-64/numpy-1.7.1-py27_0.conda"}) {
    EXPECT_TRUE(ParsedSpec(text).Matches(record)) << text;
  }
  for (const char* text :
       {"python", "num", "numpy 1.7", "numpy * py38*", "other::numpy", "forge/noarch::numpy",
        "numpy[build_number=6]", "numpy[md5=ab]", "numpy[license=MIT]", "numpy[track_features=mkl]",
        "numpy[track_features='mkl other']", "numpy[features=x]", "numpy[flags=rocm]",
        "numpy[timestamp=99]", "numpy[fn=*.bz2]", "numpy[url=x]",
        "https://host.example/forge/linux-64/numpy-1.7.1-py27_0.tar.bz2",
        "/dir/numpy-1.7.1-py27_0.conda"}) {
    EXPECT_FALSE(ParsedSpec(text).Matches(record)) << text;
  }
}

TEST(CondaMatchSpec, WhatARecordDoesNotSayMatchesNothingButEverything) {
  const MatchedRecord record = {.name = "a"};
  for (const char* text : {"a", "a *", "a * *", "a[subdir=*,md5=*]", "*::a"}) {
    EXPECT_TRUE(ParsedSpec(text).Matches(record)) << text;
  }
  for (const char* text : {"a 1", "a <=9", "a * b", "a[md5=x]", "a[md5='^.*$']", "c::a"}) {
    EXPECT_FALSE(ParsedSpec(text).Matches(record)) << text;
  }
}

}  // namespace
}  // namespace accord::conda
