// What an override leaves of a marker.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "ecosystem/pypi/marker.h"

namespace accord::pypi {
namespace {

// "always" where nothing is left.
std::string Alone(std::string_view text) {
  const std::optional<Marker> alone = ExtrasAlone(*Marker::Parse(text));
  return alone ? alone->Text() : "always";
}

TEST(ExtrasAlone, OnlyComparisonsWithExtraAreLeft) {
  EXPECT_EQ(Alone("os_name == 'nt'"), "always");
  EXPECT_EQ(Alone("extra == 'x'"), "extra == \"x\"");
  EXPECT_EQ(Alone("os_name == 'nt' and extra == 'x'"), "extra == \"x\"");
  EXPECT_EQ(Alone("extra == 'x' and os_name == 'nt' and extra == 'y'"),
            "extra == \"x\" and extra == \"y\"");
}

TEST(ExtrasAlone, ARowWithoutExtrasMakesTheWholeHold) {
  EXPECT_EQ(Alone("extra == 'x' or os_name == 'nt'"), "always");
  EXPECT_EQ(Alone("os_name == 'nt' or extra == 'x'"), "always");
  EXPECT_EQ(Alone("extra == 'x' and (os_name == 'nt' or extra == 'y')"), "extra == \"x\"");
}

TEST(ExtrasAlone, RowsStayRows) {
  EXPECT_EQ(Alone("os_name == 'nt' and extra == 'x' or extra == 'y' and os_name == 'nt'"),
            "extra == \"x\" or extra == \"y\"");
}

}  // namespace
}  // namespace accord::pypi
