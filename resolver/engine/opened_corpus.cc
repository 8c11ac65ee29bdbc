#include "engine/opened_corpus.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "ecosystem/pypi/simple_pages.h"
#include "metadata/acx_records.h"
#include "metadata/corpus.h"
#include "metadata/pypi_deps_db.h"

namespace accord::engine {

using metadata::RecordSource;

absl::StatusOr<std::unique_ptr<const RecordSource>> OpenRecordSource(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return metadata::OpenRecords(path);
  absl::StatusOr<std::unique_ptr<const pypi::SimplePages>> pages = pypi::SimplePages::Open(path);
  if (!pages.ok()) return pages.status();
  return std::unique_ptr<const RecordSource>(*std::move(pages));
}

absl::StatusOr<OpenedCorpus> OpenedCorpus::Open(const std::string& path) {
  OpenedCorpus opened;
  opened.path_ = path;
  std::error_code ignored;
  if (metadata::IsAcxFile(path)) {
    opened.form_ = CorpusForm::kCompiled;
    absl::StatusOr<std::unique_ptr<const metadata::AcxFile>> file = metadata::AcxFile::Open(path);
    if (!file.ok()) return file.status();
    opened.acx_ = *std::move(file);
    return opened;
  }
  absl::StatusOr<std::unique_ptr<const RecordSource>> records = OpenRecordSource(path);
  if (!records.ok()) return records.status();
  opened.records_ = *std::move(records);
  if (std::filesystem::is_directory(path, ignored)) {
    opened.form_ = CorpusForm::kPages;
    return opened;
  }
  const bool is_deps_db = dynamic_cast<const metadata::PypiDepsDb*>(opened.records_.get());
  opened.form_ = is_deps_db ? CorpusForm::kDepsDb : CorpusForm::kLines;
  return opened;
}

absl::StatusOr<std::vector<std::unique_ptr<const RecordSource>>> OpenedCorpus::TakeParts() {
  std::vector<std::unique_ptr<const RecordSource>> parts;
  if (acx_ == nullptr) {
    parts.push_back(std::move(records_));
    return parts;
  }
  for (size_t i = 0; i < acx_->part_count(); ++i) {
    absl::StatusOr<std::unique_ptr<const metadata::AcxRecords>> records =
        metadata::AcxRecords::Open(acx_->part(i));
    if (!records.ok()) return records.status();
    parts.push_back(*std::move(records));
  }
  return parts;
}

}  // namespace accord::engine
