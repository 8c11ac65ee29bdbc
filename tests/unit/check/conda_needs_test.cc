// CondaNeedReader: what is read in parts and remembered is what MatchSpec::Parse makes of the whole
// text, in every dialect, on the first time and on the second.

#include "check/conda_needs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace accord::check {
namespace {

using conda::Dialect;
using conda::MatchSpec;

constexpr const char* kSpecTexts[] = {
    "plain",
    "Plain.Name_1 >=1,<2",
    "plain>=1,<2|>3",
    "plain 1.8",
    "plain =1.8",
    "plain=1.8",
    "plain==1.8",
    "plain !=1.8",
    "plain ~=1.8",
    "plain 1.8.* py3*",
    "plain =1.8 b",
    "plain=1.8=b",
    "plain=1.8 b",
    "plain * *_cp312",
    "plain  >= 1 ",
    " plain >=1",
    "plain\t>=1",
    "plain (>=1,<2)|3",
    "plain >=1 # a comment",
    "plain[version='>=1',build=b]",
    "plain >=1[when=\"other <2\"]",
    "plain[extras=[x]]",
    "main::plain >=1",
    "main/linux-64::plain",
    "space:plain",
    "/folder/linux-64/plain-1.0-0.conda",
    "plain-1.0-0.conda",
    "plain 1.0.conda",
    "plain@",
    "plain 1.0*",
    "plain =1.0*",
    "plain >=1..2",
    "plain >=",
    "pl*in >=1",
    "^plain$ >=1",
    "-plain",
    "pl..ain >=1",
    "plain >=1 b c",
    "",
    " >=1",
};

// Whether it can be read, as a whole and by the reader alike.
bool ExpectReadAsAWhole(CondaNeedReader& reader, const char* text, Dialect dialect) {
  const absl::StatusOr<MatchSpec> whole = MatchSpec::Parse(text, {.dialect = dialect});
  const absl::StatusOr<CondaNeed> need = reader.Read(text);
  if (!whole.ok()) {
    EXPECT_EQ(need.status(), whole.status());
    return false;
  }
  const bool names_one = whole->name.kind() == conda::TextMatch::Kind::kExact;
  EXPECT_EQ(need.ok(), names_one);
  if (!need.ok()) return false;
  EXPECT_EQ(need->text, text);
  EXPECT_EQ(need->name, whole->name.Canonical());
  MatchSpec read = *need->spec;
  read.name = whole->name;
  EXPECT_EQ(read, *whole);
  return true;
}

TEST(CondaNeedReader, ReadsEachTextAsAWholeIsRead) {
  size_t unreadable = 0;
  for (const Dialect dialect : {Dialect::kCep, Dialect::kConda, Dialect::kLibmamba}) {
    CondaNeedReader reader(dialect);
    for (const char* turn : {"first", "second"}) {
      for (const char* text : kSpecTexts) {
        SCOPED_TRACE(Cat(turn, " time: ", text));
        if (!ExpectReadAsAWhole(reader, text, dialect)) ++unreadable;
      }
    }
  }
  EXPECT_GT(unreadable, 2U * 3U * 7U);
}

TEST(CondaNeedReader, ATextThatIsTooLongAsAWholeIsTooLongInParts) {
  CondaNeedReader reader(Dialect::kCep);
  const std::string name(200, 'n');
  const std::string blanks(conda::kMatchSpecBytesMax - name.size() - 3, ' ');
  EXPECT_TRUE(reader.Read(Cat(name, blanks, ">=1")).ok());
  EXPECT_EQ(reader.Read(Cat(name, " ", blanks, ">=1")).status(),
            MatchSpec::Parse(Cat(name, " ", blanks, ">=1")).status());
}

TEST(CondaNeedReader, TextsThatSayTheSameShareWhatWasRead) {
  CondaNeedReader reader(Dialect::kCep);
  const auto* spec = reader.Read("one >=1,<2")->spec;
  EXPECT_EQ(reader.Read("other >=1,<2")->spec, spec);
  EXPECT_NE(reader.Read("other >=1,<3")->spec, spec);
  const auto* conditional = reader.Read("one[when=\"other\"]")->spec;
  EXPECT_EQ(reader.Read("one[when=\"other\"]")->spec, conditional);
}

TEST(CondaNeedReader, SeesWhatStandsBehindTheSpecifier) {
  CondaNeedReader reader(Dialect::kCep);
  const auto always = reader.Read("lib >=1");
  EXPECT_EQ(always->text, "lib >=1");
  EXPECT_EQ(always->extra, "");
  EXPECT_FALSE(always->constrains);
  const auto limit = reader.Read("lib >=1 ; constrains");
  EXPECT_EQ(limit->text, "lib >=1");
  EXPECT_TRUE(limit->constrains);
  const auto extra = reader.Read("lib[extras=[y]] ; extra constrains");
  EXPECT_EQ(extra->text, "lib[extras=[y]]");
  EXPECT_EQ(extra->extra, "constrains");
  EXPECT_FALSE(extra->constrains);
}

}  // namespace
}  // namespace accord::check
