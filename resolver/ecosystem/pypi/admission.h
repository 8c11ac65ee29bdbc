// Which versions of a package a request admits: decided once, before solving, from the request
// alone (docs/pypi.md: "Who is a candidate"). What is not admitted keeps a typed reason. Files are
// judged by file_choice.h; here a version is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ecosystem/pypi/file_choice.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/requirement_reader.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/record.h"

namespace accord::pypi {

enum class NotAdmittedKind : uint8_t {
  kInvalidVersion,         // no PEP 440 version: skipped
  kYanked,                 // every file is yanked, and neither a pin nor a lock asks for it
  kRequiresPython,         // its metadata's, or that of each file left, excludes the target
  kUnreadableRequirement,  // its metadata has a requirement that PEP 508 does not read
  kUrlRequirement,         // its metadata asks for a URL that the request does not ask for
  kPrerelease,             // the request's policy does not admit it
  kTags,                   // its wheels are for other targets, and there is no sdist
  kOnlyBinary,             // no wheel is left, and only wheels are wanted
  kNoBinary,               // no sdist is left, and only sdists are wanted
  kNewer,                  // uploaded too late
  kNoUploadTime,           // nobody knows when it was uploaded
  kHash,                   // no file with an allowed hash
  kUnusableFiles,          // neither wheels nor sdists
};
inline constexpr size_t kNotAdmittedKinds = 13;

// For messages, after "version 1.0": "requires another Python", "is yanked", ...
[[nodiscard]] std::string_view Describe(NotAdmittedKind kind);

struct NotAdmitted {
  std::string version;  // as the source spells it
  NotAdmittedKind kind = NotAdmittedKind::kInvalidVersion;
  // What is at fault: a Requires-Python; a requirement; why it was yanked; the upload time; of
  // kTags the tag sets of its wheels, joined by blanks, kTagSetsShownMax at most.
  std::string detail;
};
inline constexpr size_t kTagSetsShownMax = 8;

struct AdmittedVersion {
  Candidate candidate;                // a version
  uint32_t source = 0;                // index into the records given to Admit
  uint32_t in_record = 0;             // index into PackageRecord::versions
  std::optional<uint32_t> metadata;   // that of its best file: index into PackageRecord::metadata
  std::optional<uint32_t> best_file;  // index into VersionRecord::files; none: none is known
  bool has_wheel = false;             // one that may be used, or nothing is known of its files
};

struct AdmittedPackage {
  std::vector<AdmittedVersion> admitted;  // oldest first, no two equal
  std::vector<NotAdmitted> not_admitted;  // invalid ones first by text, then by version
};

// Everything is noted before the first Admit. Not thread-safe.
class Admission {
 public:
  // All outlive the admission.
  Admission(const ResolveRequest& request, FileChooser& files, RequirementReader& reader)
      : request_(request), files_(files), reader_(reader) {}

  // A requirement, constraint, override, lock or favour of the request for the (normal) name. But
  // for favours it lets pre-releases in if it names one. It lets yanked versions in that it admits,
  // if it is one == or === without ".*", a lock or a favour.
  enum class Wish { kRequirement, kLock, kFavor };
  void Note(std::string_view name, const SpecifierSet& set, Wish wish);
  // The request asks for this URL: packages may ask for it too.
  void NoteUrl(std::string_view name, std::string_view url);
  // Requirements of the dependant on this name are replaced, so what they say is nobody's fault. An
  // empty dependant: of everybody.
  void NoteOverride(std::string_view name, std::string_view dependant);

  [[nodiscard]] PrereleasePolicy PrereleasesOf(std::string_view name) const;

  // The records of one name, one per source that counts; of equal versions the first that is
  // admitted stands.
  [[nodiscard]] AdmittedPackage Admit(std::span<const metadata::PackageRecord* const> records);

  // The same for a record made of the request's URLs: what the request asks for by URL is neither
  // too new nor a pre-release too many.
  [[nodiscard]] AdmittedPackage AdmitDirect(const metadata::PackageRecord& record);

  // The files of a version in this request.
  [[nodiscard]] FileChoice FilesOf(std::string_view name, const metadata::VersionRecord& version);

 private:
  struct NameWishes {
    bool names_prerelease = false;
    std::vector<SpecifierSet> pins;  // yanked versions they admit are let in
    std::vector<std::string> urls;
    std::vector<std::string> overridden_for;  // dependants; an empty one is everybody
  };
  struct Fault {  // what speaks against a version; none if `is_fault` is false
    bool is_fault = false;
    NotAdmittedKind kind = NotAdmittedKind::kRequiresPython;
    std::string detail;
  };
  [[nodiscard]] const NameWishes& WishesOf(std::string_view name) const;
  [[nodiscard]] Fault Judge(const metadata::PackageRecord& record, const FilePolicy& policy,
                            const NameWishes& wishes, AdmittedVersion& version);
  [[nodiscard]] Fault FaultOf(std::string_view name, const metadata::MetadataRecord& metadata);
  [[nodiscard]] bool AsksForForeignUrl(std::string_view dependant,
                                       const ReadRequirement& read) const;
  void DropPrereleases(std::string_view name, const NameWishes& wishes,
                       AdmittedPackage& package) const;

  const ResolveRequest& request_;
  FileChooser& files_;
  RequirementReader& reader_;
  TextMap<NameWishes> wishes_;
};

}  // namespace accord::pypi
