#include "ecosystem/pypi/admission.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/name.h"

namespace accord::pypi {

using metadata::Column;
using metadata::FileRecord;
using metadata::PackageFacts;

namespace {

bool IsPin(const SpecifierSet& set) {
  if (set.specifiers().size() != 1) return false;
  const SpecifierOperator op = set.specifiers().front().op();
  return op == SpecifierOperator::kEqual || op == SpecifierOperator::kArbitrary;
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
std::string TagSetsOf(std::span<const FileRecord> files) {
  std::vector<std::string> sets;
  for (const FileRecord& file : files) {
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

std::string DetailOf(FileFault fault, std::span<const FileRecord> files, uint32_t closest) {
  const FileRecord& file = files[closest];
  switch (fault) {
    case FileFault::kTags:
      return TagSetsOf(files);
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

Admission::Admission(const ResolveRequest& request, FileChooser& files, RequirementReader& reader)
    : request_(request), files_(files), reader_(reader) {
  for (const struct PrereleasesOf& of : request.prereleases_of) {
    prereleases_of_.insert_or_assign(NormalizeName(of.name), of.policy);
  }
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
  if (prereleases_of_.empty()) return request_.prereleases;
  const auto found = prereleases_of_.find(name);
  return found == prereleases_of_.end() ? request_.prereleases : found->second;
}

FileChoice Admission::FilesOf(const PackageFacts& facts, uint32_t version,
                              std::span<const FileRecord> files) {
  const NameWishes& wishes = WishesOf(facts.name());
  return files_.Choose(files, files_.PolicyOf(facts.name()),
                       wishes.IsPinned(facts.version(version)));
}

bool Admission::NameWishes::IsPinned(std::string_view version) const {
  if (pins.empty()) return false;
  const Candidate candidate(version);
  return std::ranges::any_of(
      pins, [&](const SpecifierSet& pin) { return pin.Contains(candidate, Prereleases::kAllow); });
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

std::optional<VersionFault> Admission::FaultOf(const PackageFacts& facts, uint32_t metadata) {
  const std::string_view language = facts.requires_language(metadata);
  if (files_.python().Allows(language)) return FaultOfNeeds(facts, metadata);
  return VersionFault{NotAdmittedKind::kRequiresPython, std::string(language)};
}

// The first requirement that cannot be read, else the first that asks for a URL.
std::optional<VersionFault> Admission::FaultOfNeeds(const PackageFacts& facts, uint32_t metadata) {
  if (request_.no_deps || facts.is_plain_metadata(metadata)) return std::nullopt;
  std::optional<VersionFault> url;
  const Column requirements = facts.requirements_of(metadata);
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    if (facts.is_plain(requirements[i])) continue;
    const ReadRequirement read = reader_.Read(facts, requirements[i]);
    const auto text = [&] { return Quoted(facts.RequirementText(requirements[i])); };
    if (!read.fault.empty()) {
      return VersionFault{NotAdmittedKind::kUnreadableRequirement, Cat(text(), ": ", read.fault)};
    }
    if (!url && AsksForForeignUrl(facts.name(), read) &&
        reader_.WhenOf(read, facts, metadata).always) {
      url = VersionFault{NotAdmittedKind::kUrlRequirement, text()};
    }
  }
  return url;
}

// Judges the versions of one name, in their order over all its sources.
class Admission::Judging {
 public:
  Judging(Admission& admission, std::span<const PackageFacts* const> sources)
      : admission_(admission),
        sources_(sources),
        wishes_(admission.WishesOf(sources.front()->name())),
        policy_(admission.files_.PolicyOf(sources.front()->name())) {
    for (const PackageFacts* facts : sources) {
      of_metadata_.emplace_back(facts->metadata_count(), kNotJudged);
      of_language_.emplace_back(facts->language_count(), kNotJudged);
    }
  }

  absl::StatusOr<AdmittedPackage> Judge() {
    const auto detail =
        policy_.hashes_count ? metadata::FileDetail::kAll : metadata::FileDetail::kNames;
    for (const PackageFacts* facts : sources_) {
      absl::StatusOr<metadata::PackageFiles> files = facts->ReadFiles(detail);
      if (!files.ok()) return files.status();
      package_.files.push_back(*std::move(files));
    }
    if (sources_.size() == 1) {
      const uint32_t count = sources_.front()->ordered_count();
      package_.admitted.reserve(count);
      for (uint32_t version = 0; version < count; ++version) Take({.version = version});
    } else {
      TakeMerged();
    }
    DropPrereleases();
    return std::move(package_);
  }

  AdmittedPackage JudgeDirect() {
    const PackageFacts& facts = *sources_.front();
    package_.files.emplace_back();
    for (uint32_t version = 0; version < facts.ordered_count(); ++version) {
      AdmittedVersion entry{.version = version, .metadata = facts.metadata_of(version)};
      Decide(entry, FaultOfMetadata(entry));
    }
    return std::move(package_);
  }

 private:
  static constexpr uint32_t kNotJudged = UINT32_MAX;
  static constexpr uint32_t kNoFault = UINT32_MAX - 1;

  uint32_t Note(VersionFault fault) {
    package_.faults.push_back(std::move(fault));
    return static_cast<uint32_t>(package_.faults.size() - 1);
  }

  uint32_t FaultOfMetadata(const AdmittedVersion& entry) {
    if (!entry.metadata) return kNoFault;
    uint32_t& known = of_metadata_[entry.source][*entry.metadata];
    if (known != kNotJudged) return known;
    const PackageFacts& facts = *sources_[entry.source];
    known = FaultOfLanguage(entry.source, facts.language_of(*entry.metadata));
    if (known != kNoFault) return known;
    std::optional<VersionFault> fault = admission_.FaultOfNeeds(facts, *entry.metadata);
    return known = fault ? Note(*std::move(fault)) : kNoFault;
  }

  uint32_t FaultOfLanguage(uint32_t source, uint32_t number) {
    uint32_t& known = of_language_[source][number];
    if (known != kNotJudged) return known;
    const std::string_view language = sources_[source]->language(number);
    if (admission_.files_.python().Allows(language)) return known = kNoFault;
    return known = Note({NotAdmittedKind::kRequiresPython, std::string(language)});
  }

  // Also finds the version's best file and its metadata.
  uint32_t FaultOfFiles(AdmittedVersion& entry) {
    const PackageFacts& facts = *sources_[entry.source];
    const std::span<const FileRecord> files = package_.files[entry.source].of(entry.version);
    entry.metadata = facts.metadata_of(entry.version);
    entry.has_wheel = true;
    if (files.empty()) {
      const FileFault fault = FileChooser::FaultWithoutFiles(policy_);
      return fault == FileFault::kNone ? kNoFault : Note({KindOf(fault), ""});
    }
    const bool pinned = wishes_.IsPinned(facts.version(entry.version));
    const FileChoice choice = admission_.files_.Choose(files, policy_, pinned);
    if (choice.best_first.empty()) {
      return Note({KindOf(choice.fault), DetailOf(choice.fault, files, choice.closest)});
    }
    const uint32_t best = choice.best_first.front();
    entry.best_file = best;
    entry.has_wheel = choice.verdicts[best].wheel;
    if (files[best].metadata) entry.metadata = files[best].metadata;
    return kNoFault;
  }

  bool Take(AdmittedVersion entry) {
    const uint32_t of_files = FaultOfFiles(entry);
    return Decide(entry, of_files != kNoFault ? of_files : FaultOfMetadata(entry));
  }

  bool Decide(const AdmittedVersion& entry, uint32_t fault) {
    if (fault == kNoFault) {
      package_.admitted.push_back(entry);
      return true;
    }
    package_.left_out.push_back({.source = entry.source, .version = entry.version, .fault = fault});
    return false;
  }

  // Of equal versions in the order of sources, until one is admitted.
  void TakeMerged() {
    struct Placed {
      Version version;
      uint32_t source;
      uint32_t number;
    };
    std::vector<Placed> all;
    for (uint32_t source = 0; source < sources_.size(); ++source) {
      for (uint32_t i = 0; i < sources_[source]->ordered_count(); ++i) {
        std::optional<Version> version = Version::TryParse(sources_[source]->version(i));
        if (version) all.push_back({*std::move(version), source, i});
      }
    }
    std::ranges::stable_sort(all, {}, &Placed::version);
    const Version* admitted = nullptr;
    for (const Placed& placed : all) {
      if (admitted != nullptr && *admitted == placed.version) continue;
      if (Take({.source = placed.source, .version = placed.number})) admitted = &placed.version;
    }
  }

  void DropPrereleases() {
    const auto is_prerelease = [&](const AdmittedVersion& entry) {
      return sources_[entry.source]->is_prerelease(entry.version);
    };
    std::vector<AdmittedVersion>& admitted = package_.admitted;
    if (std::ranges::none_of(admitted, is_prerelease)) return;
    const bool any_final = !std::ranges::all_of(admitted, is_prerelease);
    if (admission_.AdmitsPrereleases(sources_.front()->name(), wishes_, any_final)) return;
    const uint32_t fault = Note({NotAdmittedKind::kPrerelease, ""});
    for (const AdmittedVersion& entry : admitted) {
      if (!is_prerelease(entry)) continue;
      package_.left_out.push_back(
          {.source = entry.source, .version = entry.version, .fault = fault});
    }
    std::erase_if(admitted, is_prerelease);
  }

  Admission& admission_;
  const std::span<const PackageFacts* const> sources_;
  const NameWishes& wishes_;
  const FilePolicy policy_;
  // By source: a number of faults, or a mark.
  std::vector<std::vector<uint32_t>> of_metadata_;
  std::vector<std::vector<uint32_t>> of_language_;
  AdmittedPackage package_;
};

absl::StatusOr<AdmittedPackage> Admission::Admit(std::span<const PackageFacts* const> facts) {
  if (facts.empty()) return AdmittedPackage();
  return Judging(*this, facts).Judge();
}

AdmittedPackage Admission::AdmitDirect(const PackageFacts& facts) {
  const PackageFacts* const sources[] = {&facts};
  return Judging(*this, sources).JudgeDirect();
}

bool Admission::AdmitsPrereleases(std::string_view name, const NameWishes& wishes,
                                  bool any_final) const {
  using enum PrereleasePolicy;
  const PrereleasePolicy policy = PrereleasesOf(name);
  if (policy == kAllow || policy == kPep440) return true;
  const bool explicit_counts = policy == kExplicit || policy == kIfNecessaryOrExplicit;
  if (explicit_counts && wishes.names_prerelease) return true;
  return (policy == kIfNecessary || policy == kIfNecessaryOrExplicit) && !any_final;
}

std::vector<std::string> AdmittedPackage::InvalidOf(std::span<const PackageFacts* const> facts) {
  std::vector<std::string> invalid;
  for (const PackageFacts* one : facts) {
    for (uint32_t version = one->ordered_count(); version < one->version_count(); ++version) {
      const std::string_view text = one->version(version);
      if (!Version::TryParse(text)) invalid.emplace_back(text);  // else equal to one that counts
    }
  }
  std::sort(invalid.begin(), invalid.end());
  invalid.erase(std::unique(invalid.begin(), invalid.end()), invalid.end());
  return invalid;
}

std::vector<NotAdmitted> AdmittedPackage::NotAdmittedOf(
    std::span<const PackageFacts* const> facts) const {
  std::vector<NotAdmitted> all;
  for (const std::string& text : InvalidOf(facts)) {
    all.push_back(
        {.version = text, .kind = NotAdmittedKind::kInvalidVersion, .detail = Quoted(text)});
  }
  for (const LeftOut& out : left_out) {
    all.push_back({.version = std::string(facts[out.source]->version(out.version)),
                   .kind = faults[out.fault].kind,
                   .detail = faults[out.fault].detail});
  }
  return all;
}

}  // namespace accord::pypi
