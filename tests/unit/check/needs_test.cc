// NeedReader: what is read in parts and remembered is what Requirement::Parse makes of the whole
// text, on the first time and on the second.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "check/pypi_needs.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/lenient.h"

namespace accord::check {
namespace {

constexpr const char* kTexts[] = {
    "plain",
    " Plain.Name >=1,<2",
    "plain(>=1,<2)",
    "plain ( >=1 , <2 , )",
    "plain>=1.0,",
    "plain ===1.0,>2 ; python_version >= '3'",
    "plain;python_version<'3'",
    "plain ; extra == 'x;y'",
    "plain[b, A] >=1 ; extra == \"fast\" or os_name == 'nt'",
    "plain @ https://example.org/a;b ; os_name == 'posix'",
    "plain @ https://example.org/a;b",
    "plain>=1.9.*",  // can be repaired
    "plain>='1' ; extra == 'x'",
    "plain ; extra ~= 'x'",  // has no meaning, but can be read
    // cannot be read
    "",
    "-plain",
    "plain-",
    "plain- >=1",
    "plain >=1..2",
    "plain ;",
    "plain ; extra == 'x' and",
    "plain (>=1 ; extra == 'x'",
    "a b c",
    "plain [x",
};

TEST(NeedReader, ReadsEachTextAsAWholeIsRead) {
  const pypi::Environment environment = *pypi::Environment::CPythonOnLinux("3.11.7");
  NeedReader reader(environment);
  size_t unreadable = 0;
  for (const char* turn : {"first", "second"}) {
    for (const char* text : kTexts) {
      SCOPED_TRACE(std::string(turn) + " time: " + text);
      const auto whole = pypi::ReadRequirementLeniently(text);
      const absl::StatusOr<Need> need = reader.Read(text);
      ASSERT_EQ(need.status(), whole.status());
      if (!need.ok()) {
        ++unreadable;
        continue;
      }
      const pypi::Requirement& expected = whole->requirement;
      EXPECT_EQ(need->text, text);
      EXPECT_EQ(need->name, expected.name);
      EXPECT_EQ(need->extras, expected.extras);
      EXPECT_EQ(*need->specifiers, expected.specifiers);
      EXPECT_EQ(need->url, expected.url);
      ASSERT_EQ(need->marker != nullptr, expected.marker.has_value());
      if (need->marker == nullptr) continue;
      EXPECT_EQ(need->marker->marker, *expected.marker);
      EXPECT_EQ(need->marker->holds.ok(), expected.marker->Evaluate(environment).ok());
      if (need->marker->holds.ok()) {
        EXPECT_EQ(*need->marker->holds, *expected.marker->Evaluate(environment));
      }
    }
  }
  EXPECT_EQ(unreadable, 2U * 10U);
}

TEST(NeedReader, TextsThatSayTheSameShareWhatWasRead) {
  const pypi::Environment environment = *pypi::Environment::CPythonOnLinux("3.11.7");
  NeedReader reader(environment);
  const absl::StatusOr<Need> one = reader.Read("one>=1 ; os_name == 'posix'");
  const absl::StatusOr<Need> other = reader.Read("other>=1 ; os_name == 'posix'");
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(one->specifiers, reader.Read("third >=1 ; os_name == 'nt'")->specifiers);
  EXPECT_EQ(one->marker, reader.Read("third ; os_name == 'posix'")->marker);
}

}  // namespace
}  // namespace accord::check
