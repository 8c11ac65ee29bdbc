#include "engine/record_sources.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "ecosystem/pypi/simple_pages.h"
#include "metadata/corpus.h"
#include "metadata/pypi_deps_db.h"

namespace accord::engine {

absl::StatusOr<OpenedRecords> OpenRecordSource(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    absl::StatusOr<std::unique_ptr<const pypi::SimplePages>> pages = pypi::SimplePages::Open(path);
    if (!pages.ok()) return pages.status();
    return OpenedRecords{CorpusForm::kPages, *std::move(pages)};
  }
  absl::StatusOr<std::unique_ptr<const metadata::RecordSource>> records =
      metadata::OpenRecords(path);
  if (!records.ok()) return records.status();
  const bool is_deps_db = dynamic_cast<const metadata::PypiDepsDb*>(records->get()) != nullptr;
  return OpenedRecords{is_deps_db ? CorpusForm::kDepsDb : CorpusForm::kLines, *std::move(records)};
}

}  // namespace accord::engine
