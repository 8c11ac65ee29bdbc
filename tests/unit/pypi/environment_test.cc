// The target that markers are evaluated against.
#include "ecosystem/pypi/environment.h"

#include <gtest/gtest.h>

namespace accord::pypi {
namespace {

TEST(PypiEnvironment, CPythonOnLinuxHasAllElevenValues) {
  const auto environment = Environment::CPythonOnLinux("3.11.7");
  ASSERT_TRUE(environment.ok());
  const std::pair<MarkerVariable, const char*> values[] = {
      {MarkerVariable::kImplementationName, "cpython"},
      {MarkerVariable::kImplementationVersion, "3.11.7"},
      {MarkerVariable::kOsName, "posix"},
      {MarkerVariable::kPlatformMachine, "x86_64"},
      {MarkerVariable::kPlatformPythonImplementation, "CPython"},
      {MarkerVariable::kPlatformRelease, ""},
      {MarkerVariable::kPlatformSystem, "Linux"},
      {MarkerVariable::kPlatformVersion, ""},
      {MarkerVariable::kPythonFullVersion, "3.11.7"},
      {MarkerVariable::kPythonVersion, "3.11"},
      {MarkerVariable::kSysPlatform, "linux"}};
  EXPECT_EQ(std::size(values), kEnvironmentVariables);
  for (const auto& [variable, value] : values) EXPECT_EQ(environment->Get(variable), value);
}

TEST(PypiEnvironment, TwoNumbersMeanPatchZero) {
  const auto environment = Environment::CPythonOnLinux("3.12rc1");
  ASSERT_TRUE(environment.ok());
  EXPECT_EQ(environment->Get(MarkerVariable::kPythonFullVersion), "3.12.0rc1");
  EXPECT_EQ(environment->Get(MarkerVariable::kPythonVersion), "3.12");
}

TEST(PypiEnvironment, APythonNeedsAtLeastTwoNumbers) {
  for (const char* python : {"3", "", "py311", "1!3.11"}) {
    EXPECT_EQ(Environment::CPythonOnLinux(python).status().code(),
              absl::StatusCode::kInvalidArgument)
        << python;
  }
}

TEST(PypiEnvironment, AVersionFromACheckoutIsStillAVersion) {
  Environment environment = *Environment::CPythonOnLinux("3.11.7");
  environment.Set(MarkerVariable::kPythonFullVersion, "3.11.1+");
  ASSERT_NE(environment.GetVersion(MarkerVariable::kPythonFullVersion), nullptr);
  EXPECT_EQ(environment.Get(MarkerVariable::kPythonFullVersion), "3.11.1+local");
}

TEST(PypiEnvironment, AValueThatIsNoVersionHasNone) {
  Environment environment = *Environment::CPythonOnLinux("3.11.7");
  environment.Set(MarkerVariable::kPlatformRelease, "5.10.0-8-amd64");
  EXPECT_EQ(environment.GetVersion(MarkerVariable::kPlatformRelease), nullptr);
}

}  // namespace
}  // namespace accord::pypi
