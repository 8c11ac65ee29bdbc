// What requests of every ecosystem say in the same words, and what a builder tells of them. Values
// only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/ids.h"

namespace accord {

// A text and where it came from, for messages: "argument 2", "requirements.txt:7".
struct PlacedText {
  std::string text;
  std::string place;
};

// Which version of a package is better.
enum class Resolution : uint8_t {
  kHighest,
  kLowest,
  kLowestDirect,  // the lowest of requested packages, the highest of others
};

// A name that no source has.
enum class AbsentPolicy : uint8_t {
  kBySource,     // does not exist if every source is complete, else unknown
  kNonexistent,  // does not exist
  kUnknown,      // unknown: answers that rest on it say so
};

// In which order requested packages are decided (docs/pypi.md).
enum class RequestOrder : uint8_t { kRequirerFirst, kName, kAsGiven };

// A package that the request asks for, with or without extras.
struct RequestedPackage {
  PackageId package;
  std::vector<std::string> extras;  // normal names, sorted
  int32_t priority = 0;
  std::vector<VersionSetId> sets;  // one per text without a condition: a candidate must be in all
};

}  // namespace accord
