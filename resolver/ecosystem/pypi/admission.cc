#include "ecosystem/pypi/admission.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace accord::pypi {
namespace {

using metadata::FileRecord;
using metadata::MetadataRecord;
using metadata::PackageRecord;
using metadata::VersionRecord;

bool IsPin(const SpecifierSet& set) {
  if (set.specifiers().size() != 1) return false;
  const SpecifierOperator op = set.specifiers().front().op();
  return op == SpecifierOperator::kEqual || op == SpecifierOperator::kArbitrary;
}

// A version that stands in the record, still to be judged.
struct Entry {
  Candidate candidate;
  uint32_t in_record;
};

// Oldest first, of equal versions the first in the record; those that are no versions go to
// `invalid`, sorted by text.
std::vector<Entry> InOrder(const PackageRecord& record, std::vector<NotAdmitted>& invalid) {
  std::vector<Entry> entries;
  entries.reserve(record.versions.size());
  for (uint32_t i = 0; i < record.versions.size(); ++i) {
    Candidate candidate(record.versions[i].version);
    if (candidate.version() == nullptr) {
      invalid.push_back({.version = candidate.text(),
                         .kind = NotAdmittedKind::kInvalidVersion,
                         .detail = Quoted(candidate.text())});
      continue;
    }
    entries.push_back({.candidate = std::move(candidate), .in_record = i});
  }
  const auto before = [](const Entry& a, const Entry& b) {
    const auto order = *a.candidate.version() <=> *b.candidate.version();
    return order < 0 || (order == 0 && a.in_record < b.in_record);
  };
  if (!std::is_sorted(entries.begin(), entries.end(), before)) {
    std::sort(entries.begin(), entries.end(), before);
  }
  const auto equal = [](const Entry& a, const Entry& b) {
    return *a.candidate.version() == *b.candidate.version();
  };
  entries.erase(std::unique(entries.begin(), entries.end(), equal), entries.end());
  std::sort(invalid.begin(), invalid.end(),
            [](const NotAdmitted& a, const NotAdmitted& b) { return a.version < b.version; });
  const auto same = [](const NotAdmitted& a, const NotAdmitted& b) {
    return a.version == b.version;
  };
  invalid.erase(std::unique(invalid.begin(), invalid.end(), same), invalid.end());
  return entries;
}

}  // namespace

std::string_view Describe(NotAdmittedKind kind) {
  switch (kind) {
    case NotAdmittedKind::kInvalidVersion:
      return "is no PEP 440 version";
    case NotAdmittedKind::kYanked:
      return "is yanked";
    case NotAdmittedKind::kRequiresPython:
      return "requires another Python";
    case NotAdmittedKind::kUnreadableRequirement:
      return "has an unreadable requirement";
    case NotAdmittedKind::kUrlRequirement:
      return "requires a URL";
    case NotAdmittedKind::kPrerelease:
      return "is a pre-release";
  }
  return "";
}

void Admission::Note(std::string_view name, const SpecifierSet& set, Wish wish) {
  NameWishes& wishes = wishes_[name];
  wishes.names_prerelease |= set.NamesPrerelease();
  if (wish == Wish::kLock || IsPin(set)) wishes.pins.push_back(set);
}

// What no one can read does not exclude: pip takes it so for files and for metadata.
bool Admission::AllowsPython(const std::string& requires_python) {
  if (requires_python.empty()) return true;
  const auto [entry, is_new] = allows_python_.try_emplace(requires_python, true);
  if (is_new) {
    const Version* python = request_.environment.GetVersion(MarkerVariable::kPythonFullVersion);
    ACCORD_CHECK(python != nullptr);
    const absl::StatusOr<SpecifierSet> set = SpecifierSet::Parse(requires_python);
    if (set.ok()) entry->second = Matches(*set, *python);
  }
  return entry->second;
}

Admission::Fault Admission::FaultOf(const MetadataRecord& metadata) {
  if (!AllowsPython(metadata.requires_language)) {
    return {true, NotAdmittedKind::kRequiresPython, metadata.requires_language};
  }
  Fault url;
  for (const std::string& text : metadata.requirements) {
    const RequirementTextId id = reader_.Read(text);
    const ReadRequirement& read = reader_[id];
    if (!read.fault.empty()) {
      return {true, NotAdmittedKind::kUnreadableRequirement, Cat(Quoted(text), ": ", read.fault)};
    }
    if (read.is_url && !url.is_fault && reader_.WhenOf(id, metadata.extras).always) {
      url = {true, NotAdmittedKind::kUrlRequirement, Quoted(text)};
    }
  }
  return url;
}

Admission::Fault Admission::FaultOfFiles(const VersionRecord& version, bool pinned) {
  Fault fault;
  for (const FileRecord& file : version.files) {
    if (file.yanked && !pinned) {
      if (!fault.is_fault) fault = {true, NotAdmittedKind::kYanked, file.yanked_reason};
    } else if (!AllowsPython(file.requires_language)) {
      fault = {true, NotAdmittedKind::kRequiresPython, file.requires_language};
    } else {
      return {};
    }
  }
  return fault;
}

AdmittedPackage Admission::Admit(const PackageRecord& record) {
  static const NameWishes kNoWishes;
  const auto found = wishes_.find(record.name);
  const NameWishes& wishes = found == wishes_.end() ? kNoWishes : found->second;

  AdmittedPackage package;
  std::vector<std::optional<Fault>> of_metadata(record.metadata.size());
  std::vector<Entry> entries = InOrder(record, package.not_admitted);
  package.admitted.reserve(entries.size());
  for (Entry& entry : entries) {
    const VersionRecord& version = record.versions[entry.in_record];
    Fault fault;
    if (!version.files.empty()) {
      const bool pinned =
          std::any_of(wishes.pins.begin(), wishes.pins.end(), [&](const SpecifierSet& pin) {
            return pin.Contains(entry.candidate, Prereleases::kAllow);
          });
      fault = FaultOfFiles(version, pinned);
    }
    if (!fault.is_fault && version.metadata) {
      std::optional<Fault>& known = of_metadata[*version.metadata];
      if (!known) known = FaultOf(record.metadata[*version.metadata]);
      fault = *known;
    }
    if (fault.is_fault) {
      package.not_admitted.push_back({.version = entry.candidate.text(),
                                      .kind = fault.kind,
                                      .detail = std::move(fault.detail)});
    } else {
      package.admitted.push_back(
          {.candidate = std::move(entry.candidate), .in_record = entry.in_record});
    }
  }
  DropPrereleases(wishes, package);
  return package;
}

void Admission::DropPrereleases(const NameWishes& wishes, AdmittedPackage& package) const {
  const auto is_prerelease = [](const AdmittedVersion& v) { return v.candidate.is_prerelease(); };
  const PrereleasePolicy policy = request_.prereleases;
  if (policy == PrereleasePolicy::kAllow) return;
  const bool explicit_counts =
      policy == PrereleasePolicy::kExplicit || policy == PrereleasePolicy::kIfNecessaryOrExplicit;
  if (explicit_counts && wishes.names_prerelease) return;
  const bool necessity_counts = policy == PrereleasePolicy::kIfNecessary ||
                                policy == PrereleasePolicy::kIfNecessaryOrExplicit;
  if (necessity_counts &&
      std::all_of(package.admitted.begin(), package.admitted.end(), is_prerelease)) {
    return;
  }
  for (const AdmittedVersion& version : package.admitted) {
    if (!is_prerelease(version)) continue;
    package.not_admitted.push_back(
        {.version = version.candidate.text(), .kind = NotAdmittedKind::kPrerelease, .detail = ""});
  }
  std::erase_if(package.admitted, is_prerelease);
}

}  // namespace accord::pypi
