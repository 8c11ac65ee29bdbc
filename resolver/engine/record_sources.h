// What is no compiled corpus: a file of texts, or a folder of index pages.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "metadata/record_source.h"

namespace accord::engine {

enum class CorpusForm : uint8_t { kCompiled, kLines, kDepsDb, kPages };

struct OpenedRecords {
  CorpusForm form = CorpusForm::kLines;  // never kCompiled
  std::unique_ptr<const metadata::RecordSource> source;
};

// Errors: InvalidInput, Missing, LimitReached, with the path.
[[nodiscard]] absl::StatusOr<OpenedRecords> OpenRecordSource(const std::string& path);

}  // namespace accord::engine
