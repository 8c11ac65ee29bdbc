// The texts of a request, parsed and checked.
#include "ecosystem/pypi/request_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using accord::testing::Placed;
using accord::testing::Request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Fault(const ResolveRequest& request) {
  return std::string(Message(ReadRequest(request).status()));
}

TEST(RequestReader, OneOrderWhateverOrderTheTextsCameIn) {
  const auto one = ReadRequest(Request({"b>=2", "A_x", "b<9"}));
  const auto other = ReadRequest(Request({"b<9", "b>=2", "a-x"}));
  ASSERT_TRUE(one.ok() && other.ok());
  ASSERT_EQ(one->requirements.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(one->requirements[i].name, other->requirements[i].name);
    EXPECT_EQ(one->requirements[i].specifier_text, other->requirements[i].specifier_text);
  }
  EXPECT_EQ(one->requirements[0].name, "a-x");
}

TEST(RequestReader, TextsThatSayTheSameAreOneWithAllTheirPlaces) {
  const auto asked = ReadRequest(Request({"b >= 2.0", "c", "B>=2"}));
  ASSERT_TRUE(asked.ok());
  ASSERT_EQ(asked->requirements.size(), 2u);
  EXPECT_THAT(asked->requirements[0].places, ElementsAre("argument 1", "argument 3"));
}

TEST(RequestReader, ATextWhoseMarkerDoesNotHoldSaysNothing) {
  const auto asked = ReadRequest(
      Request({"b; python_version < '3.8'", "c; python_version >= '3.8'", "d; extra == 'x'"}));
  ASSERT_TRUE(asked.ok());
  ASSERT_EQ(asked->requirements.size(), 1u);
  EXPECT_EQ(asked->requirements[0].name, "c");
}

TEST(RequestReader, AnErrorNamesThePlaceAndTheFault) {
  EXPECT_THAT(Fault(Request({"b", "c>=>1"})), HasSubstr("argument 2: "));
  ResolveRequest request = Request({"b"});
  request.constraints = Placed({"c @ https://c.example/c.whl"});
  EXPECT_THAT(Fault(request), HasSubstr("argument 1: a name with version specifiers is wanted"));
  request.constraints = Placed({"b[x]<2"});
  EXPECT_THAT(Fault(request), HasSubstr("argument 1: only versions can be limited"));
}

TEST(RequestReader, AnEnvironmentWithoutAPythonVersionIsAnError) {
  ResolveRequest request = Request({"b"});
  request.environment.Set(MarkerVariable::kPythonFullVersion, "three");
  EXPECT_THAT(Fault(request), HasSubstr("environment: python_full_version must be a version"));
}

TEST(RequestReader, MoreTextsThanTheLimitAreATypedAnswer) {
  ResolveRequest request = Request({});
  request.requirements.resize(kRequestTextsMax + 1, {.text = "b", .place = "here"});
  EXPECT_EQ(ReadRequest(request).status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace accord::pypi
