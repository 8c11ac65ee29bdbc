#include "ecosystem/pypi/notation.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {
namespace {

constexpr size_t kRangesMax = 3;  // written out

std::string ExcludedByAge(const ExcludeNewer& newer, NotAdmittedKind kind, std::string_view name) {
  const auto of = std::ranges::find_if(
      newer.names, [&](const ExcludeNewer::Of& one) { return NormalizeName(one.name) == name; });
  const bool own = of != newer.names.end();
  return Cat("excluded by exclude-newer ", own ? of->instant : newer.instant,
             own ? " (--exclude-newer-package" : " (--exclude-newer",
             kind == NotAdmittedKind::kNoUploadTime ? ", --missing-upload-time)" : ")");
}

// What is set, and with which switch.
std::string SwitchOf(const ResolveRequest& request, NotAdmittedKind kind, std::string_view name) {
  switch (kind) {
    case NotAdmittedKind::kInvalidVersion:
      return "no policy admits them";
    case NotAdmittedKind::kYanked:
      return "a requirement with == or a lock admits a yanked version";
    case NotAdmittedKind::kRequiresPython:
      return Cat("the target is Python ",
                 request.environment.Get(MarkerVariable::kPythonFullVersion), " (--python)");
    case NotAdmittedKind::kUnreadableRequirement:
      return "no policy admits them";
    case NotAdmittedKind::kUrlRequirement:
      return "a URL counts only if the request asks for it too";
    case NotAdmittedKind::kPrerelease:
      return "the pre-release policy leaves them out (--prereleases)";
    case NotAdmittedKind::kTags:
      return Cat("the target is ", request.target.empty() ? "another" : request.target,
                 " (--python, --platform)");
    case NotAdmittedKind::kOnlyBinary:
      return "only wheels are admitted (--only-binary)";
    case NotAdmittedKind::kNoBinary:
      return "only sdists are admitted (--no-binary)";
    case NotAdmittedKind::kNewer:
    case NotAdmittedKind::kNoUploadTime:
      return ExcludedByAge(request.exclude_newer, kind, name);
    case NotAdmittedKind::kHash:
      return "the request lists the hashes that are allowed (--allow-hash, or --hash in its files)";
    case NotAdmittedKind::kUnusableFiles:
      return "wheels and sdists alone can be used";
  }
  ACCORD_CHECK(false);
  return {};
}

}  // namespace

std::string_view Word(NotAdmittedKind kind) {
  constexpr std::array kWords = {
      "invalidVersion", "yanked",     "requiresPython", "unreadableRequirement",
      "urlRequirement", "prerelease", "tags",           "onlyBinary",
      "noBinary",       "newer",      "noUploadTime",   "hash",
      "unusableFiles"};
  static_assert(kWords.size() == kNotAdmittedKinds);
  return kWords.at(static_cast<size_t>(kind));
}

std::string LeftOutSentence(const ResolveRequest& request, std::string_view of, uint32_t count,
                            const NotAdmitted& example) {
  std::string text = Cat(of, ": ", count, count == 1 ? " version is" : " versions are",
                         " left out, e.g. ", example.version, " ", Describe(example.kind));
  if (!example.detail.empty()) text += Cat(": ", example.detail);
  const std::string_view name = of.substr(0, of.find_first_of("<>=!~[ "));
  return Cat(text, "; ", SwitchOf(request, example.kind, name));
}

std::string PypiNotation::OfSet(VersionSetId id) const {
  const Universe& universe = builder_.universe();
  const VersionSet& set = universe.set(id);
  std::string text(universe.name(set.package));
  if (set.text.valid()) text += universe.Text(set.text);
  return text;
}

std::string PypiNotation::OfRanges(PackageId package, std::span<const PositionRange> ranges) const {
  const Universe& universe = builder_.universe();
  const auto name = universe.name(package);
  const Position last = universe.package(package).count - 1;
  const auto version = [&](Position position) {
    return universe.Text(universe.solvable(universe.at(package, position)).version);
  };
  std::string text;
  size_t written = 0;
  for (const PositionRange& range : ranges) {
    if (range.first == 0 && range.last == last) return std::string(name);
    if (written == kRangesMax) {
      const auto others = CountOf(ranges.subspan(written));
      return Cat(text, " or ", others, others == 1 ? " other version" : " other versions");
    }
    if (written++ > 0) text += " or ";
    if (range.first == range.last) {
      text += Cat(name, "==", version(range.first));
    } else if (range.first == 0) {
      text += Cat(name, "<=", version(range.last));
    } else if (range.last == last) {
      text += Cat(name, ">=", version(range.first));
    } else {
      text += Cat(name, ">=", version(range.first), ",<=", version(range.last));
    }
  }
  return text;
}

std::vector<Notation::Placed> PypiNotation::OverridesOf(PackageId dependant,
                                                        PackageId needed) const {
  std::vector<Placed> all;
  for (const PlacedText& one : builder_.OverridesOf(dependant, needed)) {
    all.push_back({.text = one.text, .place = one.place});
  }
  return all;
}

std::vector<FilteredVersions> PypiNotation::LeftOutOf(VersionSetId id) const {
  const Universe& universe = builder_.universe();
  const VersionSet& set = universe.set(id);
  if (!set.text.valid()) return {};
  const auto specifiers = SpecifierSet::Parse(universe.Text(set.text));
  if (!specifiers.ok()) return {};  // a URL
  std::vector<NotAdmitted> meant;
  for (NotAdmitted& version : builder_.not_admitted(set.package)) {
    if (specifiers->Contains(Candidate(version.version), Prereleases::kAllow)) {
      meant.push_back(std::move(version));
    }
  }
  return ByFilter(meant, OfSet(id));
}

std::vector<FilteredVersions> PypiNotation::FilteredAmong(
    PackageId package, std::span<const PositionRange> ranges) const {
  std::vector<NotAdmitted> meant;
  for (LaterFault& fault : builder_.LaterFaults(package)) {
    if (Contains(ranges, fault.position)) meant.push_back(std::move(fault.version));
  }
  if (meant.empty()) return {};
  return ByFilter(meant, OfRanges(package, ranges));
}

std::vector<FilteredVersions> PypiNotation::ByFilter(const std::vector<NotAdmitted>& versions,
                                                     std::string_view of) const {
  std::map<NotAdmittedKind, std::pair<uint32_t, const NotAdmitted*>> by_kind;
  for (const NotAdmitted& version : versions) {
    auto& [count, last] = by_kind[version.kind];
    ++count;
    last = &version;
  }
  std::vector<FilteredVersions> all;
  for (const auto& [kind, counted] : by_kind) {
    all.push_back({.filter = Word(kind),
                   .count = counted.first,
                   .sentence = LeftOutSentence(request_, of, counted.first, *counted.second)});
  }
  return all;
}

}  // namespace accord::pypi
