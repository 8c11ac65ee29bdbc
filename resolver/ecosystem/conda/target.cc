#include "ecosystem/conda/target.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "ecosystem/conda/version.h"

namespace accord::conda {
namespace {

// The oldest that public channels build for.
constexpr std::string_view kLinuxVersion = "3.10";
constexpr std::string_view kGlibcVersion = "2.17";
constexpr std::string_view kOsxVersion = "11.0";
constexpr std::string_view kOsxIntelVersion = "10.13";

// The levels of x86-64 above the first and what /proc/cpuinfo calls the features that each adds.
struct ProcessorLevel {
  std::string_view name;
  std::array<std::string_view, 9> flags;
};
constexpr std::array<ProcessorLevel, 3> kProcessorLevels = {
    {{"x86_64_v2", {"cx16", "lahf_lm", "pni", "popcnt", "sse4_1", "sse4_2", "ssse3"}},
     {"x86_64_v3", {"abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave"}},
     {"x86_64_v4", {"avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"}}}};

struct OverridableName {
  std::string_view name;
  const char* variable;
  std::string_view platforms;  // elsewhere the variable means nothing
};
constexpr std::array<OverridableName, 7> kOverridable = {
    {{"__archspec", "CONDA_OVERRIDE_ARCHSPEC", ""},
     {"__cuda", "CONDA_OVERRIDE_CUDA", ""},
     {"__cuda_arch", "CONDA_OVERRIDE_CUDA_ARCH", ""},
     {"__glibc", "CONDA_OVERRIDE_GLIBC", "linux-"},
     {"__linux", "CONDA_OVERRIDE_LINUX", "linux-"},
     {"__osx", "CONDA_OVERRIDE_OSX", "osx-"},
     {"__win", "CONDA_OVERRIDE_WIN", "win-"}}};

// "linux-64" is x86_64: the names of platforms say 64 and 32 for it, and arm64 for aarch64.
std::string_view MachineOf(std::string_view subdir) {
  const std::string_view machine = subdir.substr(subdir.find('-') + 1);
  if (machine == "64") return "x86_64";
  if (machine == "32") return "x86";
  if (machine == "arm64") return "aarch64";
  return machine;
}

bool IsUnix(std::string_view subdir) {
  constexpr std::array<std::string_view, 4> kUnix = {"linux-", "osx-", "freebsd-", "emscripten-"};
  return std::ranges::any_of(kUnix, [&](std::string_view one) { return subdir.starts_with(one); });
}

// "6.1.0" of "6.1.0-18-amd64". Empty if there are less than two numbers.
std::string_view LeadingNumbers(std::string_view text, size_t numbers_max) {
  size_t end = 0;
  size_t numbers = 0;
  for (size_t begin = 0; numbers < numbers_max; begin = end + 1, ++numbers) {
    if (begin > 0 && (end == text.size() || text[end] != '.')) break;
    const size_t stop = std::min(text.find_first_not_of("0123456789", begin), text.size());
    if (stop <= begin) break;
    end = stop;
  }
  return numbers < 2 ? std::string_view() : text.substr(0, end);
}

// Takes the first line off.
std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// Empty: no more is known than the platform says.
std::string_view ProcessorLevelOf(const Machine& machine) {
  if (MachineOf(machine.subdir) != "x86_64") return {};
  const std::string flags = Cat(" ", machine.processor, " ");
  const auto has = [&](std::string_view flag) {
    return flag.empty() || flags.find(Cat(" ", flag, " ")) != std::string::npos;
  };
  std::string_view best;
  for (const ProcessorLevel& level : kProcessorLevels) {
    if (!std::ranges::all_of(level.flags, has)) break;
    best = level.name;
  }
  return best;
}

// "glibc 2.36", or "ldd (GNU libc) 2.34". Empty: there is none.
std::string_view GlibcOf(const std::optional<std::string>& said) {
  if (!said) return kGlibcVersion;
  std::string_view text = *said;
  const std::string_view line = TakeLine(text);
  const auto names = [&](std::string_view name) { return line.find(name) != line.npos; };
  if (!names("glibc") && !names("GLIBC") && !names("GNU libc")) return {};
  const std::string_view version = LeadingNumbers(line.substr(line.rfind(' ') + 1), 2);
  return version.empty() ? kGlibcVersion : version;
}

// The newest CUDA that the driver can do; empty without one.
std::string_view CudaOf(std::string_view xml) {
  constexpr std::string_view kTag = "<cuda_version>";
  const size_t tag = xml.find(kTag);
  return tag == xml.npos ? std::string_view() : LeadingNumbers(xml.substr(tag + kTag.size()), 2);
}

// What cannot be read, as "[N/A]", is not counted.
std::string_view WeakestOf(std::string_view capabilities) {
  std::string_view weakest;
  std::optional<Version> least;
  while (!capabilities.empty()) {
    const std::string_view one = LeadingNumbers(TakeLine(capabilities), 2);
    std::optional<Version> version = Version::TryParse(one);
    if (!version || (least && *least <= *version)) continue;
    weakest = one;
    least = std::move(version);
  }
  return weakest;
}

// Virtual packages, one of each name.
class VirtualSet {
 public:
  // Instead of what was there; without a version it is not there.
  void Put(std::string_view name, std::string_view version, std::string_view build = "0") {
    std::erase_if(all_, [&](const VirtualPackage& p) { return p.name == name; });
    if (version.empty()) return;
    all_.push_back({std::string(name), std::string(version), std::string(build)});
  }

  void PutPlatform(std::string_view subdir) {
    if (subdir.find('-') != subdir.npos) Put("__archspec", "1", MachineOf(subdir));
    if (subdir.starts_with("linux-")) {
      Put("__glibc", kGlibcVersion);
      Put("__linux", kLinuxVersion);
    } else if (subdir.starts_with("osx-")) {
      Put("__osx", subdir == "osx-64" ? kOsxIntelVersion : kOsxVersion);
    } else if (subdir.starts_with("win-")) {
      Put("__win", "0");
    }
    if (IsUnix(subdir)) Put("__unix", "0");
  }

  void PutMachine(const Machine& machine) {
    PutPlatform(machine.subdir);
    if (const auto level = ProcessorLevelOf(machine); !level.empty()) Put("__archspec", "1", level);
    if (const auto linux = LeadingNumbers(machine.kernel, 4); !linux.empty()) Put("__linux", linux);
    Put("__glibc", GlibcOf(machine.libc));
    Put("__cuda", CudaOf(machine.cuda));
    Put("__cuda_arch", WeakestOf(machine.cuda_archs));
  }

  void Override(std::string_view subdir, Variables variable) {
    for (const OverridableName& one : kOverridable) {
      const char* const set = variable(one.variable);
      if (set == nullptr || !subdir.starts_with(one.platforms)) continue;
      const std::string_view value = set;
      if (one.name == "__archspec") {  // whose build says which machine it is
        Put(one.name, value.empty() ? "" : "1", value);
      } else {
        Put(one.name, value);
      }
    }
  }

  std::vector<VirtualPackage> Take() {
    const auto is_cuda = [](const VirtualPackage& p) { return p.name == "__cuda"; };
    if (std::ranges::none_of(all_, is_cuda)) Put("__cuda_arch", "");  // CEP 46
    std::ranges::sort(all_, {}, &VirtualPackage::name);
    return std::move(all_);
  }

 private:
  std::vector<VirtualPackage> all_;
};

// "glibc 2.36", "x86_64_v3", "win"; empty for what goes without saying.
std::string VirtualText(const VirtualPackage& package) {
  if (package.name == "__unix") return {};
  if (package.name == "__archspec") return package.build;
  std::string text = package.name.substr(std::string_view("__").size());
  if (package.version != "0") text += Cat(" ", package.version);
  if (package.build != "0") text += Cat(" ", package.build);
  return text;
}

}  // namespace

std::vector<VirtualPackage> VirtualPackagesOf(std::string_view subdir, Variables variable) {
  VirtualSet set;
  set.PutPlatform(subdir);
  set.Override(subdir, variable);
  return set.Take();
}

std::vector<VirtualPackage> VirtualPackagesOf(const Machine& machine, Variables variable) {
  VirtualSet set;
  set.PutMachine(machine);
  set.Override(machine.subdir, variable);
  return set.Take();
}

bool IsOverridden(std::string_view name, Variables variable) {
  const auto* const found = std::ranges::find(kOverridable, name, &OverridableName::name);
  return found != kOverridable.end() && variable(found->variable) != nullptr;
}

std::string TargetText(std::span<const std::string> subdirs,
                       std::span<const VirtualPackage> packages) {
  std::string platforms;
  for (const std::string& subdir : subdirs) {
    if (subdir != "noarch") platforms += Cat(platforms.empty() ? "" : ", ", subdir);
  }
  std::string has;
  for (const VirtualPackage& package : packages) {
    const std::string text = VirtualText(package);
    if (!text.empty()) has += Cat(has.empty() ? "" : ", ", text);
  }
  return has.empty() ? platforms : Cat(platforms, " (", has, ")");
}

}  // namespace accord::conda
