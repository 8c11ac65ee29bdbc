// What differs between two sources of records, package by package, whatever form they have. The
// order of versions, of requirements and of metadata says nothing, and repetitions of requirements
// do not either.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metadata/record_source.h"

namespace accord::metadata {

enum class DifferenceKind : uint8_t {
  kOnlyFirst,  // the package, or the version, is in the first source alone
  kOnlySecond,
  kMetadata,  // what the version needs, or why that is unknown
  kFiles,
  kUnreadable,  // in one of the sources
};

struct RecordDifference {
  DifferenceKind kind = DifferenceKind::kOnlyFirst;
  std::string package;
  std::string version;  // empty: the whole package
  // Of what is unreadable: the error. Of a version with attributes, whose text does not say which
  // it is: the name of its first file.
  std::string text;
};

struct RecordComparison {
  std::vector<RecordDifference> differences;  // by package and version; the first ones
  uint64_t difference_count = 0;              // all
  uint64_t packages = 0;                      // names that are in both
};

[[nodiscard]] RecordComparison CompareRecords(const RecordSource& first, const RecordSource& second,
                                              size_t differences_max);

// The same of one package.
[[nodiscard]] std::vector<RecordDifference> CompareRecord(const PackageRecord& first,
                                                          const PackageRecord& second);

}  // namespace accord::metadata
