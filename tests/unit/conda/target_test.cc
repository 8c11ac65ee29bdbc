// What a platform has, what a machine has by what it says of itself, and the environment over both.
#include "ecosystem/conda/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/error.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Environment = std::map<std::string, std::string>;

std::vector<std::string> Listed(const std::vector<VirtualPackage>& packages) {
  std::vector<std::string> texts;
  for (const VirtualPackage& p : packages)
    texts.push_back(Cat(p.name, "=", p.version, "=", p.build));
  return texts;
}

// Of a subdir or a machine.
template <class Target>
std::vector<std::string> Has(const Target& target, const Environment& environment = {}) {
  return Listed(VirtualPackagesOf(target, [&](const std::string& name) -> const char* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  }));
}

// The package of that name alone; empty if it is not there.
template <class Target>
std::string One(std::string_view name, const Target& target, const Environment& environment = {}) {
  for (const std::string& text : Has(target, environment)) {
    if (text.starts_with(Cat(name, "="))) return text;
  }
  return {};
}

std::string SmiXml(std::string_view cuda) {
  return Cat(
      "<?xml version=\"1.0\" ?>\n<nvidia_smi_log>\n\t<driver_version>550.54</driver_version>\n",
      "\t<cuda_version>", cuda, "</cuda_version>\n</nvidia_smi_log>\n");
}

TEST(Platform, HasTheOldestThatChannelsBuildFor) {
  EXPECT_THAT(Has("linux-64"),
              ElementsAre("__archspec=1=x86_64", "__glibc=2.17=0", "__linux=3.10=0", "__unix=0=0"));
  EXPECT_THAT(Has("osx-64"), ElementsAre("__archspec=1=x86_64", "__osx=10.13=0", "__unix=0=0"));
  EXPECT_THAT(Has("osx-arm64"), ElementsAre("__archspec=1=aarch64", "__osx=11.0=0", "__unix=0=0"));
  EXPECT_THAT(Has("win-32"), ElementsAre("__archspec=1=x86", "__win=0=0"));
  EXPECT_THAT(Has("freebsd-64"), ElementsAre("__archspec=1=x86_64", "__unix=0=0"));
  EXPECT_THAT(Has("emscripten-wasm32"), ElementsAre("__archspec=1=wasm32", "__unix=0=0"));
  EXPECT_THAT(Has("noarch"), IsEmpty());
}

TEST(Machine, IsWhatItSays) {
  EXPECT_THAT(Has(Machine{.subdir = "linux-64",
                          .kernel = "6.1.0-18-amd64",
                          .processor = "cx16 lahf_lm pni popcnt sse4_1 sse4_2 ssse3",
                          .libc = "glibc 2.36\n",
                          .cuda = SmiXml("12.4"),
                          .cuda_archs = "8.6\n"}),
              ElementsAre("__archspec=1=x86_64_v2", "__cuda=12.4=0", "__cuda_arch=8.6=0",
                          "__glibc=2.36=0", "__linux=6.1.0=0", "__unix=0=0"));
}

TEST(Machine, ThatSaysNothingIsThePlatform) {
  for (const char* subdir : {"linux-64", "linux-aarch64"}) {
    EXPECT_EQ(Has(Machine{.subdir = subdir}), Has(subdir));
  }
}

TEST(Machine, AKernelsVersionIsWithoutWhatADistributionAdds) {
  const auto linux = [](const std::string& kernel) {
    return One("__linux", Machine{.subdir = "linux-64", .kernel = kernel});
  };
  EXPECT_EQ(linux("6.1.0-18-amd64"), "__linux=6.1.0=0");
  EXPECT_EQ(linux("5.15.146.1-microsoft-standard-WSL2"), "__linux=5.15.146.1=0");
  EXPECT_EQ(linux("4.18.0-513.el8.x86_64"), "__linux=4.18.0=0");
  EXPECT_EQ(linux("1.2.3.4.5"), "__linux=1.2.3.4=0");
  EXPECT_EQ(linux("6.7"), "__linux=6.7=0");
  EXPECT_EQ(linux("6.7."), "__linux=6.7=0");
  EXPECT_EQ(linux("6.x"), "__linux=3.10=0");
  EXPECT_EQ(linux("gnu"), "__linux=3.10=0");
}

TEST(Machine, AProcessorHasTheLevelOfWhichItHasAll) {
  const std::string second = "cx16 lahf_lm pni popcnt sse4_1 sse4_2 ssse3";
  const std::string third = " abm avx avx2 bmi1 bmi2 f16c fma movbe xsave";
  const std::string fourth = " avx512bw avx512cd avx512dq avx512f avx512vl";
  const auto archspec = [](const std::string& flags, const char* subdir = "linux-64") {
    return One("__archspec", Machine{.subdir = subdir, .processor = flags});
  };
  EXPECT_EQ(archspec("fpu sse2"), "__archspec=1=x86_64");
  EXPECT_EQ(archspec(second), "__archspec=1=x86_64_v2");
  EXPECT_EQ(archspec("vme " + second + third), "__archspec=1=x86_64_v3");
  EXPECT_EQ(archspec(second + third + fourth), "__archspec=1=x86_64_v4");
  EXPECT_EQ(archspec(second + " xavx2" + third.substr(0, 8)), "__archspec=1=x86_64_v2");
  EXPECT_EQ(archspec(third + fourth), "__archspec=1=x86_64");
  EXPECT_EQ(archspec(second, "linux-aarch64"), "__archspec=1=aarch64");
}

TEST(Machine, GlibcIsThereWhereItIsNamed) {
  const auto glibc = [](const std::optional<std::string>& libc) {
    return One("__glibc", Machine{.subdir = "linux-64", .libc = libc});
  };
  EXPECT_EQ(glibc("glibc 2.36"), "__glibc=2.36=0");
  EXPECT_EQ(glibc("ldd (Debian GLIBC 2.36-9+deb12u4) 2.35\nCopyright 2.1\n"), "__glibc=2.35=0");
  EXPECT_EQ(glibc("ldd (GNU libc) 2.34"), "__glibc=2.34=0");
  EXPECT_EQ(glibc("glibc 2.20.1"), "__glibc=2.20=0");
  EXPECT_EQ(glibc("glibc two"), "__glibc=2.17=0");
  EXPECT_EQ(glibc(std::nullopt), "__glibc=2.17=0");
  EXPECT_EQ(glibc(""), "");
  EXPECT_EQ(glibc("undefined\nglibc 2.36"), "");
}

TEST(Machine, CudaIsThereWhereTheDriverNamesIt) {
  const auto cuda = [](const std::string& said) {
    return One("__cuda", Machine{.subdir = "linux-64", .cuda = said});
  };
  EXPECT_EQ(cuda(SmiXml("12.4")), "__cuda=12.4=0");
  EXPECT_EQ(cuda(SmiXml("12.4.1")), "__cuda=12.4=0");
  EXPECT_EQ(cuda(SmiXml("N/A")), "");
  EXPECT_EQ(cuda("NVIDIA-SMI has failed"), "");
  EXPECT_EQ(cuda("<cuda_version>"), "");
}

TEST(Machine, OfItsDevicesTheWeakestCounts) {
  const auto arch = [](const std::string& said, const std::string& cuda = SmiXml("12.4")) {
    return One("__cuda_arch", Machine{.subdir = "linux-64", .cuda = cuda, .cuda_archs = said});
  };
  EXPECT_EQ(arch("8.6\n"), "__cuda_arch=8.6=0");
  EXPECT_EQ(arch("10.0\n7.5\n9.0"), "__cuda_arch=7.5=0");
  EXPECT_EQ(arch("[N/A]\n9.0a\n"), "__cuda_arch=9.0=0");
  EXPECT_EQ(arch("No devices were found\n"), "");
  EXPECT_EQ(arch("8.6\n", ""), "");
}

TEST(Overrides, ReplaceWhatIsThere) {
  const Environment environment = {{"CONDA_OVERRIDE_ARCHSPEC", "zen3"},
                                   {"CONDA_OVERRIDE_CUDA", "11.8"},
                                   {"CONDA_OVERRIDE_CUDA_ARCH", "8.0"},
                                   {"CONDA_OVERRIDE_GLIBC", "2.28"},
                                   {"CONDA_OVERRIDE_LINUX", "5.0"}};
  const auto all = ElementsAre("__archspec=1=zen3", "__cuda=11.8=0", "__cuda_arch=8.0=0",
                               "__glibc=2.28=0", "__linux=5.0=0", "__unix=0=0");
  EXPECT_THAT(Has("linux-64", environment), all);
  EXPECT_THAT(Has(Machine{.subdir = "linux-64", .libc = "glibc 2.36"}, environment), all);
}

TEST(Overrides, ThatAreEmptyTakeAway) {
  const Environment environment = {{"CONDA_OVERRIDE_ARCHSPEC", ""},
                                   {"CONDA_OVERRIDE_CUDA_ARCH", ""},
                                   {"CONDA_OVERRIDE_GLIBC", ""},
                                   {"CONDA_OVERRIDE_UNIX", ""}};
  EXPECT_THAT(
      Has(Machine{.subdir = "linux-64", .cuda = SmiXml("12.4"), .cuda_archs = "8.6"}, environment),
      ElementsAre("__cuda=12.4=0", "__linux=3.10=0", "__unix=0=0"));
}

TEST(Overrides, OfAnotherPlatformMeanNothing) {
  const Environment environment = {{"CONDA_OVERRIDE_GLIBC", "2.28"},
                                   {"CONDA_OVERRIDE_LINUX", "5.0"},
                                   {"CONDA_OVERRIDE_OSX", "14.0"},
                                   {"CONDA_OVERRIDE_WIN", "10.0.1"}};
  EXPECT_EQ(One("__osx", "osx-64", environment), "__osx=14.0=0");
  EXPECT_THAT(Has("win-64", environment), ElementsAre("__archspec=1=x86_64", "__win=10.0.1=0"));
  EXPECT_THAT(Has("emscripten-wasm32", environment), Has("emscripten-wasm32"));
}

TEST(Overrides, OfDevicesNeedCuda) {
  const Environment devices = {{"CONDA_OVERRIDE_CUDA_ARCH", "8.0"}};
  EXPECT_EQ(One("__cuda_arch", "linux-64", devices), "");
  EXPECT_EQ(One("__cuda_arch", Machine{.subdir = "linux-64", .cuda = SmiXml("12.4")}, devices),
            "__cuda_arch=8.0=0");
}

TEST(Overrides, AreKnownByTheNameOfTheirPackage) {
  const auto set = [](const std::string& name) {
    return name == "CONDA_OVERRIDE_CUDA" ? "" : nullptr;
  };
  EXPECT_TRUE(IsOverridden("__cuda", set));
  EXPECT_FALSE(IsOverridden("__cuda_arch", set));
  EXPECT_FALSE(IsOverridden("__unix", [](const std::string&) { return "1"; }));
}

TEST(Target, IsTold) {
  const auto told = [](const std::vector<std::string>& subdirs,
                       const std::vector<VirtualPackage>& packages) {
    return TargetText(subdirs, packages);
  };
  EXPECT_EQ(
      told({"linux-64", "noarch"},
           {{"__archspec", "1", "x86_64_v3"}, {"__glibc", "2.36", "0"}, {"__unix", "0", "0"}}),
      "linux-64 (x86_64_v3, glibc 2.36)");
  EXPECT_EQ(told({"win-64", "osx-64"}, {{"__win", "0", "0"}, {"__x", "1", "b"}}),
            "win-64, osx-64 (win, x 1 b)");
  EXPECT_EQ(told({"linux-64"}, {{"__unix", "0", "0"}}), "linux-64");
}

}  // namespace
}  // namespace accord::conda
