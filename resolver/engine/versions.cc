#include "engine/versions.h"

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/specifier_set.h"
#include "ecosystem/pypi/version.h"
#include "ecosystem/pypi/version_scan.h"

namespace accord::engine {

absl::StatusOr<VersionAnswer> ParseVersion(std::string_view version) {
  const absl::StatusOr<pypi::Version> parsed = pypi::Version::Parse(version);
  if (!parsed.ok()) return parsed.status();
  VersionAnswer answer{.normal = std::string(parsed->Text()),
                       .canonical = parsed->Canonical(),
                       .is_prerelease = parsed->is_prerelease()};
  // The normal form spells each part in one way.
  const auto parts = pypi::ScanVersion(answer.normal, 0);
  ACCORD_CHECK(parts.has_value());
  answer.epoch = parts->epoch.empty() ? "0" : std::string(parts->epoch);
  answer.release = std::string(parts->release);
  switch (parts->pre) {
    case pypi::PreKind::kNone:
      break;
    case pypi::PreKind::kAlpha:
      answer.pre = Cat("a", parts->pre_number);
      break;
    case pypi::PreKind::kBeta:
      answer.pre = Cat("b", parts->pre_number);
      break;
    case pypi::PreKind::kCandidate:
      answer.pre = Cat("rc", parts->pre_number);
      break;
  }
  if (parts->has_post) answer.post = std::string(parts->post_number);
  if (parts->has_dev) answer.dev = std::string(parts->dev_number);
  answer.local = std::string(parts->local);
  return answer;
}

absl::StatusOr<std::strong_ordering> CompareVersions(std::string_view left,
                                                     std::string_view right) {
  const absl::StatusOr<pypi::Version> a = pypi::Version::Parse(left);
  if (!a.ok()) return a.status();
  const absl::StatusOr<pypi::Version> b = pypi::Version::Parse(right);
  if (!b.ok()) return b.status();
  return *a <=> *b;
}

absl::StatusOr<bool> MatchVersion(std::string_view version, std::string_view specifiers) {
  const absl::StatusOr<pypi::SpecifierSet> set = pypi::SpecifierSet::Parse(specifiers);
  if (!set.ok()) return set.status();
  return set->Contains(pypi::Candidate(version), pypi::Prereleases::kAllow);
}

}  // namespace accord::engine
