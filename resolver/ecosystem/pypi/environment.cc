// The eleven variables, and the target CPython on Linux x86_64.
#include "ecosystem/pypi/environment.h"

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr std::array<std::string_view, kEnvironmentVariables + 3> kNames = {
    "implementation_name",
    "implementation_version",
    "os_name",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_full_version",
    "python_version",
    "sys_platform",
    "extra",
    "extras",
    "dependency_groups",
};

}  // namespace

std::string_view VariableName(MarkerVariable variable) {
  return kNames[static_cast<size_t>(variable)];
}

std::optional<MarkerVariable> FindVariable(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<MarkerVariable>(i);
  }
  return std::nullopt;
}

bool HoldsVersion(MarkerVariable variable) {
  return variable == MarkerVariable::kImplementationVersion ||
         variable == MarkerVariable::kPlatformRelease ||
         variable == MarkerVariable::kPythonFullVersion ||
         variable == MarkerVariable::kPythonVersion;
}

absl::StatusOr<Environment> Environment::CPythonOnLinux(std::string_view python) {
  const std::string_view stripped = StripSpace(python);
  const std::optional<Version> version = Version::TryParse(stripped);
  const std::optional<VersionParts> parts = ScanVersion(stripped, 0);
  if (!version || !parts->epoch.empty() || ReleaseNumbers(parts->release) < 2) {
    return InvalidInput(Cat("python ", Quoted(python)),
                        "expected a version of at least two numbers, as 3.11 or 3.11.7");
  }
  const size_t minor = parts->release.find('.') + 1;
  const size_t minor_end = std::min(parts->release.find('.', minor), parts->release.size());
  std::string full(version->Text());
  if (ReleaseNumbers(parts->release) == 2) full.insert(minor_end, ".0");

  Environment environment;
  environment.Set(MarkerVariable::kImplementationName, "cpython");
  environment.Set(MarkerVariable::kImplementationVersion, full);
  environment.Set(MarkerVariable::kOsName, "posix");
  environment.Set(MarkerVariable::kPlatformMachine, "x86_64");
  environment.Set(MarkerVariable::kPlatformPythonImplementation, "CPython");
  environment.Set(MarkerVariable::kPlatformSystem, "Linux");
  environment.Set(MarkerVariable::kPythonFullVersion, full);
  environment.Set(MarkerVariable::kPythonVersion, parts->release.substr(0, minor_end));
  environment.Set(MarkerVariable::kSysPlatform, "linux");
  return environment;
}

void Environment::Set(MarkerVariable variable, std::string_view value) {
  const auto i = static_cast<size_t>(variable);
  ACCORD_CHECK(i < kEnvironmentVariables);
  values_[i] = value;
  if (variable == MarkerVariable::kPythonFullVersion && value.ends_with('+')) values_[i] += "local";
  if (HoldsVersion(variable)) versions_[i] = Version::TryParse(values_[i]);
}

void Environment::SetOther(std::string_view name, std::string_view value) {
  others_.insert_or_assign(std::string(name), std::string(value));
}

const std::string* Environment::FindOther(std::string_view name) const {
  const auto found = others_.find(name);
  return found == others_.end() ? nullptr : &found->second;
}

}  // namespace accord::pypi
