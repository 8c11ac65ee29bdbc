// Markers: text, evaluation, and what they say about extras.
#include "ecosystem/pypi/marker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::pypi {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string MarkerText(std::string_view text) {
  const auto marker = Marker::Parse(text);
  return marker.ok() ? marker->Text() : std::string(marker.status().message());
}

absl::StatusOr<bool> Evaluate(std::string_view text, const MarkerScope& scope = {}) {
  const auto marker = Marker::Parse(text);
  EXPECT_TRUE(marker.ok()) << text;
  Environment environment = *Environment::CPythonOnLinux("3.11.2");
  environment.Set(MarkerVariable::kPlatformRelease, "5.10.0-8-amd64");
  return marker->Evaluate(environment, scope);
}

bool Holds(std::string_view text, const MarkerScope& scope = {}) {
  const auto holds = Evaluate(text, scope);
  EXPECT_TRUE(holds.ok()) << text;
  return holds.ok() && *holds;
}

ExtraCondition Condition(std::string_view text, const std::vector<std::string>& provided = {}) {
  const auto condition =
      ConditionOnExtras(*Marker::Parse(text), *Environment::CPythonOnLinux("3.11.2"), provided);
  EXPECT_TRUE(condition.ok()) << text;
  return condition.value_or(ExtraCondition{});
}

TEST(PypiMarkerText, IsThatOfPackaging) {
  const std::pair<const char*, const char*> cases[] = {
      {"python_version>='3.3'", "python_version >= \"3.3\""},
      {"os.name=='posix'", "os_name == \"posix\""},
      {"python_implementation == 'CPython'", "platform_python_implementation == \"CPython\""},
      {"'a\"b' == os_name", "'a\"b' == os_name"},
      {"((os_name == 'a'))", "os_name == \"a\""},
      {"((os_name=='a' and os_name=='b'))or(os_name=='c')",
       "(os_name == \"a\" and os_name == \"b\") or os_name == \"c\""},
      {"'3' not  in python_version", "\"3\" not in python_version"},
      {"extra == 'A_b.C'", "extra == \"a-b-c\""},
      {"'A_b' in extras", "\"a-b\" in extras"},
      {"os_name == '\\x41\\t'", "os_name == \"A\t\""}};
  for (const auto& [text, wanted] : cases) EXPECT_EQ(MarkerText(text), wanted) << text;
}

TEST(PypiMarkerText, IsReadBackAsTheSameMarker) {
  const std::string both_quotes = MarkerText("os_name == 'a\\x27\"'");
  EXPECT_EQ(MarkerText(both_quotes), both_quotes);
}

TEST(PypiMarkerParse, ErrorsNameTheByteAndTheWish) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "byte 0: expected a marker variable"},
      {"this_is_none >= '1'", "byte 0: expected a marker variable"},
      {"python_version", "byte 14: expected a marker operator"},
      {"'3.6'inpython_version", "byte 5: expected a marker operator"},
      {"'3' not python_version", "byte 8: expected 'in' after 'not'"},
      {"(os_name == 'a'", "byte 15: expected 'and', 'or' or a closing ')'"},
      {"os_name == 'a' os_name", "byte 15: expected 'and', 'or' or the end"},
      {"os_name == 'a'\n", "byte 14: expected 'and', 'or' or the end"},
      {"os_name == 'a", "byte 11: expected a quoted text that ends"},
      {"os_name == 'a\\'", "byte 11: expected a quoted text that Python can read"}};
  for (const auto& [text, message] : cases)
    EXPECT_THAT(MarkerText(text), HasSubstr(message)) << text;
}

TEST(PypiMarkerParse, DepthAndLengthHaveLimits) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '(') + "os_name == 'a'" + std::string(depth, ')');
  };
  EXPECT_TRUE(Marker::Parse(nested(kMarkerDepthMax)).ok());
  EXPECT_EQ(Marker::Parse(nested(kMarkerDepthMax + 1)).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Marker::Parse(std::string(kMarkerBytesMax + 1, ' ')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(PypiMarkerEvaluate, VersionVariablesCompareAsVersions) {
  EXPECT_TRUE(Holds("python_version >= '3.9'"));
  EXPECT_TRUE(Holds("python_full_version < '3.11.10'"));
  EXPECT_TRUE(Holds("'3.9' < python_version"));
  EXPECT_TRUE(Holds("python_version == '3.*'"));
  EXPECT_TRUE(Holds("python_version ~= '3.0'"));
  EXPECT_FALSE(Holds("python_full_version === '3.11'"));
}

TEST(PypiMarkerEvaluate, WithoutVersionsTextsAreOnlyEqualOrNot) {
  EXPECT_FALSE(Holds("'b' > os_name"));
  EXPECT_FALSE(Holds("os_name < 'z'"));
  EXPECT_TRUE(Holds("os_name <= 'posix'"));
  EXPECT_TRUE(Holds("platform_release == '5.10.0-8-amd64'"));
  EXPECT_FALSE(Holds("platform_release >= '5'")) << "a release that is no version is below none";
  EXPECT_FALSE(Holds("python_version >= 'three'"));
}

TEST(PypiMarkerEvaluate, InLooksForAPartOfTheText) {
  EXPECT_TRUE(Holds("'inu' in sys_platform"));
  EXPECT_TRUE(Holds("python_version not in '2.7 3.1'"));
  EXPECT_TRUE(Holds("python_version in '2.7, 3.11'"));
}

TEST(PypiMarkerEvaluate, AndBindsTighterThanOr) {
  EXPECT_TRUE(Holds("os_name == 'posix' or os_name == 'x' and os_name == 'y'"));
  EXPECT_FALSE(Holds("(os_name == 'posix' or os_name == 'x') and os_name == 'y'"));
}

TEST(PypiMarkerEvaluate, AComparisonWithoutMeaningIsAnErrorWhereverItStands) {
  for (const char* text : {"os_name ~= '1.0'", "os_name === 'posix'",
                           "os_name == 'posix' or os_name === 'posix'", "'a' == 'b'"}) {
    EXPECT_EQ(Evaluate(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(PypiMarkerEvaluate, SetsExistInLockFilesOnly) {
  const std::set<std::string> names = {"a-b"};
  const MarkerScope lock{.extra = std::nullopt, .extras = &names, .dependency_groups = &names};
  EXPECT_TRUE(Holds("'A_B' in extras", lock));
  EXPECT_TRUE(Holds("'c' not in dependency_groups", lock));
  EXPECT_FALSE(Evaluate("'a' in extras").ok());
  EXPECT_FALSE(Evaluate("extras == 'a'", lock).ok());
  EXPECT_FALSE(Evaluate("extra == 'a'", lock).ok());
}

TEST(PypiMarkerExtras, AnExtraComparesByItsNormalName) {
  EXPECT_TRUE(Holds("extra == 'PEP_685...norm'", {.extra = "pep-685-norm"}));
  EXPECT_FALSE(Holds("extra == 'v2'", {.extra = "v2a3"}));
  EXPECT_FALSE(Holds("extra == 'v2'"));
}

TEST(PypiMarkerExtras, TheEnvironmentDecidesFirst) {
  EXPECT_TRUE(Condition("python_version >= '3.9'").always);
  EXPECT_EQ(Condition("python_version < '3.9'"), ExtraCondition{});
  EXPECT_EQ(Condition("extra == 'x' and python_version < '3.9'"), ExtraCondition{});
  EXPECT_TRUE(Condition("extra == 'x' or python_version >= '3.9'").always);
}

TEST(PypiMarkerExtras, AnyOneOfTheNamedExtrasIsEnough) {
  EXPECT_THAT(Condition("extra == 'x' and python_version > '3'").any_of, ElementsAre("x"));
  EXPECT_THAT(Condition("extra == 'Y_z' or 'x' == extra").any_of, ElementsAre("x", "y-z"));
}

TEST(PypiMarkerExtras, ExtrasAreTriedOneAtATime) {
  EXPECT_EQ(Condition("extra == 'x' and extra == 'y'"), ExtraCondition{});
}

TEST(PypiMarkerExtras, NotAnExtraHoldsWithNone) {
  EXPECT_TRUE(Condition("extra != 'x'").always);
  EXPECT_THAT(Condition("extra != 'x' and extra in 'x y'", {"x", "y"}).always, true);
  EXPECT_THAT(Condition("extra != '' and extra != 'x'", {"x", "y"}).any_of, ElementsAre("y"));
}

TEST(PypiMarkerExtras, MentionedNamesAreKnown) {
  const auto marker = Marker::Parse("extra == 'b' or (os_name == 'c' and 'A' == extra)");
  EXPECT_TRUE(marker->MentionsExtra());
  EXPECT_THAT(marker->MentionedExtras(), ElementsAre("a", "b"));
  EXPECT_FALSE(Marker::Parse("os_name == 'extra'")->MentionsExtra());
}

}  // namespace
}  // namespace accord::pypi
