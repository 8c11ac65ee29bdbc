// RecordSource: records as their source spells them, by exact name. What reads a corpus of texts is
// one; compiled_source.h makes the Source of it that requests are answered from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "metadata/corpus_header.h"
#include "metadata/record.h"

namespace accord::metadata {

// Immutable to its callers. Every method may be called from several threads at once.
class RecordSource {
 public:
  virtual ~RecordSource() = default;

  // The record of the package of exactly this (normal) name, or nullptr if this source has none.
  // The record lives as long as the source, and the same name gives the same address. An error
  // means that the record stands there and is damaged; the message says where.
  [[nodiscard]] virtual absl::StatusOr<const PackageRecord*> Find(std::string_view name) const = 0;

  // The names ascend in bytes: NameAt(0) .. NameAt(package_count() - 1).
  [[nodiscard]] virtual size_t package_count() const = 0;
  [[nodiscard]] virtual std::string_view NameAt(size_t position) const = 0;
  // The record of NameAt(position), read anew and not kept: for walks over everything.
  [[nodiscard]] virtual absl::StatusOr<PackageRecord> ReadAt(size_t position) const = 0;

  // What the source says of itself as a whole.
  [[nodiscard]] virtual CorpusHeader header() const {
    return {.ecosystem = std::string(ecosystem()), .complete = complete()};
  }
  // As Source.
  [[nodiscard]] virtual bool complete() const = 0;
  [[nodiscard]] virtual std::string_view ecosystem() const = 0;
  [[nodiscard]] virtual std::string_view place() const = 0;
};

}  // namespace accord::metadata
