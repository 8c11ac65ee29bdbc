// A compiled corpus in a file of a test, made from a corpus of texts; gone with the test.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "base/error.h"
#include "base/executor.h"
#include "ecosystem/pypi/grammar.h"
#include "metadata/acx_writer.h"
#include "metadata/corpus.h"
#include "metadata/corpus_build.h"

namespace accord::testing {

class CompiledFile {
 public:
  // `name` is the test's own.
  CompiledFile(const std::string& texts, std::string_view name)
      : path_(Cat(std::string_view(P_tmpdir), "/accord_", name, "_", getpid(), ".acx")),
        status_(Build(texts)) {}
  ~CompiledFile() { std::remove(path_.c_str()); }
  CompiledFile(const CompiledFile&) = delete;
  CompiledFile& operator=(const CompiledFile&) = delete;

  [[nodiscard]] const absl::Status& status() const { return status_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  absl::Status Build(const std::string& texts) {
    const auto records = metadata::OpenRecords(texts);
    if (!records.ok()) return records.status();
    const Executor executor(2);
    const metadata::AcxTuning tuning{.level = 3};
    auto writer = metadata::AcxWriter::Create(path_, executor, tuning);
    if (!writer.ok()) return writer.status();
    ACCORD_RETURN_IF_ERROR(metadata::BuildPart({.ecosystem = "pypi"}, **records,
                                               pypi::PypiGrammar(), executor, tuning, nullptr,
                                               **writer));
    return (*writer)->Finish();
  }

  const std::string path_;
  const absl::Status status_;
};

}  // namespace accord::testing
