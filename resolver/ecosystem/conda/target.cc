#include "ecosystem/conda/target.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"

namespace accord::conda {
namespace {

// The oldest that public channels build for.
constexpr std::string_view kLinuxVersion = "3.10";
constexpr std::string_view kGlibcVersion = "2.17";
constexpr std::string_view kOsxVersion = "11.0";
constexpr std::string_view kOsxIntelVersion = "10.13";

// "linux-64" is x86_64: the names of platforms say 64 and 32 for it.
std::string_view MachineOf(std::string_view subdir) {
  const std::string_view machine = subdir.substr(subdir.find('-') + 1);
  if (machine == "64") return "x86_64";
  if (machine == "32") return "x86";
  return machine;
}

struct VirtualName {
  std::string_view name;
  std::string_view variable;
};
constexpr std::array<VirtualName, 6> kOverridable = {{{"__archspec", "CONDA_OVERRIDE_ARCHSPEC"},
                                                      {"__cuda", "CONDA_OVERRIDE_CUDA"},
                                                      {"__glibc", "CONDA_OVERRIDE_GLIBC"},
                                                      {"__linux", "CONDA_OVERRIDE_LINUX"},
                                                      {"__osx", "CONDA_OVERRIDE_OSX"},
                                                      {"__win", "CONDA_OVERRIDE_WIN"}}};

std::vector<VirtualPackage> PlatformPackages(std::string_view subdir) {
  std::vector<VirtualPackage> all;
  const auto add = [&](std::string_view name, std::string_view version, std::string_view build) {
    all.push_back({std::string(name), std::string(version), std::string(build)});
  };
  if (subdir.find('-') != std::string_view::npos) add("__archspec", "1", MachineOf(subdir));
  if (subdir.starts_with("linux-")) {
    add("__glibc", kGlibcVersion, "0");
    add("__linux", kLinuxVersion, "0");
  } else if (subdir.starts_with("osx-")) {
    add("__osx", subdir == "osx-64" ? kOsxIntelVersion : kOsxVersion, "0");
  } else if (subdir.starts_with("win-")) {
    add("__win", "0", "0");
  }
  if (subdir.starts_with("linux-") || subdir.starts_with("osx-")) add("__unix", "0", "0");
  return all;
}

}  // namespace

std::vector<VirtualPackage> VirtualPackagesOf(
    std::string_view subdir, absl::FunctionRef<const char*(const std::string&)> variable) {
  std::vector<VirtualPackage> all = PlatformPackages(subdir);
  for (const VirtualName& one : kOverridable) {
    const char* const value = variable(std::string(one.variable));
    if (value == nullptr) continue;
    std::erase_if(all, [&](const VirtualPackage& p) { return p.name == one.name; });
    if (*value == '\0') continue;
    const bool is_build = one.name == "__archspec";  // whose build says which machine it is
    all.push_back({std::string(one.name), is_build ? "1" : value, is_build ? value : "0"});
  }
  // CEP 46: the compute capability of the weakest device, as the build has its name.
  if (const char* const value = variable("CONDA_OVERRIDE_CUDA_ARCH");
      value != nullptr && *value != '\0') {
    all.push_back({"__cuda_arch", value, "0"});
  }
  std::ranges::sort(all, {}, &VirtualPackage::name);
  return all;
}

}  // namespace accord::conda
