// A lock file of PEP 751: what is read of it is in normal form and complete, and what a target
// takes of it, packages, files and preferred versions, stands in it.
#include <algorithm>
#include <set>
#include <string>

#include "ecosystem/pypi/inputs/lock_preferences.h"
#include "ecosystem/pypi/inputs/pylock.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/specifier.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::Environment;
using pypi::Pylock;
using pypi::PylockFile;
using pypi::PylockPackage;
using pypi::PylockSource;

constexpr std::string_view kLockPlace = "pylock.toml";

bool IsOf(const PylockPackage& package, const PylockFile* file) {
  const auto is_it = [&](const PylockFile& each) { return &each == file; };
  return std::any_of(package.wheels.begin(), package.wheels.end(), is_it) ||
         (package.sdist && file == &*package.sdist) || (package.other && file == &*package.other);
}

void HoldPackage(const PylockPackage& package, Laws& laws) {
  laws.Hold(pypi::IsNormalizedName(package.name), "a package's name is normal", {package.name});
  laws.Hold(package.place.starts_with(kLockPlace), "a package has a place", {package.place});
  const bool from_index = package.source == PylockSource::kIndex;
  laws.Hold(from_index != package.other.has_value(), "a package has one source", {package.name});
  laws.Hold(from_index || (package.wheels.empty() && !package.sdist),
            "wheels and sdists are an index's", {package.name});
}

void HoldTaken(const Pylock& lock, const Environment& environment, Laws& laws) {
  const auto packages = pypi::PackagesFor(lock, environment, {});
  const auto files = pypi::SelectFiles(lock, environment, {}, {});
  laws.Hold(packages.ok() || !files.ok(), "files are those of packages that are asked for", {});
  if (!packages.ok()) return;
  std::set<std::string> names;
  for (const PylockPackage* package : *packages) names.insert(package->name);
  laws.Hold(names.size() == packages->size(), "a name is asked for once", {});
  laws.Hold(std::is_sorted(packages->begin(), packages->end()), "the file's order is kept", {});
  if (!files.ok()) return;
  laws.Hold(files->size() == packages->size(), "each package comes from a file", {});
  for (const pypi::PylockPick& pick : *files) {
    laws.Hold(IsOf(*pick.package, pick.file), "a package comes from its own file",
              {pick.package->name, pick.file->name});
  }
}

}  // namespace

void Pylocks(std::string_view input, Laws& laws) {
  static const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  const auto lock = Pylock::Parse(input, kLockPlace);
  const auto versions = pypi::ReadPylockVersions(input, kLockPlace, environment);
  laws.Hold(lock.ok() || !versions.ok(), "versions are those of a lock", {input});
  if (!lock.ok()) return;
  for (const PylockPackage& package : lock->packages) HoldPackage(package, laws);
  HoldTaken(*lock, environment, laws);
  if (!versions.ok()) return;
  for (const pypi::LockedVersion& version : versions->versions) {
    laws.Hold(pypi::Specifier::TryParse(version.specifier).has_value(),
              "a preferred version is a specifier", {version.specifier});
    const bool is_named =
        std::any_of(lock->packages.begin(), lock->packages.end(),
                    [&](const PylockPackage& package) { return package.name == version.name; });
    laws.Hold(is_named, "a preferred version is of a package of the lock", {version.name});
  }
}

}  // namespace accord::fuzz
