// Canonical texts of match specifiers, and their equality.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystem/conda/match_spec.h"

namespace accord::conda {
namespace {

const ChannelBase kForge = {.url = "https://host.example", .groups = {"defaults"}};

MatchSpec SpecOf(std::string_view text, Dialect dialect = Dialect::kCep) {
  auto spec = MatchSpec::Parse(text, {.dialect = dialect, .channels = &kForge});
  EXPECT_TRUE(spec.ok()) << text << ": " << spec.status();
  return spec.ok() ? *spec : MatchSpec();
}

TEST(CondaMatchSpecText, ACanonicalTextFollowsAppendixAAndIsItsOwn) {
  const std::pair<const char*, const char*> cases[] = {
      {"Foo", "foo"},
      {"*", "*"},
      {"foo * *", "foo"},
      {"foo 1.0 py27_0", "foo==1.0=py27_0"},
      {"foo=1.0=PY*", "foo==1.0[build=py*]"},
      {"foo =1.0 b", "foo=1.0[build=b]"},
      {"foo * b", "foo[build=b]"},
      {"foo!=1", "foo[version='!=1.*']"},
      {"foo~=1.2", "foo[version='~=1.2']"},
      {"foo *.*", "foo[version='*.*']"},
      {"forge::foo[version=1.0.*]", "forge::foo=1.0"},
      {"https://host.example/forge::foo", "forge::foo"},
      {"https://o.example/f/noarch::foo", "https://o.example/f/noarch::foo"},
      {"forge/linux-64::foo>=1.0", "forge/linux-64::foo[version='>=1.0']"},
      {"*/linux-64::foo>=1.0", "foo[subdir=linux-64,version='>=1.0']"},
      {"foo[channel=f*,subdir=noarch]", "foo[channel=f*,subdir=noarch]"},
      {"forge::foo[subdir=linux-*]", "forge::foo[subdir=linux-*]"},
      {"forge:ns:foo", "forge::foo"},
      {"foo[md5=AB,license='BSD 3',build='^a$']", "foo[build='^a$',md5=ab,license='bsd 3']"},
      {"foo[fn=a.conda,url='https://h/a b']", "foo[url='https://h/a b']"},
      {"foo[track_features=\"b a\",timestamp='<=7',build_number=07]",
       "foo[build_number=7,track_features='a b',timestamp='<=7']"},
      {"foo[when='b or c',extras=[z,y],flags=['c','a:*']]",
       "foo[flags=['a:*','c'],extras=['y','z'],when='b or c']"},
      {"foo[when=\"b[version='>=1,<2']\"]", "foo[when=\"b[version='>=1,<2']\"]"},
      {"foo[license=\"it's \\\"x\\\"\"]", "foo[license=\"it's \\\"x\\\"\"]"},
      {"foo[license='a b\\\\',md5=c]", "foo[md5=c,license='a b\\\\']"},
      {"https://host.example/forge/linux-64/a-1-0.conda", "forge/linux-64::a==1=0"}};
  for (const auto& [text, canonical] : cases) {
    EXPECT_EQ(SpecOf(text).Canonical(), canonical) << text;
    EXPECT_EQ(SpecOf(canonical).Canonical(), canonical) << text;
  }
}

TEST(CondaMatchSpecText, CondaKeepsItsOwnWay) {
  const std::pair<const char*, const char*> cases[] = {
      {"foo!=1", "foo!=1"},           {"foo !=1 b", "foo[version='!=1',build=b]"},
      {"foo ~=1.2", "foo~=1.2"},      {"foo >=1.5,1.7*", "foo[version='>=1.5,1.7.*']"},
      {"foo[md5=AB]", "foo[md5=AB]"}, {"mkl@", "*[track_features=mkl]"}};
  for (const auto& [text, canonical] : cases) {
    EXPECT_EQ(SpecOf(text, Dialect::kConda).Canonical(), canonical) << text;
    EXPECT_EQ(SpecOf(canonical, Dialect::kConda).Canonical(), canonical) << text;
  }
}

TEST(CondaMatchSpecText, LibmambasTextsSayTheSameAgainInItsDialect) {
  for (const char* text : {"foo=1.0=2", "foo >=1,<2|3", "foo[version='(>=1,<2)|3']", "foo !=1",
                           "foo[build='py3.*']", "libblas=0.15*", ""}) {
    const MatchSpec spec = SpecOf(text, Dialect::kLibmamba);
    EXPECT_EQ(SpecOf(spec.Canonical(), Dialect::kLibmamba), spec) << text << spec.Canonical();
  }
}

TEST(CondaMatchSpecText, EqualityIsOfMeaning) {
  for (const char* text :
       {"pkg=1.8", "pkg =1.8", "pkg 1.8.*", "pkg 1.8.* *", "pkg=1.8.*", "pkg=1.8.*=*",
        "pkg =1.8.* *", "pkg ==1.8.* *", "pkg[version=1.8.*]", "PKG[version=\"1.8.*\"]"}) {
    EXPECT_EQ(SpecOf(text), SpecOf("pkg=1.8")) << text;
    EXPECT_FALSE(SpecOf(text) == SpecOf("pkg 1.8")) << text;
  }
  for (const char* text :
       {"pkg 1.8 *", "pkg==1.8", "pkg=1.8=*", "pkg==1.8=*", "pkg ==1.8 *", "pkg[version=1.8]"}) {
    EXPECT_EQ(SpecOf(text), SpecOf("pkg 1.8")) << text;
  }
  EXPECT_FALSE(SpecOf("/d/noarch/a-1-0.conda") == SpecOf("/d/noarch/a-1-0.tar.bz2"));
  EXPECT_FALSE(SpecOf("a[extras=x]") == SpecOf("a[extras=y]"));
  EXPECT_FALSE(SpecOf("a[when=b]") == SpecOf("a"));
}

}  // namespace
}  // namespace accord::conda
