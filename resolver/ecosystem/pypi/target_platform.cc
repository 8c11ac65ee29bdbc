// The tags that run on each platform, and what Python says of itself there.
#include "ecosystem/pypi/target_platform.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace accord::pypi {
namespace {

constexpr TwoNumbers kMac11{.major = 11, .minor = 0};
constexpr int kMac10MinorMax = 16;
constexpr int kMac10MinorMin = 4;    // the first for Intel
constexpr int kIosMin = 12;          // PEP 730
constexpr int kIosMinorMax = 9;      // none went beyond 8
constexpr int kAndroidMin = 16;      // the first that CPython runs on without large patches
constexpr int kLastGlibcMinor = 50;  // of a major version that has a successor: none has

// PEP 600's names for what came before it.
struct OldManylinux {
  TwoNumbers glibc;
  std::string_view name;
};
constexpr std::array<OldManylinux, 3> kOldManylinux = {
    {{.glibc = {.major = 2, .minor = 17}, .name = "manylinux2014"},
     {.glibc = {.major = 2, .minor = 12}, .name = "manylinux2010"},
     {.glibc = {.major = 2, .minor = 5}, .name = "manylinux1"}}};

constexpr std::array<std::string_view, 9> kManylinuxArchs = {
    "x86_64", "i686", "aarch64", "armv7l", "ppc64", "ppc64le", "s390x", "loongarch64", "riscv64"};

std::string WithUnderscores(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c == '-' || c == '.' || c == ' ') c = '_';
  }
  return out;
}

// The kinds of binaries that a macOS of this version runs on this architecture.
std::vector<std::string_view> MacFormats(TwoNumbers version, std::string_view arch) {
  constexpr TwoNumbers kIntelMin{.major = 10, .minor = kMac10MinorMin};
  constexpr TwoNumbers kPowerPc64Max{.major = 10, .minor = 5};
  constexpr TwoNumbers kPowerPcMax{.major = 10, .minor = 6};
  if (arch == "x86_64") {
    if (version < kIntelMin) return {};
    return {arch, "intel", "fat64", "fat3", "universal2", "universal"};
  }
  if (arch == "i386") {
    if (version < kIntelMin) return {};
    return {arch, "intel", "fat3", "fat", "universal"};
  }
  if (arch == "ppc64") {
    if (version < kIntelMin || version > kPowerPc64Max) return {};
    return {arch, "fat64", "universal"};
  }
  if (arch == "ppc") {
    if (version > kPowerPcMax) return {};
    return {arch, "fat3", "fat", "universal"};
  }
  if (arch == "arm64") return {arch, "universal2"};
  if (arch == "intel") return {arch, "universal"};
  return {arch};
}

void AppendMac(std::vector<std::string>& tags, TwoNumbers version, std::string_view arch) {
  for (const std::string_view format : MacFormats(version, arch)) {
    tags.push_back(Cat("macosx_", version.major, '_', version.minor, '_', format));
  }
}

struct Renaming {
  std::string_view from;
  std::string_view to;
};

template <size_t N>
std::string Translated(const std::array<Renaming, N>& words, std::string_view from) {
  for (const Renaming& word : words) {
    if (word.from == from) return std::string(word.to);
  }
  return std::string(from);
}

}  // namespace

std::vector<std::string> ManylinuxPlatforms(TwoNumbers glibc, std::string_view arch) {
  std::vector<std::string> tags = {Cat("linux_", arch)};
  if (std::find(kManylinuxArchs.begin(), kManylinuxArchs.end(), arch) == kManylinuxArchs.end()) {
    return tags;
  }
  const int oldest = arch == "x86_64" || arch == "i686" ? 5 : 17;
  for (TwoNumbers version = glibc; version.major >= 2;
       version = {.major = version.major - 1, .minor = kLastGlibcMinor}) {
    const int last = version.major == 2 ? oldest : 0;
    for (; version.minor >= last; --version.minor) {
      tags.push_back(Cat("manylinux_", version.major, '_', version.minor, '_', arch));
      for (const OldManylinux& old : kOldManylinux) {
        if (old.glibc == version) tags.push_back(Cat(old.name, '_', arch));
      }
    }
  }
  return tags;
}

std::vector<std::string> MusllinuxPlatforms(TwoNumbers musl, std::string_view arch) {
  std::vector<std::string> tags = {Cat("linux_", arch)};
  for (int minor = musl.minor; minor >= 0; --minor) {
    tags.push_back(Cat("musllinux_", musl.major, '_', minor, '_', arch));
  }
  return tags;
}

std::vector<std::string> MacPlatforms(TwoNumbers version, std::string_view arch) {
  std::vector<std::string> tags;
  if (version < kMac11) {
    if (version.major < 10) return tags;
    for (int minor = version.minor; minor >= 0; --minor) {
      AppendMac(tags, {.major = 10, .minor = minor}, arch);
    }
    return tags;
  }
  for (int major = version.major; major >= kMac11.major; --major) {
    AppendMac(tags, {.major = major, .minor = 0}, arch);
  }
  // macOS 11 runs what was made for 10.x on Intel; on ARM the Intel half of a universal2 file may
  // name an older system.
  for (int minor = kMac10MinorMax; minor >= kMac10MinorMin; --minor) {
    if (arch == "x86_64") {
      AppendMac(tags, {.major = 10, .minor = minor}, arch);
    } else {
      tags.push_back(Cat("macosx_10_", minor, "_universal2"));
    }
  }
  return tags;
}

std::vector<std::string> IosPlatforms(TwoNumbers version, std::string_view multiarch) {
  std::vector<std::string> tags;
  if (version.major < kIosMin) return tags;
  const std::string arch = WithUnderscores(multiarch);
  for (int major = version.major; major >= kIosMin; --major) {
    for (int minor = major == version.major ? version.minor : kIosMinorMax; minor >= 0; --minor) {
      tags.push_back(Cat("ios_", major, '_', minor, '_', arch));
    }
  }
  return tags;
}

std::vector<std::string> AndroidPlatforms(int api_level, std::string_view abi) {
  std::vector<std::string> tags;
  for (int level = api_level; level >= kAndroidMin; --level) {
    tags.push_back(Cat("android_", level, '_', WithUnderscores(abi)));
  }
  return tags;
}

std::vector<std::string> Platform::Tags() const {
  switch (kind) {
    case PlatformKind::kManylinux:
      return ManylinuxPlatforms(version, arch);
    case PlatformKind::kMusllinux:
      return MusllinuxPlatforms(version, arch);
    case PlatformKind::kLinux:
      return {Cat("linux_", arch)};
    case PlatformKind::kMacos:
      return MacPlatforms(version, arch);
    case PlatformKind::kIos:
      return IosPlatforms(version, arch);
    case PlatformKind::kAndroid:
      return AndroidPlatforms(version.major, arch);
    case PlatformKind::kWindows:
      return {arch == "win32" ? arch : Cat("win_", arch)};
    case PlatformKind::kPyodide:
      return {Cat("pyemscripten_", version.major, '_', version.minor, '_', arch),
              Cat("pyodide_", version.major, '_', version.minor, '_', arch)};
  }
  return {};
}

std::string Platform::Text() const {
  const std::string number = Cat(version.major, '.', version.minor);
  switch (kind) {
    case PlatformKind::kManylinux:
      return Cat("Linux ", arch, " (glibc ", number, ")");
    case PlatformKind::kMusllinux:
      return Cat("Linux ", arch, " (musl ", number, ")");
    case PlatformKind::kLinux:
      return Cat("Linux ", arch);
    case PlatformKind::kMacos:
      return Cat("macOS ", number, " ", arch);
    case PlatformKind::kIos:
      return Cat("iOS ", number, " ", arch);
    case PlatformKind::kAndroid:
      return Cat("Android (API level ", version.major, ") ", arch);
    case PlatformKind::kWindows:
      return Cat("Windows ", Machine());
    case PlatformKind::kPyodide:
      return Cat("Pyodide ", number);
  }
  return {};
}

std::string_view Platform::OsName() const {
  return kind == PlatformKind::kWindows ? "nt" : "posix";
}

std::string_view Platform::SysPlatform() const {
  switch (kind) {
    case PlatformKind::kMacos:
      return "darwin";
    case PlatformKind::kIos:
      return "ios";
    case PlatformKind::kAndroid:
      return "android";
    case PlatformKind::kWindows:
      return "win32";
    case PlatformKind::kPyodide:
      return "emscripten";
    default:
      return "linux";
  }
}

std::string_view Platform::System() const {
  switch (kind) {
    case PlatformKind::kMacos:
      return "Darwin";
    case PlatformKind::kIos:
      return "iOS";
    case PlatformKind::kAndroid:
      return "Android";
    case PlatformKind::kWindows:
      return "Windows";
    case PlatformKind::kPyodide:
      return "Emscripten";
    default:
      return "Linux";
  }
}

std::string Platform::Machine() const {
  constexpr std::array<Renaming, 3> kWindows = {{{.from = "amd64", .to = "AMD64"},
                                                 {.from = "win32", .to = "x86"},
                                                 {.from = "arm64", .to = "ARM64"}}};
  constexpr std::array<Renaming, 3> kAndroid = {{{.from = "arm64_v8a", .to = "aarch64"},
                                                 {.from = "armeabi_v7a", .to = "armv7l"},
                                                 {.from = "x86", .to = "i686"}}};
  if (kind == PlatformKind::kWindows) return Translated(kWindows, arch);
  if (kind == PlatformKind::kAndroid) return Translated(kAndroid, arch);
  if (kind == PlatformKind::kIos) return arch.substr(0, arch.rfind('_'));
  return arch;
}

}  // namespace accord::pypi
