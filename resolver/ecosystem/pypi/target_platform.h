// Platforms: the words that name them, the tags that run on each, best first, and what Python says
// of itself there (PEP 513, 571, 599, 600, 656, 730, 738, 783; orders as `packaging.tags` 26.3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::pypi {

inline constexpr size_t kPlatformBytesMax = 256;
inline constexpr int kPlatformNumberMax = 999;  // of a version in a platform's word

struct TwoNumbers {
  int major = 0;
  int minor = 0;
  friend auto operator<=>(const TwoNumbers&, const TwoNumbers&) = default;
};

enum class PlatformKind : uint8_t {
  kManylinux,  // version: of glibc
  kMusllinux,  // version: of musl
  kLinux,      // no version: files for this system alone
  kMacos,      // version: of macOS
  kIos,        // version: of iOS
  kAndroid,    // version.major: the API level
  kWindows,    // no version
  kPyodide,    // version: of the Pyodide platform
};

struct Platform {
  PlatformKind kind = PlatformKind::kManylinux;
  TwoNumbers version;
  // As the platform's own tags spell it: x86_64, aarch64, arm64, amd64, arm64_v8a,
  // arm64_iphoneos.
  std::string arch;

  // Words, in any case:
  //   linux, macos, windows                      the three most common
  //   x86_64-manylinux_2_28, aarch64-manylinux2014, x86_64-musllinux_1_2, arm64-macosx_14_0
  //   manylinux_2_28_x86_64, macosx_14_0_arm64, win_amd64, android_24_arm64_v8a, ...: a tag
  //   x86_64-unknown-linux-gnu, aarch64-apple-darwin, x86_64-pc-windows-msvc, ...: a triple
  // Versions that a word leaves open are those of docs/pypi.md. Errors: InvalidInput that lists the
  // known words.
  [[nodiscard]] static absl::StatusOr<Platform> Parse(std::string_view word);

  // The tags of files that run there, best first. Never empty, but for systems older than any
  // that Python knows.
  [[nodiscard]] std::vector<std::string> Tags() const;
  // "Linux x86_64 (glibc 2.28)".
  [[nodiscard]] std::string Text() const;

  // The marker variables that a Python there has.
  [[nodiscard]] std::string_view OsName() const;
  [[nodiscard]] std::string_view SysPlatform() const;
  [[nodiscard]] std::string_view System() const;
  [[nodiscard]] std::string Machine() const;

  friend bool operator==(const Platform&, const Platform&) = default;
};

// linux_x86_64, then manylinux_2_28_x86_64 down to the oldest that a glibc of the architecture
// fits, each with its older name behind it.
[[nodiscard]] std::vector<std::string> ManylinuxPlatforms(TwoNumbers glibc, std::string_view arch);
[[nodiscard]] std::vector<std::string> MusllinuxPlatforms(TwoNumbers musl, std::string_view arch);
[[nodiscard]] std::vector<std::string> MacPlatforms(TwoNumbers version, std::string_view arch);
// multiarch: "arm64-iphoneos" or "arm64_iphoneos".
[[nodiscard]] std::vector<std::string> IosPlatforms(TwoNumbers version, std::string_view multiarch);
[[nodiscard]] std::vector<std::string> AndroidPlatforms(int api_level, std::string_view abi);

}  // namespace accord::pypi
