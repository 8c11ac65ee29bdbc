// The target of a conda request: this machine, or what the options say instead.
#include "cli/conda_options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/options.h"
#include "tests/unit/cli/programs.h"

namespace accord::cli {
namespace {

// With programs of its own, and variables that are as before at the end.
class CondaTarget : public Programs {
 public:
  ~CondaTarget() override {
    for (const auto& [name, value] : before_) {
      value.empty() ? unsetenv(name.c_str()) : setenv(name.c_str(), value.c_str(), 1);
    }
  }

 protected:
  CondaTarget() {
    for (const char* name : {"GLIBC", "CUDA", "CUDA_ARCH"}) {
      unsetenv(Cat("CONDA_OVERRIDE_", name).c_str());
    }
    Set("PATH", Folder());
    Set("CONDA_OVERRIDE_ARCHSPEC", "zen3");
    Set("CONDA_OVERRIDE_LINUX", "6.1");
    Script("getconf", Cat("echo >>", Path("asked"), "; echo glibc 2.36"));
  }

  void Set(const std::string& name, const std::string& value) {
    const char* const now = std::getenv(name.c_str());
    before_.emplace(name, now == nullptr ? "" : now);
    setenv(name.c_str(), value.c_str(), 1);
  }
  std::string Target(std::vector<std::string> words) {
    CLI::App app;
    CondaOptions conda;
    Options options(app, {words.begin(), words.end()});
    conda.AddTo(options);
    std::reverse(words.begin(), words.end());
    app.parse(words);
    conda::ResolveRequest request;
    EXPECT_TRUE(conda.Apply({}, request).ok());
    EXPECT_TRUE(request.target.starts_with(request.subdirs.front()));
    return request.target.substr(request.subdirs.front().size());
  }
  bool asked() const { return std::filesystem::exists(Path("asked")); }

 private:
  std::map<std::string, std::string> before_;
};

TEST_F(CondaTarget, IsThisMachine) {
  EXPECT_EQ(Target({}), " (zen3, glibc 2.36, linux 6.1), this machine");
}

TEST_F(CondaTarget, IsAPlatformWhereOneIsNamed) {
  EXPECT_EQ(Target({"--subdir", "linux-64"}), " (zen3, glibc 2.17, linux 6.1)");
  EXPECT_EQ(Target({"--subdir", "osx-64"}), " (zen3, osx 10.13)");
  EXPECT_FALSE(asked());
}

TEST_F(CondaTarget, HasTheVirtualPackagesThatAreNamedAndNoOther) {
  EXPECT_EQ(Target({"--virtual-package", "__glibc=2.5", "--virtual-package", "__unix=0"}),
            " (glibc 2.5)");
  EXPECT_FALSE(asked());
}

TEST_F(CondaTarget, IsNotAskedWhatTheEnvironmentSays) {
  Set("CONDA_OVERRIDE_GLIBC", "2.28");
  EXPECT_EQ(Target({}), " (zen3, glibc 2.28, linux 6.1), this machine");
  EXPECT_FALSE(asked());
}

}  // namespace
}  // namespace accord::cli
