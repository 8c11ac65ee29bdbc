// A corpus file of any form, open: what corpora.h is made of.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/record_sources.h"
#include "metadata/acx_file.h"
#include "metadata/record_source.h"

namespace accord::engine {

class OpenedCorpus {
 public:
  // `channel` and errors as OpenRecordSource.
  [[nodiscard]] static absl::StatusOr<OpenedCorpus> Open(const std::string& path,
                                                         const std::string& channel = {});

  [[nodiscard]] CorpusForm form() const { return form_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  // Of a compiled corpus; else nullptr.
  [[nodiscard]] const metadata::AcxFile* acx() const { return acx_.get(); }
  // Of any other form; else nullptr.
  [[nodiscard]] const metadata::RecordSource* records() const { return records_.get(); }

  // One an ecosystem, whatever the form. Of a compiled corpus this reads all names. Errors: as
  // AcxRecords::Open.
  [[nodiscard]] absl::StatusOr<std::vector<std::unique_ptr<const metadata::RecordSource>>>
  TakeParts();

 private:
  CorpusForm form_ = CorpusForm::kLines;
  std::string path_;
  std::unique_ptr<const metadata::AcxFile> acx_;
  std::unique_ptr<const metadata::RecordSource> records_;
};

}  // namespace accord::engine
