// What a PyPI resolve is asked: texts with their places, the target's environment, and policies.
// Values only; universe_builder.h reads them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ecosystem/input_note.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/tag.h"
#include "ecosystem/request_words.h"

namespace accord::pypi {

using accord::AbsentPolicy;
using accord::PlacedText;
using accord::RequestOrder;
using accord::Resolution;

using accord::InputNote;

// Which pre-releases of a name are admitted. "Names one": a requirement, constraint or lock of the
// request for that name has a specifier that names a pre-release. "Necessary": the name has no
// final release that is admitted otherwise (specifiers are not counted).
enum class PrereleasePolicy : uint8_t {
  kIfNecessaryOrExplicit,  // necessary, or the request names one
  kIfNecessary,
  kExplicit,
  kAllow,
  kDisallow,
  kPep440,  // all; each requirement filters by itself, as packaging's SpecifierSet.filter
};
struct PrereleasesOf {
  std::string name;
  PrereleasePolicy policy = PrereleasePolicy::kAllow;
};

// Sources are indexes, in the order given.
enum class IndexPolicy : uint8_t {
  kFirstIndex,  // of a name only the first that has it: safe against dependency confusion
  kBestMatch,   // all that have it; of equal versions the first index with an admitted one
};

// Requires-Python.
enum class PythonBounds : uint8_t {
  kHonour,  // as pip: lower and upper bounds
  kIgnore,  // as uv: only the lower bound
};

// Replaces every requirement on the name it names, of the request and of packages, whatever their
// extras; if its marker does not hold, such requirements are dropped.
struct Override {
  PlacedText requirement;
  std::string dependant;  // not empty: only in requirements of this package
};

// What a URL that the request asks for contains: the frontend has looked, Accord has not.
struct DirectReference {
  std::string url;            // exactly as the requirement spells it
  std::string metadata_text;  // METADATA or PKG-INFO
  std::string place;
};

// Only files with one of these hashes, of this name. Several entries of one name add up.
struct AllowedHashes {
  std::string name;
  std::vector<std::string> hashes;  // "sha256:..." in lower case
  std::string place;
};

// What was uploaded at that time or later is not there. RFC 3339 in UTC, as in file records.
struct ExcludeNewer {
  std::string instant;  // empty: no limit
  struct Of {
    std::string name;
    std::string instant;  // empty: no limit for this name
  };
  std::vector<Of> names;       // instead of `instant`
  bool admit_unknown = false;  // files without a time, versions without files
};

// Which kinds of files may be chosen. Where nothing is known of a version's files, it may.
struct BinaryPolicy {
  bool only_binary = false;  // wheels alone
  bool no_binary = false;    // sdists alone
  // For these names instead of the above.
  std::vector<std::string> only_binary_names;
  std::vector<std::string> no_binary_names;
  bool prefer_binary = false;  // a version with a wheel is better than any without
};

struct ResolveRequest {
  // PEP 508; those whose marker does not hold are dropped. A URL is taken here alone, and its
  // metadata stands in `direct`.
  std::vector<PlacedText> requirements;
  std::vector<PlacedText> constraints;  // limit and do not request; no extras
  std::vector<Override> overrides;
  // name==version, or any name with specifiers: of the name nothing else may be chosen (locked),
  // these are tried first (favored), these may not be chosen (excluded).
  std::vector<PlacedText> locked;
  std::vector<PlacedText> favored;
  std::vector<PlacedText> excluded;
  std::vector<DirectReference> direct;

  // Every variable that markers may ask for. Requires-Python is held against python_full_version.
  Environment environment;
  // Requires-Python of the projects that ask. Only the Pythons of `--python any` are held to it;
  // with a Python that is named, a project that excludes it is a note.
  std::vector<PlacedText> requires_python;
  SupportedTags tags;  // empty: wheels fit whatever their tags
  std::string target;  // the same in words: "CPython 3.11.7 on Linux x86_64 (glibc 2.17)"

  PrereleasePolicy prereleases = PrereleasePolicy::kIfNecessaryOrExplicit;
  std::vector<PrereleasesOf> prereleases_of;  // instead, for these names
  Resolution resolution = Resolution::kHighest;
  ExcludeNewer exclude_newer;
  BinaryPolicy binaries;
  std::vector<AllowedHashes> allowed_hashes;
  bool require_hashes = false;  // every name must have allowed hashes
  PythonBounds python_bounds = PythonBounds::kHonour;
  bool no_deps = false;  // what packages need is not looked at
  IndexPolicy indexes = IndexPolicy::kFirstIndex;
  AbsentPolicy absent = AbsentPolicy::kBySource;
  RequestOrder order = RequestOrder::kRequirerFirst;

  std::vector<InputNote> notes;  // for those who read the answer; nothing hangs on them
};

}  // namespace accord::pypi
