// Writes accord-corpus/1 (docs/corpus-format.md): equal records give equal bytes.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "metadata/corpus.h"
#include "metadata/record.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {

inline constexpr int kCorpusLevel = 12;  // zstd's; 19 writes ten times slower for 5 % fewer bytes

// Header first, then records in ascending order of names, then WriteTo once.
class CorpusWriter {
 public:
  explicit CorpusWriter(const CorpusHeader& header, int level = kCorpusLevel);

  // InvalidInput if the name does not follow the last one's in bytes, needs an escape or is empty,
  // if a metadata index has no entry, or if a text is not UTF-8. A refused record leaves no trace.
  [[nodiscard]] absl::Status Add(const PackageRecord& record);

  // Replaces the file at `path`; or the same bytes in memory. One of the two, once.
  [[nodiscard]] absl::Status WriteTo(const std::string& path);
  [[nodiscard]] std::string TakeBytes();

 private:
  Compressor compressor_;
  std::string last_name_;
};

// The line that Add writes, without its end.
[[nodiscard]] std::string RecordLine(const PackageRecord& record);

[[nodiscard]] absl::Status WriteCorpus(const CorpusHeader& header,
                                       absl::Span<const PackageRecord> records,
                                       const std::string& path);

}  // namespace accord::metadata
