#include "wire/pylock.h"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/error.h"
#include "engine/versions.h"
#include "wire/lock_files.h"

namespace accord::wire {
namespace {

using pypi::MarkerVariable;

// Which packages each package asks for, by label ("flask 2.3.3").
using Dependencies = std::map<std::string, std::set<std::string>>;

Dependencies DependenciesOf(const engine::Answer& answer) {
  Dependencies dependencies;
  for (const engine::ChosenPackage& chosen : answer.solution) {
    for (const engine::RequiredBy& by : chosen.required_by) {
      dependencies[by.who].insert(chosen.name);
    }
  }
  return dependencies;
}

bool IsLockable(const engine::ChosenFile& file) {
  return !file.url.empty() && !file.sha256.empty();
}

bool HasSource(const engine::ChosenPackage& chosen) {
  if (!chosen.url.empty()) return !Sha256OfUrl(chosen.url).empty();
  return std::ranges::any_of(
      chosen.files, [](const engine::ChosenFile& file) { return file.fits && IsLockable(file); });
}

toml::table HashesOf(std::string_view sha256) {
  toml::table hashes{{"sha256", sha256}};
  hashes.is_inline(true);
  return hashes;
}

// None if the text is no instant.
std::optional<toml::date_time> TimeOf(std::string_view text) {
  absl::Time time;
  std::string fault;
  const absl::string_view spelled(text.data(), text.size());
  if (!absl::ParseTime(absl::RFC3339_full, spelled, &time, &fault)) return {};
  const auto parts = absl::UTCTimeZone().At(time);
  const absl::CivilSecond& at = parts.cs;
  return toml::date_time{
      toml::date{at.year(), at.month(), at.day()},
      toml::time{at.hour(), at.minute(), at.second(),
                 static_cast<uint32_t>(absl::ToInt64Nanoseconds(parts.subsecond))},
      toml::time_offset{}};
}

toml::table FileTable(const engine::ChosenFile& file) {
  toml::table table{{"name", file.name}, {"url", file.url}, {"hashes", HashesOf(file.sha256)}};
  if (const auto time = TimeOf(file.uploaded)) table.insert("upload-time", *time);
  if (file.size) table.insert("size", static_cast<int64_t>(*file.size));
  return table;
}

// An sdist, of several the best, and all wheels, best first.
void AddFiles(const engine::ChosenPackage& chosen, toml::table& package) {
  toml::array wheels;
  for (const engine::ChosenFile& file : chosen.files) {
    if (!IsLockable(file)) continue;
    if (file.wheel) {
      wheels.push_back(FileTable(file));
    } else if (!package.contains("sdist")) {
      package.insert("sdist", FileTable(file));
    }
  }
  if (!wheels.empty()) package.insert("wheels", std::move(wheels));
}

toml::table PackageTable(const engine::ChosenPackage& chosen, const Dependencies& dependencies) {
  toml::table package{{"name", chosen.name}, {"version", chosen.version}};
  if (!chosen.requires_python.empty() && engine::MatchVersion("3", chosen.requires_python).ok()) {
    package.insert("requires-python", chosen.requires_python);
  }
  toml::array asked;
  if (const auto of = dependencies.find(Cat(chosen.name, " ", chosen.version));
      of != dependencies.end()) {
    for (const std::string& name : of->second) {
      if (name == chosen.name) continue;  // its own extras
      toml::table dependency{{"name", name}};
      dependency.is_inline(true);
      asked.push_back(std::move(dependency));
    }
  }
  if (!asked.empty()) package.insert("dependencies", std::move(asked));
  if (!chosen.url.empty()) {
    package.insert("archive", toml::table{{"url", WithoutFragment(chosen.url)},
                                          {"hashes", HashesOf(Sha256OfUrl(chosen.url))}});
    return package;
  }
  if (chosen.index.starts_with("https://") || chosen.index.starts_with("http://")) {
    package.insert("index", chosen.index);
  }
  AddFiles(chosen, package);
  return package;
}

// What the answer hangs on, as far as installers tell machines apart; the kernel's release is not.
std::string MarkerOf(const pypi::Environment& environment) {
  std::string marker;
  for (const MarkerVariable variable :
       {MarkerVariable::kImplementationName, MarkerVariable::kPlatformMachine,
        MarkerVariable::kPythonVersion, MarkerVariable::kSysPlatform}) {
    marker += Cat(marker.empty() ? "" : " and ", pypi::VariableName(variable), " == \"",
                  environment.Get(variable), "\"");
  }
  return marker;
}

}  // namespace

absl::StatusOr<std::string> PylockText(const engine::Answer& answer,
                                       const pypi::ResolveRequest& request) {
  std::vector<std::string> without;
  for (const engine::ChosenPackage& chosen : answer.solution) {
    if (!HasSource(chosen)) without.push_back(chosen.name);
  }
  if (!without.empty()) {
    return Missing("pylock", Cat("the URL and SHA-256 of a file of each package are wanted, they "
                                 "are not known of ",
                                 FirstOf(without)));
  }
  const Dependencies dependencies = DependenciesOf(answer);
  toml::array packages;
  for (const engine::ChosenPackage& chosen : answer.solution) {
    packages.push_back(PackageTable(chosen, dependencies));
  }
  const std::string& python = request.environment.Get(MarkerVariable::kPythonFullVersion);
  const toml::table lock{
      {"lock-version", "1.0"},
      {"created-by", "accord"},
      {"environments", toml::array{MarkerOf(request.environment)}},
      {"requires-python", Cat(">=", std::string_view(python).substr(0, python.find('+')))},
      {"packages", std::move(packages)}};
  std::ostringstream text;
  text << toml::toml_formatter(lock) << "\n";
  return text.str();
}

}  // namespace accord::wire
