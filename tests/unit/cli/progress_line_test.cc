// The progress line: on terminals alone, seldom, and gone at the end.
#include "cli/progress_line.h"

#include <gtest/gtest.h>

#include <sstream>

namespace accord::cli {
namespace {

TEST(ProgressLine, ShowsHowFarItIsAndTheRateAndGoesAway) {
  std::ostringstream out;
  int64_t now_ms = 1000;
  {
    ProgressLine line(out, true, [&] { return now_ms; });
    line.Show("pypi", 0, 400);
    now_ms = 3000;
    line.Show("pypi", 100, 400);
    now_ms = 3050;
    line.Show("pypi", 101, 400);  // too soon
    line.Show("pypi", 400, 400);  // the last one is always drawn
  }
  EXPECT_EQ(out.str(),
            "\r\x1B[Kpypi: 0 of 400 packages, 0 %"
            "\r\x1B[Kpypi: 100 of 400 packages, 25 %, 50 a second"
            "\r\x1B[Kpypi: 400 of 400 packages, 100 %, 195 a second"
            "\r\x1B[K");
}

TEST(ProgressLine, AnotherLabelBeginsAnew) {
  std::ostringstream out;
  int64_t now_ms = 0;
  ProgressLine line(out, true, [&] { return now_ms; });
  line.Show("a", 0, 0);
  now_ms = 10;
  line.Show("b", 5, 10);
  EXPECT_EQ(out.str(), "\r\x1B[Ka: 0 of 0 packages\r\x1B[Kb: 5 of 10 packages, 50 %");
}

TEST(ProgressLine, DrawsNothingOnAnythingElse) {
  std::ostringstream out;
  {
    ProgressLine line(out, false);
    line.Show("pypi", 1, 2);
  }
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace accord::cli
