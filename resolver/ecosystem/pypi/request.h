// What a PyPI resolve is asked: texts with their places, the target's environment, and policies.
// Values only; universe_builder.h reads them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ecosystem/pypi/environment.h"

namespace accord::pypi {

// A text and where it came from, for messages: "argument 2", "requirements.txt:7".
struct PlacedText {
  std::string text;
  std::string place;
};

// Which pre-releases of a name are admitted. "Names one": a requirement, constraint or lock of the
// request for that name has a specifier that names a pre-release. "Necessary": the name has no
// final release that is admitted otherwise (specifiers are not counted).
enum class PrereleasePolicy : uint8_t {
  kIfNecessaryOrExplicit,  // necessary, or the request names one
  kIfNecessary,
  kExplicit,
  kAllow,
  kDisallow,
};

// A name that no source knows.
enum class AbsentPolicy : uint8_t {
  kBySource,     // does not exist if every source is complete, else unknown
  kNonexistent,  // does not exist
  kUnknown,      // unknown: answers that rest on it say so
};

// In which order requested packages are decided (docs/pypi.md).
enum class RequestOrder : uint8_t { kRequirerFirst, kName, kAsGiven };

struct ResolveRequest {
  std::vector<PlacedText> requirements;  // PEP 508; those whose marker does not hold are dropped
  std::vector<PlacedText> constraints;   // limit and do not request; no extras
  // name==version, or any name with specifiers: of the name nothing else may be chosen (locked),
  // these are tried first (favored), these may not be chosen (excluded).
  std::vector<PlacedText> locked;
  std::vector<PlacedText> favored;
  std::vector<PlacedText> excluded;
  // Every variable that markers may ask for. Requires-Python is held against python_full_version,
  // lower and upper bounds alike.
  Environment environment;
  PrereleasePolicy prereleases = PrereleasePolicy::kIfNecessaryOrExplicit;
  AbsentPolicy absent = AbsentPolicy::kBySource;
  RequestOrder order = RequestOrder::kRequirerFirst;
};

}  // namespace accord::pypi
