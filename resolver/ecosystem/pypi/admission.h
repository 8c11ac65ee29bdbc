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

#include "absl/status/statusor.h"
#include "ecosystem/pypi/file_choice.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/requirement_reader.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/facts.h"

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
  uint32_t source = 0;                // index into the facts given to Admit
  uint32_t version = 0;               // its number there
  std::optional<uint32_t> metadata;   // that of its best file, by number
  std::optional<uint32_t> best_file;  // index into the version's files; none: none is known
  bool has_wheel = false;             // one that may be used, or nothing is known of its files
};

// What speaks against a version.
struct VersionFault {
  NotAdmittedKind kind = NotAdmittedKind::kRequiresPython;
  std::string detail;
};

struct AdmittedPackage {
  std::vector<AdmittedVersion> admitted;  // oldest first, no two equal
  // Those that are versions, with a number of `faults`: as judged, then the pre-releases.
  struct LeftOut {
    uint32_t source = 0;
    uint32_t version = 0;
    uint32_t fault = 0;
  };
  std::vector<LeftOut> left_out;
  std::vector<VersionFault> faults;
  std::vector<metadata::PackageFiles> files;  // of each source

  // Those of the sources that are no versions, each text once, sorted.
  [[nodiscard]] static std::vector<std::string> InvalidOf(
      std::span<const metadata::PackageFacts* const> facts);
  // In words, those that are no versions first.
  [[nodiscard]] std::vector<NotAdmitted> NotAdmittedOf(
      std::span<const metadata::PackageFacts* const> facts) const;
};

// Everything is noted before the first Admit. Not thread-safe.
class Admission {
 public:
  // All outlive the admission.
  Admission(const ResolveRequest& request, FileChooser& files, RequirementReader& reader);

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

  // The facts of one name, one per source that counts; of equal versions the first that is admitted
  // stands. Errors: Missing for damaged files.
  [[nodiscard]] absl::StatusOr<AdmittedPackage> Admit(
      std::span<const metadata::PackageFacts* const> facts);

  // The same for facts made of the request's URLs: what the request asks for by URL is neither too
  // new nor a pre-release too many.
  [[nodiscard]] AdmittedPackage AdmitDirect(const metadata::PackageFacts& facts);

  // What speaks against metadata of a version that was admitted without them: a Requires-Python, or
  // a requirement.
  [[nodiscard]] std::optional<VersionFault> FaultOf(const metadata::PackageFacts& facts,
                                                    uint32_t metadata);

  // A version's files in this request.
  [[nodiscard]] FileChoice FilesOf(const metadata::PackageFacts& facts, uint32_t version,
                                   std::span<const metadata::FileRecord> files);

 private:
  struct NameWishes {
    bool names_prerelease = false;
    std::vector<SpecifierSet> pins;  // yanked versions they admit are let in
    std::vector<std::string> urls;
    std::vector<std::string> overridden_for;  // dependants; an empty one is everybody
    [[nodiscard]] bool IsPinned(std::string_view version) const;
  };
  class Judging;
  [[nodiscard]] const NameWishes& WishesOf(std::string_view name) const;
  [[nodiscard]] std::optional<VersionFault> FaultOfNeeds(const metadata::PackageFacts& facts,
                                                         uint32_t metadata);
  [[nodiscard]] bool AsksForForeignUrl(std::string_view dependant,
                                       const ReadRequirement& read) const;
  [[nodiscard]] bool AdmitsPrereleases(std::string_view name, const NameWishes& wishes,
                                       bool any_final) const;

  const ResolveRequest& request_;
  FileChooser& files_;
  RequirementReader& reader_;
  TextMap<NameWishes> wishes_;
  TextMap<PrereleasePolicy> prereleases_of_;  // by normal name
};

}  // namespace accord::pypi
