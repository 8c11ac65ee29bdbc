// Which versions of a package a request admits: decided once, before solving, from the request
// alone (semantics: "What a PyPI request admits"). What is not admitted keeps a typed reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ecosystem/pypi/environment.h"
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
  kUrlRequirement,         // its metadata has a requirement on a URL that always applies
  kPrerelease,             // the request's policy does not admit it
};

// For messages, after "version 1.0": "requires another Python", "is yanked", ...
[[nodiscard]] std::string_view Describe(NotAdmittedKind kind);

struct NotAdmitted {
  std::string version;  // as the source spells it
  NotAdmittedKind kind = NotAdmittedKind::kInvalidVersion;
  std::string detail;  // the text at fault: a Requires-Python, a requirement, why it was yanked
};

struct AdmittedVersion {
  Candidate candidate;     // a version
  uint32_t in_record = 0;  // index into PackageRecord::versions
};

struct AdmittedPackage {
  std::vector<AdmittedVersion> admitted;  // oldest first, no two equal
  std::vector<NotAdmitted> not_admitted;  // invalid ones first by text, then by version
};

// Everything is noted before the first Admit. Not thread-safe.
class Admission {
 public:
  // Both outlive the admission.
  Admission(const ResolveRequest& request, RequirementReader& reader)
      : request_(request), reader_(reader) {}

  // A requirement, constraint or lock of the request for the (normal) name. It lets pre-releases
  // in if it names one. It lets yanked versions in that it admits, if it is one == or === without
  // ".*", or a lock.
  enum class Wish { kRequirement, kLock };
  void Note(std::string_view name, const SpecifierSet& set, Wish wish);

  [[nodiscard]] AdmittedPackage Admit(const metadata::PackageRecord& record);

 private:
  struct NameWishes {
    bool names_prerelease = false;
    std::vector<SpecifierSet> pins;  // yanked versions they admit are let in
  };
  struct Fault {  // what metadata has against its versions; none if `is_fault` is false
    bool is_fault = false;
    NotAdmittedKind kind = NotAdmittedKind::kRequiresPython;
    std::string detail;
  };
  [[nodiscard]] Fault FaultOf(const metadata::MetadataRecord& metadata);
  [[nodiscard]] Fault FaultOfFiles(const metadata::VersionRecord& version, bool pinned);
  [[nodiscard]] bool AllowsPython(const std::string& requires_python);
  void DropPrereleases(const NameWishes& wishes, AdmittedPackage& package) const;

  const ResolveRequest& request_;
  RequirementReader& reader_;
  TextMap<NameWishes> wishes_;
  TextMap<bool> allows_python_;  // by text of Requires-Python
};

}  // namespace accord::pypi
