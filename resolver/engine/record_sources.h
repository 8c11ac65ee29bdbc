// What is no compiled corpus: a file of texts, a folder of index pages, or a conda channel.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "metadata/record_source.h"

namespace accord::engine {

enum class CorpusForm : uint8_t { kCompiled, kLines, kDepsDb, kPages, kRepodata };

struct OpenedRecords {
  CorpusForm form = CorpusForm::kLines;  // never kCompiled
  std::unique_ptr<const metadata::RecordSource> source;
};

// `channel`: what conda channels are called; empty: as their folders are. Errors: InvalidInput,
// Missing, LimitReached, with the path.
[[nodiscard]] absl::StatusOr<OpenedRecords> OpenRecordSource(const std::string& path,
                                                             const std::string& channel);

}  // namespace accord::engine
