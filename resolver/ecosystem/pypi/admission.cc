#include "ecosystem/pypi/admission.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/name.h"

namespace accord::pypi {

using metadata::FileRecord;
using metadata::MetadataRecord;
using metadata::PackageRecord;
using metadata::VersionRecord;

namespace {

bool IsPin(const SpecifierSet& set) {
  if (set.specifiers().size() != 1) return false;
  const SpecifierOperator op = set.specifiers().front().op();
  return op == SpecifierOperator::kEqual || op == SpecifierOperator::kArbitrary;
}

bool IsSameVersion(const AdmittedVersion& a, const AdmittedVersion& b) {
  return *a.candidate.version() == *b.candidate.version();
}

// The versions that stand in the records: oldest first, equal ones in the order of sources, of one
// record's equal ones the first; those that are no versions go to `invalid`, sorted by text.
std::vector<AdmittedVersion> InOrder(std::span<const PackageRecord* const> records,
                                     std::vector<NotAdmitted>& invalid) {
  std::vector<AdmittedVersion> entries;
  for (uint32_t source = 0; source < records.size(); ++source) {
    const std::vector<VersionRecord>& versions = records[source]->versions;
    entries.reserve(entries.size() + versions.size());
    for (uint32_t i = 0; i < versions.size(); ++i) {
      Candidate candidate(versions[i].version);
      if (candidate.version() == nullptr) {
        invalid.push_back({.version = candidate.text(),
                           .kind = NotAdmittedKind::kInvalidVersion,
                           .detail = Quoted(candidate.text())});
        continue;
      }
      entries.push_back({.candidate = std::move(candidate), .source = source, .in_record = i});
    }
  }
  const auto before = [](const AdmittedVersion& a, const AdmittedVersion& b) {
    const auto order = *a.candidate.version() <=> *b.candidate.version();
    if (order != 0) return order < 0;
    return std::tie(a.source, a.in_record) < std::tie(b.source, b.in_record);
  };
  if (!std::is_sorted(entries.begin(), entries.end(), before)) {
    std::sort(entries.begin(), entries.end(), before);
  }
  const auto repeats = [](const AdmittedVersion& a, const AdmittedVersion& b) {
    return a.source == b.source && IsSameVersion(a, b);
  };
  entries.erase(std::unique(entries.begin(), entries.end(), repeats), entries.end());
  std::sort(invalid.begin(), invalid.end(),
            [](const NotAdmitted& a, const NotAdmitted& b) { return a.version < b.version; });
  const auto same = [](const NotAdmitted& a, const NotAdmitted& b) {
    return a.version == b.version;
  };
  invalid.erase(std::unique(invalid.begin(), invalid.end(), same), invalid.end());
  return entries;
}

NotAdmittedKind KindOf(FileFault fault) {
  switch (fault) {
    case FileFault::kNone:
    case FileFault::kUnusable:
      return NotAdmittedKind::kUnusableFiles;
    case FileFault::kOnlyBinary:
      return NotAdmittedKind::kOnlyBinary;
    case FileFault::kNoBinary:
      return NotAdmittedKind::kNoBinary;
    case FileFault::kTags:
      return NotAdmittedKind::kTags;
    case FileFault::kNewer:
      return NotAdmittedKind::kNewer;
    case FileFault::kNoUploadTime:
      return NotAdmittedKind::kNoUploadTime;
    case FileFault::kHash:
      return NotAdmittedKind::kHash;
    case FileFault::kRequiresPython:
      return NotAdmittedKind::kRequiresPython;
    case FileFault::kYanked:
      return NotAdmittedKind::kYanked;
  }
  return NotAdmittedKind::kUnusableFiles;
}

// The tag sets of the version's wheels.
std::string TagSetsOf(const VersionRecord& version) {
  std::vector<std::string> sets;
  for (const FileRecord& file : version.files) {
    const absl::StatusOr<WheelName> name = WheelName::Parse(file.name);
    if (name.ok()) sets.push_back(name->tags.Text());
  }
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  if (sets.size() > kTagSetsShownMax) sets.resize(kTagSetsShownMax);
  std::string joined;
  for (const std::string& set : sets) joined += joined.empty() ? set : " " + set;
  return joined;
}

std::string DetailOf(FileFault fault, const VersionRecord& version, uint32_t closest) {
  const FileRecord& file = version.files[closest];
  switch (fault) {
    case FileFault::kTags:
      return TagSetsOf(version);
    case FileFault::kNewer:
      return file.uploaded;
    case FileFault::kRequiresPython:
      return file.requires_language;
    case FileFault::kYanked:
      return file.yanked_reason;
    default:
      return file.name;
  }
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
    case NotAdmittedKind::kTags:
      return "has wheels for other targets only";
    case NotAdmittedKind::kOnlyBinary:
      return "has no wheel";
    case NotAdmittedKind::kNoBinary:
      return "has no sdist";
    case NotAdmittedKind::kNewer:
      return "was uploaded too late";
    case NotAdmittedKind::kNoUploadTime:
      return "has no upload time";
    case NotAdmittedKind::kHash:
      return "has no file with an allowed hash";
    case NotAdmittedKind::kUnusableFiles:
      return "has neither a wheel nor an sdist";
  }
  return "";
}

void Admission::Note(std::string_view name, const SpecifierSet& set, Wish wish) {
  NameWishes& wishes = wishes_[name];
  if (wish != Wish::kFavor) wishes.names_prerelease |= set.NamesPrerelease();
  if (wish != Wish::kRequirement || IsPin(set)) wishes.pins.push_back(set);
}

void Admission::NoteUrl(std::string_view name, std::string_view url) {
  wishes_[name].urls.emplace_back(url);
}

void Admission::NoteOverride(std::string_view name, std::string_view dependant) {
  wishes_[name].overridden_for.emplace_back(dependant);
}

const Admission::NameWishes& Admission::WishesOf(std::string_view name) const {
  static const NameWishes kNoWishes;
  const auto found = wishes_.find(name);
  return found == wishes_.end() ? kNoWishes : found->second;
}

PrereleasePolicy Admission::PrereleasesOf(std::string_view name) const {
  PrereleasePolicy policy = request_.prereleases;
  for (const struct PrereleasesOf& of : request_.prereleases_of) {
    if (NormalizeName(of.name) == name) policy = of.policy;
  }
  return policy;
}

FileChoice Admission::FilesOf(std::string_view name, const VersionRecord& version) {
  const Candidate candidate(version.version);
  const NameWishes& wishes = WishesOf(name);
  const bool pinned = std::ranges::any_of(wishes.pins, [&](const SpecifierSet& pin) {
    return pin.Contains(candidate, Prereleases::kAllow);
  });
  return files_.Choose(version, files_.PolicyOf(name), pinned);
}

// A URL that always applies, unless the request asks for the same one or replaces the requirement.
bool Admission::AsksForForeignUrl(std::string_view dependant, const ReadRequirement& read) const {
  if (read.url.empty()) return false;
  const NameWishes& wishes = WishesOf(read.name);
  const bool overridden = std::ranges::any_of(wishes.overridden_for, [&](const std::string& who) {
    return who.empty() || who == dependant;
  });
  return !overridden && std::ranges::find(wishes.urls, read.url) == wishes.urls.end();
}

Admission::Fault Admission::FaultOf(std::string_view name, const MetadataRecord& metadata) {
  if (!files_.python().Allows(metadata.requires_language)) {
    return {true, NotAdmittedKind::kRequiresPython, metadata.requires_language};
  }
  if (request_.no_deps) return {};
  Fault url;
  for (const std::string& text : metadata.requirements) {
    const RequirementTextId id = reader_.Read(text);
    const ReadRequirement& read = reader_[id];
    if (!read.fault.empty()) {
      return {true, NotAdmittedKind::kUnreadableRequirement, Cat(Quoted(text), ": ", read.fault)};
    }
    if (!url.is_fault && AsksForForeignUrl(name, read) &&
        reader_.WhenOf(id, metadata.extras).always) {
      url = {true, NotAdmittedKind::kUrlRequirement, Quoted(text)};
    }
  }
  return url;
}

// Also finds the version's best file and its metadata.
Admission::Fault Admission::Judge(const PackageRecord& record, const FilePolicy& policy,
                                  const NameWishes& wishes, AdmittedVersion& version) {
  const VersionRecord& facts = record.versions[version.in_record];
  version.metadata = facts.metadata;
  version.has_wheel = true;
  if (facts.files.empty()) {
    const FileFault fault = FileChooser::FaultWithoutFiles(policy);
    if (fault != FileFault::kNone) return {true, KindOf(fault), ""};
    return {};
  }
  const bool pinned = std::ranges::any_of(wishes.pins, [&](const SpecifierSet& pin) {
    return pin.Contains(version.candidate, Prereleases::kAllow);
  });
  const FileChoice choice = files_.Choose(facts, policy, pinned);
  if (choice.best_first.empty()) {
    return {true, KindOf(choice.fault), DetailOf(choice.fault, facts, choice.closest)};
  }
  const uint32_t best = choice.best_first.front();
  version.best_file = best;
  version.has_wheel = choice.verdicts[best].wheel;
  if (facts.files[best].metadata) version.metadata = facts.files[best].metadata;
  return {};
}

AdmittedPackage Admission::Admit(std::span<const PackageRecord* const> records) {
  AdmittedPackage package;
  if (records.empty()) return package;
  const std::string& name = records.front()->name;
  const NameWishes& wishes = WishesOf(name);
  const FilePolicy policy = files_.PolicyOf(name);
  std::vector<std::vector<std::optional<Fault>>> of_metadata(records.size());
  for (size_t i = 0; i < records.size(); ++i) of_metadata[i].resize(records[i]->metadata.size());

  std::vector<AdmittedVersion> entries = InOrder(records, package.not_admitted);
  package.admitted.reserve(entries.size());
  for (AdmittedVersion& entry : entries) {
    if (!package.admitted.empty() && IsSameVersion(package.admitted.back(), entry)) continue;
    const PackageRecord& record = *records[entry.source];
    Fault fault = Judge(record, policy, wishes, entry);
    if (!fault.is_fault && entry.metadata) {
      std::optional<Fault>& known = of_metadata[entry.source][*entry.metadata];
      if (!known) known = FaultOf(name, record.metadata[*entry.metadata]);
      fault = *known;
    }
    if (!fault.is_fault) {
      package.admitted.push_back(std::move(entry));
      continue;
    }
    package.not_admitted.push_back(
        {.version = entry.candidate.text(), .kind = fault.kind, .detail = std::move(fault.detail)});
  }
  DropPrereleases(name, wishes, package);
  return package;
}

AdmittedPackage Admission::AdmitDirect(const PackageRecord& record) {
  AdmittedPackage package;
  const PackageRecord* const records[] = {&record};
  for (AdmittedVersion& entry : InOrder(records, package.not_admitted)) {
    entry.metadata = record.versions[entry.in_record].metadata;
    Fault fault = FaultOf(record.name, record.metadata[*entry.metadata]);
    if (!fault.is_fault) {
      package.admitted.push_back(std::move(entry));
    } else {
      package.not_admitted.push_back({.version = entry.candidate.text(),
                                      .kind = fault.kind,
                                      .detail = std::move(fault.detail)});
    }
  }
  return package;
}

void Admission::DropPrereleases(std::string_view name, const NameWishes& wishes,
                                AdmittedPackage& package) const {
  const auto is_prerelease = [](const AdmittedVersion& v) { return v.candidate.is_prerelease(); };
  const PrereleasePolicy policy = PrereleasesOf(name);
  if (policy == PrereleasePolicy::kAllow || policy == PrereleasePolicy::kPep440) return;
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
