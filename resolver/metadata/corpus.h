// A corpus in the format accord-corpus/1 (docs/corpus-format.md), read from one file. Opening
// decompresses the file and finds its lines by name; a record's JSON is parsed when it is first
// asked for. OpenRecords also takes the pypi-deps-db form (pypi_deps_db.h).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "metadata/corpus_header.h"
#include "metadata/limits.h"
#include "metadata/record_source.h"

namespace accord::metadata {

inline constexpr std::string_view kCorpusFormat = "accord-corpus/1";

class LazyRecords;
struct Text;

// Find parses under a lock and keeps what it parsed; the promise of RecordSource holds.
class Corpus final : public RecordSource {
 public:
  // Errors: Missing if the file is not there or damaged (file and line, or file and byte offset),
  // InvalidInput if it is no accord-corpus/1, LimitReached.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const Corpus>> Open(
      const std::string& path, const CorpusLimits& limits = {});

  // The same for bytes already in memory, compressed or not; `place` names them in messages.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const Corpus>> FromBytes(
      std::string_view bytes, std::string place, const CorpusLimits& limits = {});

  ~Corpus() override;

  [[nodiscard]] absl::StatusOr<const PackageRecord*> Find(std::string_view name) const override;
  [[nodiscard]] bool complete() const override;
  [[nodiscard]] std::string_view ecosystem() const override;
  [[nodiscard]] std::string_view place() const override;

  [[nodiscard]] CorpusHeader header() const override;

  [[nodiscard]] size_t package_count() const override;
  [[nodiscard]] std::string_view NameAt(size_t position) const override;
  [[nodiscard]] absl::StatusOr<PackageRecord> ReadAt(size_t position) const override;

 private:
  friend absl::StatusOr<std::unique_ptr<const RecordSource>> OpenRecords(
      const std::string& path, const CorpusLimits& limits);
  static absl::StatusOr<std::unique_ptr<const Corpus>> FromText(Text text, std::string place,
                                                                const CorpusLimits& limits);
  Corpus(CorpusHeader header, std::unique_ptr<LazyRecords> records);

  const CorpusHeader header_;
  const std::unique_ptr<LazyRecords> records_;
};

// Opens a file of either form of texts: accord-corpus/1, or pypi-deps-db JSON lines (whose first
// line begins with {"n":). Errors as Corpus::Open.
[[nodiscard]] absl::StatusOr<std::unique_ptr<const RecordSource>> OpenRecords(
    const std::string& path, const CorpusLimits& limits = {});

}  // namespace accord::metadata
