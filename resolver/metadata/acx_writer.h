// Writes a compiled corpus (acx_layout.h): parts one after the other, names ascending in each.
// Blocks are compressed on the Executor, several at once; equal input gives equal bytes for any
// number of threads. What is not written yet is a few hundred blocks.
#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/executor.h"
#include "metadata/acx_layout.h"
#include "metadata/acx_part.h"
#include "metadata/facts_encode.h"

namespace accord::metadata {

struct AcxTuning {
  int level = 19;             // zstd's
  size_t block_bytes = 1024;  // a block is closed when it has so many, uncompressed
  size_t dictionary_bytes = size_t{256} << 10;
};

// Trained on samples of what the tables will hold; an empty one is none.
using AcxDictionaries = std::array<std::string, kAcxKinds>;

// The table contents of one package; empty texts: not in the table.
using AcxContents = std::array<std::string_view, kAcxKinds>;
[[nodiscard]] inline AcxContents ContentsOf(const EncodedFacts& encoded) {
  return {encoded.facts, encoded.files.names, encoded.files.hashes};
}

// One dictionary a table, from the contents of some packages. Deterministic.
[[nodiscard]] AcxDictionaries TrainDictionaries(const std::vector<EncodedFacts>& samples,
                                                const AcxTuning& tuning);

class AcxWriter {
 public:
  // Writes beside `path` and takes its place at the end. The executor outlives the writer. Errors:
  // InvalidInput for a place that is no file's, Missing if it cannot be written.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<AcxWriter>> Create(const std::string& path,
                                                                         const Executor& executor,
                                                                         const AcxTuning& tuning);
  // Removes what is unfinished.
  ~AcxWriter();

  // Ends the part before. Its header's ecosystem is a new one. `level`: instead of the tuning's.
  [[nodiscard]] absl::Status BeginPart(const CorpusHeader& header,
                                       const AcxDictionaries& dictionaries,
                                       std::optional<int> level = {});
  // InvalidInput if the name does not follow the last one's in bytes or is empty, LimitReached
  // above kAcxContentBytesMax.
  [[nodiscard]] absl::Status Add(std::string_view name, const AcxContents& contents,
                                 uint64_t version_count);
  // The whole file; nothing may be added afterwards.
  [[nodiscard]] absl::Status Finish();

 private:
  class TableWriter;

  AcxWriter(std::string path, const Executor& executor, const AcxTuning& tuning);
  [[nodiscard]] absl::Status EndPart();
  [[nodiscard]] absl::Status FlushBlocks();
  [[nodiscard]] uint64_t Write(std::string_view bytes);  // where they stand
  [[nodiscard]] absl::Status Written() const;

  const std::string path_;
  const std::string partial_;
  const Executor& executor_;
  const AcxTuning tuning_;
  std::ofstream file_;
  uint64_t offset_ = 0;
  std::string last_name_;
  std::vector<AcxPartEntry> parts_;
  std::array<std::unique_ptr<TableWriter>, kAcxKinds> tables_;  // of the last part
};

}  // namespace accord::metadata
