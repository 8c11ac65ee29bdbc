// Names of package files.
#include "ecosystem/conda/package_file.h"

#include <gtest/gtest.h>

namespace accord::conda {
namespace {

TEST(CondaPackageFile, TheLastTwoDashesAreBeforeVersionAndBuild) {
  const auto file = SplitPackageFile("scikit-learn-1!1.0_a+b-py39h_0.tar.bz2");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->name, "scikit-learn");
  EXPECT_EQ(file->version, "1!1.0_a+b");
  EXPECT_EQ(file->build, "py39h_0");
  EXPECT_TRUE(SplitPackageFile("a-1-0.conda"));
}

TEST(CondaPackageFile, OthersAreNone) {
  for (const char* text : {"", ".conda", "a-1-0", "a-1-0.zip", "a-1.conda", "a.conda", "-1-0.conda",
                           "a--0.conda", "a-1-.conda", "a-1-0.tar.gz"}) {
    EXPECT_FALSE(SplitPackageFile(text)) << text;
  }
  EXPECT_TRUE(HasPackageExtension("x.tar.bz2"));
  EXPECT_FALSE(HasPackageExtension(".tar.bz2"));
}

}  // namespace
}  // namespace accord::conda
