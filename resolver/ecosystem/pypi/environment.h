// The environment that markers are evaluated against: PEP 508's eleven variables, all overridable,
// with those that hold versions parsed once. What `extra` means is the caller's MarkerScope
// (marker.h); this file knows nothing of packages.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/version.h"

namespace accord::pypi {

enum class MarkerVariable : uint8_t {
  kImplementationName,
  kImplementationVersion,
  kOsName,
  kPlatformMachine,
  kPlatformPythonImplementation,
  kPlatformRelease,
  kPlatformSystem,
  kPlatformVersion,
  kPythonFullVersion,
  kPythonVersion,
  kSysPlatform,
  kExtra,             // from here on: not of the environment, see MarkerScope
  kExtras,            // a set, in lock files only
  kDependencyGroups,  // a set, in lock files only
};
inline constexpr size_t kEnvironmentVariables = 11;

// "python_version". The old spellings with dots ("os.name") and "python_implementation" are the
// parser's.
[[nodiscard]] std::string_view VariableName(MarkerVariable variable);
[[nodiscard]] std::optional<MarkerVariable> FindVariable(std::string_view name);
// Compared as versions: implementation_version, platform_release, python_full_version and
// python_version.
[[nodiscard]] bool HoldsVersion(MarkerVariable variable);

class Environment {
 public:
  // CPython on Linux x86_64. `python` is "3.11.7", "3.12.0rc1" or "3.11", which means "3.11.0":
  //   implementation_name cpython            python_full_version    as given
  //   implementation_version as given        python_version         its first two numbers
  //   os_name posix                          sys_platform           linux
  //   platform_machine x86_64                platform_system        Linux
  //   platform_python_implementation CPython
  //   platform_release and platform_version  empty: they are the kernel's, nobody's to know
  // Errors: InvalidInput if `python` is no version of at least two numbers.
  [[nodiscard]] static absl::StatusOr<Environment> CPythonOnLinux(std::string_view python);

  // One of the eleven. A python_full_version that ends in '+', as CPython built from a checkout
  // says, is kept as "...+local".
  void Set(MarkerVariable variable, std::string_view value);
  // For markers that compare two quoted texts, whose right one `packaging` takes for a name.
  void SetOther(std::string_view name, std::string_view value);

  [[nodiscard]] const std::string& Get(MarkerVariable variable) const {
    return values_[static_cast<size_t>(variable)];
  }
  [[nodiscard]] const std::string* FindOther(std::string_view name) const;
  // The value as a version; null if it is none, or the variable does not hold one.
  [[nodiscard]] const Version* GetVersion(MarkerVariable variable) const {
    const auto& version = versions_[static_cast<size_t>(variable)];
    return version ? &*version : nullptr;
  }

 private:
  std::array<std::string, kEnvironmentVariables> values_;
  std::array<std::optional<Version>, kEnvironmentVariables> versions_;
  std::map<std::string, std::string, std::less<>> others_;
};

}  // namespace accord::pypi
