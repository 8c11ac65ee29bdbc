// The words that name platforms: three short ones, triples, and the forms that carry a version.
#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "ecosystem/pypi/target_platform.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr TwoNumbers kMuslDefault{.major = 1, .minor = 2};
constexpr TwoNumbers kMacDefault{.major = 13, .minor = 0};
constexpr TwoNumbers kIosDefault{.major = 13, .minor = 0};
constexpr TwoNumbers kAndroidDefault{.major = 24, .minor = 0};

// Words that are whole.
struct Named {
  std::string_view word;
  PlatformKind kind;
  TwoNumbers version;
  std::string_view arch;
};
constexpr std::array<Named, 16> kNamed = {{
    {"linux", PlatformKind::kManylinux, {.major = 2, .minor = 28}, "x86_64"},
    {"macos", PlatformKind::kMacos, kMacDefault, "arm64"},
    {"windows", PlatformKind::kWindows, {}, "amd64"},
    {"aarch64-apple-darwin", PlatformKind::kMacos, kMacDefault, "arm64"},
    {"x86_64-apple-darwin", PlatformKind::kMacos, kMacDefault, "x86_64"},
    {"x86_64-pc-windows-msvc", PlatformKind::kWindows, {}, "amd64"},
    {"i686-pc-windows-msvc", PlatformKind::kWindows, {}, "win32"},
    {"aarch64-pc-windows-msvc", PlatformKind::kWindows, {}, "arm64"},
    {"win32", PlatformKind::kWindows, {}, "win32"},
    {"aarch64-linux-android", PlatformKind::kAndroid, kAndroidDefault, "arm64_v8a"},
    {"x86_64-linux-android", PlatformKind::kAndroid, kAndroidDefault, "x86_64"},
    {"arm64-apple-ios", PlatformKind::kIos, kIosDefault, "arm64_iphoneos"},
    {"arm64-apple-ios-simulator", PlatformKind::kIos, kIosDefault, "arm64_iphonesimulator"},
    {"x86_64-apple-ios-simulator", PlatformKind::kIos, kIosDefault, "x86_64_iphonesimulator"},
    {"wasm32-pyodide2024", PlatformKind::kPyodide, {.major = 2024, .minor = 0}, "wasm32"},
    {"wasm32-pyodide2025", PlatformKind::kPyodide, {.major = 2025, .minor = 0}, "wasm32"},
}};

// Architectures on Linux: what a triple or a word calls them, what tags call them, and the glibc
// that is taken where none is said: 2.28, or the first with official build images.
struct LinuxArch {
  std::string_view word;
  std::string_view arch;
  int glibc_minor = 28;
};
constexpr std::array<LinuxArch, 15> kLinuxArchs = {{
    {.word = "x86_64", .arch = "x86_64"},
    {.word = "amd64", .arch = "x86_64"},
    {.word = "aarch64", .arch = "aarch64"},
    {.word = "arm64", .arch = "aarch64"},
    {.word = "i686", .arch = "i686"},
    {.word = "armv7", .arch = "armv7l"},
    {.word = "armv7l", .arch = "armv7l"},
    {.word = "ppc64le", .arch = "ppc64le"},
    {.word = "powerpc64le", .arch = "ppc64le"},
    {.word = "ppc64", .arch = "ppc64"},
    {.word = "powerpc64", .arch = "ppc64"},
    {.word = "s390x", .arch = "s390x"},
    {.word = "riscv64", .arch = "riscv64", .glibc_minor = 39},
    {.word = "riscv64gc", .arch = "riscv64", .glibc_minor = 39},
    {.word = "loongarch64", .arch = "loongarch64", .glibc_minor = 38},
}};

constexpr std::string_view kKnownWords =
    "linux, macos, windows; ARCH-manylinux_2_28, ARCH-manylinux2014, ARCH-musllinux_1_2; "
    "ARCH-unknown-linux-gnu, ARCH-unknown-linux-musl (x86_64, aarch64, i686, armv7, ppc64le, "
    "s390x, riscv64, loongarch64); aarch64-apple-darwin, x86_64-apple-darwin, arm64-macosx_14_0; "
    "x86_64-pc-windows-msvc, i686-pc-windows-msvc, aarch64-pc-windows-msvc; "
    "aarch64-linux-android, arm64-apple-ios, wasm32-pyodide2024; or a platform tag, as win_amd64";

const LinuxArch* FindLinuxArch(std::string_view word) {
  const auto* const found = std::find_if(kLinuxArchs.begin(), kLinuxArchs.end(),
                                         [&](const LinuxArch& arch) { return arch.word == word; });
  return found == kLinuxArchs.end() ? nullptr : found;
}

bool Take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

std::optional<int> TakeNumber(std::string_view& text) {
  int number = 0;
  size_t digits = 0;
  for (; digits < text.size() && IsDigit(text[digits]); ++digits) {
    number = number * 10 + (text[digits] - '0');
    if (number > kPlatformNumberMax) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

// "2_28".
std::optional<TwoNumbers> TakeTwo(std::string_view& text) {
  const std::optional<int> major = TakeNumber(text);
  if (!major || !Take(text, "_")) return std::nullopt;
  const std::optional<int> minor = TakeNumber(text);
  if (!minor) return std::nullopt;
  return TwoNumbers{.major = *major, .minor = *minor};
}

// A system with its version, at the beginning of the text: "manylinux_2_28", "macosx_14_0".
struct System {
  PlatformKind kind;
  TwoNumbers version;
};
std::optional<System> TakeSystem(std::string_view& text) {
  struct Old {
    std::string_view word;
    int minor;
  };
  for (const Old& old :
       {Old{"manylinux2014", 17}, Old{"manylinux2010", 12}, Old{"manylinux1", 5}}) {
    if (Take(text, old.word))
      return System{PlatformKind::kManylinux, {.major = 2, .minor = old.minor}};
  }
  struct Versioned {
    std::string_view word;
    PlatformKind kind;
  };
  for (const Versioned& each :
       {Versioned{"manylinux_", PlatformKind::kManylinux},
        Versioned{"musllinux_", PlatformKind::kMusllinux},
        Versioned{"macosx_", PlatformKind::kMacos}, Versioned{"ios_", PlatformKind::kIos}}) {
    if (!Take(text, each.word)) continue;
    const std::optional<TwoNumbers> version = TakeTwo(text);
    if (!version) return std::nullopt;
    return System{each.kind, *version};
  }
  if (Take(text, "android_")) {
    const std::optional<int> level = TakeNumber(text);
    if (!level) return std::nullopt;
    return System{PlatformKind::kAndroid, {.major = *level, .minor = 0}};
  }
  if (Take(text, "linux")) return System{PlatformKind::kLinux, {}};
  if (Take(text, "win")) return System{PlatformKind::kWindows, {}};
  return std::nullopt;
}

// The architecture as the system's tags spell it; nothing if it has none of that name.
std::optional<std::string> ArchOf(PlatformKind kind, std::string_view word) {
  const auto one_of = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  switch (kind) {
    case PlatformKind::kManylinux:
    case PlatformKind::kMusllinux:
    case PlatformKind::kLinux: {
      const LinuxArch* const arch = FindLinuxArch(word);
      if (arch == nullptr) return std::nullopt;
      return std::string(arch->arch);
    }
    case PlatformKind::kMacos:
      if (word == "aarch64") return "arm64";
      if (!one_of({"arm64", "x86_64", "i386", "ppc", "ppc64"})) return std::nullopt;
      return std::string(word);
    case PlatformKind::kIos:
      if (!one_of({"arm64_iphoneos", "arm64_iphonesimulator", "x86_64_iphonesimulator"})) {
        return std::nullopt;
      }
      return std::string(word);
    case PlatformKind::kAndroid:
      if (!one_of({"arm64_v8a", "armeabi_v7a", "x86_64", "x86"})) return std::nullopt;
      return std::string(word);
    case PlatformKind::kWindows:
      if (!one_of({"amd64", "arm64"})) return std::nullopt;
      return std::string(word);
    case PlatformKind::kPyodide:
      break;
  }
  return std::nullopt;
}

std::optional<Platform> WithArch(const System& system, std::string_view arch_word) {
  std::optional<std::string> arch = ArchOf(system.kind, arch_word);
  if (!arch) return std::nullopt;
  return Platform{.kind = system.kind, .version = system.version, .arch = *std::move(arch)};
}

// "manylinux_2_28_x86_64".
std::optional<Platform> ParseTag(std::string_view text) {
  const std::optional<System> system = TakeSystem(text);
  if (!system || !Take(text, "_")) return std::nullopt;
  return WithArch(*system, text);
}

// "x86_64-manylinux_2_28".
std::optional<Platform> ParseArchFirst(std::string_view text) {
  const size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(hyphen + 1);
  const std::optional<System> system = TakeSystem(rest);
  if (!system || !rest.empty()) return std::nullopt;
  return WithArch(*system, text.substr(0, hyphen));
}

// "x86_64-unknown-linux-gnu".
std::optional<Platform> ParseLinuxTriple(std::string_view text) {
  const size_t hyphen = text.find("-unknown-linux");
  if (hyphen == std::string_view::npos) return std::nullopt;
  const LinuxArch* const arch = FindLinuxArch(text.substr(0, hyphen));
  if (arch == nullptr) return std::nullopt;
  const std::string_view libc = text.substr(hyphen + std::string_view("-unknown-linux").size());
  const bool is_arm = arch->arch == "armv7l";
  if (libc.empty() || libc == "-gnu" || (is_arm && libc == "-gnueabihf")) {
    return Platform{.kind = PlatformKind::kManylinux,
                    .version = {.major = 2, .minor = arch->glibc_minor},
                    .arch = std::string(arch->arch)};
  }
  if (libc == "-musl" || (is_arm && libc == "-musleabihf")) {
    return Platform{
        .kind = PlatformKind::kMusllinux, .version = kMuslDefault, .arch = std::string(arch->arch)};
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Platform> Platform::Parse(std::string_view word) {
  const std::string place = Cat("platform ", Quoted(word));
  if (word.size() > kPlatformBytesMax) {
    return LimitReached(place, Cat("at most ", kPlatformBytesMax, " bytes, found ", word.size()));
  }
  const std::string text = LowerText(word);
  for (const Named& named : kNamed) {
    if (named.word != text) continue;
    return Platform{.kind = named.kind, .version = named.version, .arch = std::string(named.arch)};
  }
  if (std::optional<Platform> platform = ParseTag(text)) return *std::move(platform);
  if (std::optional<Platform> platform = ParseArchFirst(text)) return *std::move(platform);
  if (std::optional<Platform> platform = ParseLinuxTriple(text)) return *std::move(platform);
  return InvalidInput(place, Cat("expected one of ", kKnownWords));
}

}  // namespace accord::pypi
