// What a request is resolved for: an interpreter of some version on some platform, as marker
// variables and as the tags whose files run there, best first. Values that nobody chose are those
// of docs/pypi.md, "Targets and files".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/tag.h"
#include "ecosystem/pypi/target_platform.h"

namespace accord::pypi {

inline constexpr std::string_view kDefaultPython = "3.12";
inline constexpr std::string_view kDefaultPlatform = "linux";

// A target in words. What is empty is the default.
struct TargetOptions {
  std::string python;          // "3.11" (means 3.11.0), "3.11.7", "3.12.0rc1"; "3.13t"
  std::string platform;        // as Platform::Parse
  std::string implementation;  // "cpython" or "cp", "pypy" or "pp", "graalpy"
  // "cp312", "cp313t", "cp312d" (takes cp312 too), "abi3" or "none": no other ABI of its own.
  std::string abi;
  std::vector<std::string> tags;  // instead of those that the rest means; best first
};

struct Target {
  Environment environment;
  SupportedTags tags;
  std::string text;  // "CPython 3.11.7 on Linux x86_64 (glibc 2.28)"
};

// Errors: InvalidInput with the part ("python", "platform", "implementation", "abi" or the tag)
// that is wrong and the words that it may be; LimitReached.
[[nodiscard]] absl::StatusOr<Target> MakeTarget(const TargetOptions& options);

// The Pythons that "any" stands for, newest first: CPython 3.14 to 3.7, PyPy 3.11 to 3.7, GraalPy
// 3.12 to 3.10. Errors: InvalidInput for a word that names no implementation.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> PythonsOf(std::string_view implementation);

// An interpreter that was asked what it is. It runs on Linux, as we do.
struct FoundPython {
  Environment environment;  // all of its own
  bool free_threaded = false;
  bool debug = false;
  std::string extension_suffix;  // ".cpython-311-x86_64-linux-gnu.so", ".pypy310-pp73-...so"
  std::string machine;           // of the interpreter, not the kernel: "x86_64", "i686"
  std::optional<TwoNumbers> glibc;
  std::optional<TwoNumbers> musl;
};

// Its environment as it is, and the tags that `packaging` lists when it runs there. With neither
// libc only linux_<machine>. Errors: InvalidInput if its version has no two numbers.
[[nodiscard]] absl::StatusOr<Target> TargetOf(const FoundPython& python);

}  // namespace accord::pypi
