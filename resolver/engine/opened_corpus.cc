#include "engine/opened_corpus.h"

#include <utility>

#include "metadata/acx_records.h"

namespace accord::engine {

using metadata::RecordSource;

absl::StatusOr<OpenedCorpus> OpenedCorpus::Open(const std::string& path,
                                                const std::string& channel) {
  OpenedCorpus opened;
  opened.path_ = path;
  if (metadata::IsAcxFile(path)) {
    opened.form_ = CorpusForm::kCompiled;
    absl::StatusOr<std::unique_ptr<const metadata::AcxFile>> file = metadata::AcxFile::Open(path);
    if (!file.ok()) return file.status();
    opened.acx_ = *std::move(file);
    return opened;
  }
  absl::StatusOr<OpenedRecords> records = OpenRecordSource(path, channel);
  if (!records.ok()) return records.status();
  opened.form_ = records->form;
  opened.records_ = std::move(records->source);
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
