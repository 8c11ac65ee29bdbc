#include "engine/record_sources.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "ecosystem/conda/repodata.h"
#include "ecosystem/pypi/simple_pages.h"
#include "metadata/corpus.h"
#include "metadata/pypi_deps_db.h"

namespace accord::engine {

absl::StatusOr<OpenedRecords> OpenRecordSource(const std::string& path,
                                               const std::string& channel) {
  std::error_code ignored;
  const bool is_folder = std::filesystem::is_directory(path, ignored);
  if (is_folder ? conda::IsChannelFolder(path) : conda::IsRepodataFile(path)) {
    auto repodata = conda::Repodata::Open(path, channel);
    if (!repodata.ok()) return repodata.status();
    return OpenedRecords{CorpusForm::kRepodata, *std::move(repodata)};
  }
  if (is_folder) {
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
