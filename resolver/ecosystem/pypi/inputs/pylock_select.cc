// From a lock file to the packages and files of one target, as PEP 751 says how to install.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/inputs/pylock.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {
namespace {

struct WishedNames {
  const std::vector<std::string>& wished;  // any spelling
  const std::vector<std::string>& known;   // normal
  std::string_view kind;
};

absl::StatusOr<std::set<std::string>> NormalNames(const Pylock& lock, const WishedNames& names) {
  std::set<std::string> normal;
  for (const std::string& wish : names.wished) {
    std::string name = NormalizeName(wish);
    if (std::find(names.known.begin(), names.known.end(), name) == names.known.end()) {
      return InvalidInput(lock.place, Cat(names.kind, " ", Quoted(wish),
                                          " is wanted, the lock file does not name it"));
    }
    normal.insert(std::move(name));
  }
  return normal;
}

absl::Status HoldPython(const std::string& requires_python, const Environment& environment,
                        std::string_view place) {
  const Version* const python = environment.GetVersion(MarkerVariable::kPythonFullVersion);
  if (requires_python.empty() || python == nullptr) return absl::OkStatus();
  const absl::StatusOr<SpecifierSet> set = SpecifierSet::Parse(requires_python);
  if (!set.ok()) return At(place, set.status());
  if (Matches(*set, *python)) return absl::OkStatus();
  return InvalidInput(place, Cat("a Python ", Quoted(requires_python), " is wanted, the target's ",
                                 "is ", python->Text()));
}

absl::Status HoldEnvironment(const Pylock& lock, const Environment& environment,
                             const MarkerScope& scope) {
  if (lock.environments.empty()) return absl::OkStatus();
  for (const Marker& marker : lock.environments) {
    const absl::StatusOr<bool> holds = marker.Evaluate(environment, scope);
    if (!holds.ok()) return At(lock.place, holds.status());
    if (*holds) return absl::OkStatus();
  }
  return InvalidInput(lock.place,
                      "a target of its environments is wanted, no marker of them holds");
}

// A wheel of the lock file; the names were held when it was read.
using WheelRank = std::tuple<uint32_t, std::optional<BuildTag>>;

const PylockFile* BestWheel(const PylockPackage& package, const SupportedTags& tags) {
  const PylockFile* best = nullptr;
  WheelRank best_rank;
  for (const PylockFile& wheel : package.wheels) {
    const absl::StatusOr<WheelName> name = WheelName::Parse(wheel.name);
    const std::optional<uint32_t> rank = tags.empty() ? 0 : tags.RankOf(name->tags);
    if (!rank) continue;
    const bool is_better =
        best == nullptr || *rank < std::get<0>(best_rank) ||
        (*rank == std::get<0>(best_rank) && name->build > std::get<1>(best_rank));
    if (!is_better) continue;
    best = &wheel;
    best_rank = {*rank, name->build};
  }
  return best;
}

const PylockFile* FileOf(const PylockPackage& package, const SupportedTags& tags,
                         PylockPreference preference) {
  if (package.other) return &*package.other;
  const PylockFile* const sdist = package.sdist ? &*package.sdist : nullptr;
  if (sdist != nullptr && preference == PylockPreference::kSdists) return sdist;
  const PylockFile* const wheel = BestWheel(package, tags);
  return wheel != nullptr ? wheel : sdist;
}

}  // namespace

absl::StatusOr<std::vector<const PylockPackage*>> PackagesFor(const Pylock& lock,
                                                              const Environment& environment,
                                                              const PylockChoice& choice) {
  const auto extras =
      NormalNames(lock, {.wished = choice.extras, .known = lock.extras, .kind = "an extra"});
  if (!extras.ok()) return extras.status();
  const bool by_default = !choice.groups.has_value();
  const auto groups =
      NormalNames(lock, {.wished = by_default ? lock.default_groups : *choice.groups,
                         .known = by_default ? lock.default_groups : lock.groups,
                         .kind = "a dependency group"});
  if (!groups.ok()) return groups.status();
  const MarkerScope scope{.extra = std::nullopt, .extras = &*extras, .dependency_groups = &*groups};
  std::vector<const PylockPackage*> packages;
  std::map<std::string_view, const PylockPackage*> seen;
  for (const PylockPackage& package : lock.packages) {
    if (package.marker) {
      const absl::StatusOr<bool> holds = package.marker->Evaluate(environment, scope);
      if (!holds.ok()) return At(package.place, holds.status());
      if (!*holds) continue;
    }
    const auto [entry, is_new] = seen.emplace(package.name, &package);
    if (!is_new) {
      return InvalidInput(package.place, Cat("one entry of ", Quoted(package.name),
                                             " is wanted for a target, the one at ",
                                             entry->second->place, " holds too"));
    }
    packages.push_back(&package);
  }
  return packages;
}

absl::StatusOr<std::vector<PylockPick>> SelectFiles(const Pylock& lock,
                                                    const Environment& environment,
                                                    const SupportedTags& tags,
                                                    const PylockChoice& choice,
                                                    PylockPreference preference) {
  ACCORD_RETURN_IF_ERROR(HoldPython(lock.requires_python, environment, lock.place));
  const std::set<std::string> none;
  ACCORD_RETURN_IF_ERROR(HoldEnvironment(
      lock, environment, {.extra = std::nullopt, .extras = &none, .dependency_groups = &none}));
  const absl::StatusOr<std::vector<const PylockPackage*>> packages =
      PackagesFor(lock, environment, choice);
  if (!packages.ok()) return packages.status();
  std::vector<PylockPick> picks;
  for (const PylockPackage* const package : *packages) {
    ACCORD_RETURN_IF_ERROR(HoldPython(package->requires_python, environment, package->place));
    const PylockFile* const file = FileOf(*package, tags, preference);
    if (file == nullptr) {
      return InvalidInput(package->place, Cat("a file of ", Quoted(package->name),
                                              " for the target is wanted, no wheel fits and ",
                                              "there is no sdist"));
    }
    picks.push_back({.package = package, .file = file});
  }
  return picks;
}

}  // namespace accord::pypi
