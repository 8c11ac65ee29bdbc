// PEP 508 requirements.
#include "ecosystem/pypi/requirement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::pypi {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string RequirementText(std::string_view text) {
  const auto requirement = Requirement::Parse(text);
  return requirement.ok() ? requirement->Text() : std::string(requirement.status().message());
}

bool Same(std::string_view a, std::string_view b) {
  return *Requirement::Parse(a) == *Requirement::Parse(b);
}

TEST(PypiRequirement, EveryFormHasOneText) {
  const std::pair<const char*, const char*> cases[] = {
      {" Foo_Bar ", "Foo_Bar"},
      {"a[ y , x,x ]", "a[x,y]"},
      {"a[]", "a"},
      {"a (>=1.0 , <2)", "a<2,>=1.0"},
      {"a(>=1,)", "a>=1"},
      {"a()", "a"},
      {"a>= 1,", "a>=1"},
      {"a===x.y;os_name=='b'", "a===x.y; os_name == \"b\""},
      {"a===1,>=2", "a===1,>=2"},
      {"a@https://h.example/a;b", "a @ https://h.example/a;b"},
      {"a[x] @ https://h.example/a ; os_name=='b'",
       "a[x] @ https://h.example/a ; os_name == \"b\""}};
  for (const auto& [text, wanted] : cases) {
    EXPECT_EQ(RequirementText(text), wanted) << text;
    EXPECT_EQ(RequirementText(wanted), wanted) << text;
  }
}

TEST(PypiRequirement, ErrorsNameTheByteAndTheWish) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "byte 0: expected a package name"},
      {"==1.0", "byte 0: expected a package name"},
      {"name_", "byte 4: expected a letter or digit at the end of a name"},
      {"a[x", "byte 3: expected ',' or ']'"},
      {"a[x,]", "byte 4: expected the name of an extra"},
      {"a[x y]", "byte 4: expected ',' or ']'"},
      {"a 1.0", "byte 2: expected a version specifier, '@', ';' or the end"},
      {"a==", "byte 3: expected a version"},
      {"foo >=1..2", "byte 7: expected the end of the specifier"},
      {"a>=1,~=2", "byte 7: expected at least two release numbers"},
      {"a>=1,,<2", "byte 5: expected ',', ';' or the end"},
      {"a >= 1 <= 2", "byte 7: expected ',', ';' or the end"},
      {"a(>=1", "byte 5: expected ',' or a closing ')'"},
      {"a>=1\n", "byte 4: expected ',', ';' or the end"},
      {"a @ ", "byte 4: expected a URL"},
      {"a @ https://h.example/; extra == 'x'", "byte 24: expected ';' or the end after the URL"},
      {"a; os_name", "byte 10: expected a marker operator"}};
  for (const auto& [text, message] : cases)
    EXPECT_THAT(RequirementText(text), HasSubstr(message)) << text;
}

TEST(PypiRequirement, ALongTextIsATypedAnswer) {
  EXPECT_EQ(Requirement::Parse(std::string(kRequirementBytesMax + 1, 'a')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(PypiRequirement, EqualityIsOfNormalForms) {
  EXPECT_TRUE(Same("scikit-learn==1.0.1", "Scikit_Learn == 1.0.1.0"));
  EXPECT_TRUE(Same("a[all-blue]", "a[All---Blue]"));
  EXPECT_TRUE(Same("a>=1,<2", "a<2.0,>=1.0"));
  EXPECT_FALSE(Same("a[x]", "a"));
  EXPECT_FALSE(Same("a; os_name == 'x'", "a; os_name == 'y'"));
  EXPECT_FALSE(Same("a @ https://h.example/1", "a @ https://h.example/2"));
}

TEST(PypiRequirement, NormalNamesAreAtHand) {
  const auto requirement = Requirement::Parse("Foo.Bar[B_c,a,b-C]");
  EXPECT_EQ(requirement->NormalName(), "foo-bar");
  EXPECT_THAT(requirement->NormalExtras(), ElementsAre("a", "b-c"));
  EXPECT_EQ(requirement->Canonical(), "foo-bar[a,b-c]");
}

}  // namespace
}  // namespace accord::pypi
