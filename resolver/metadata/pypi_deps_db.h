// The JSON lines that the public database pypi-deps-db is handed on in, as a Source and as an
// import into accord-corpus/1. One line a package: {"n":name,"g":[{"s","r","p","e","x","v"},...]},
// where versions "v" share requirements "r", Requires-Python "p", extras "e" (wheels) and the
// setuptools table "x" (sdists), whose keys are "extra", "extra:marker", ":marker" or "".
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "metadata/limits.h"
#include "metadata/record_source.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {

inline constexpr std::string_view kPypiDepsDbPrefix = "{\"n\":\"";

class LazyRecords;

// What it makes of a line: one MetadataRecord a group; table entries become
// `requirement ; (own marker) and (key's marker) and extra == "extra"`; extras are those of "e", of
// the table's keys and those that markers compare with. Names are looked up in their PEP 503 form;
// of two lines with one normal name the first counts. No files, times or yanked flags are known.
// Never complete. Find parses under a lock; the promise of RecordSource holds.
class PypiDepsDb final : public RecordSource {
 public:
  // Errors as Corpus::Open.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const PypiDepsDb>> FromText(
      Text text, std::string place, const CorpusLimits& limits = {});

  ~PypiDepsDb() override;

  [[nodiscard]] absl::StatusOr<const PackageRecord*> Find(std::string_view name) const override;
  [[nodiscard]] CorpusHeader header() const override;
  [[nodiscard]] bool complete() const override { return false; }
  [[nodiscard]] std::string_view ecosystem() const override { return "pypi"; }
  [[nodiscard]] std::string_view place() const override;

  [[nodiscard]] absl::StatusOr<PackageRecord> ReadAt(size_t position) const override;
  [[nodiscard]] size_t package_count() const override;
  [[nodiscard]] std::string_view NameAt(size_t position) const override;

 private:
  PypiDepsDb(std::deque<std::string> names, std::unique_ptr<LazyRecords> records);

  const std::deque<std::string> names_;  // normal forms that differ from what the lines say
  const std::unique_ptr<LazyRecords> records_;
};

// PEP 503: runs of "-", "_" and "." become one "-", letters become lower case.
[[nodiscard]] std::string NormalPypiName(std::string_view name);

// Reads a pypi-deps-db file and writes the same facts as accord-corpus/1.
[[nodiscard]] absl::Status ImportPypiDepsDb(const std::string& from, const std::string& to,
                                            const CorpusLimits& limits = {});

}  // namespace accord::metadata
