// A corpus of either form, compressed or not: the records that can be read are written as
// accord-corpus/1, and what was written is read as the same records and written as the same bytes.
#include <string>
#include <utility>
#include <vector>

#include "metadata/corpus.h"
#include "metadata/corpus_writer.h"
#include "metadata/pypi_deps_db.h"
#include "metadata/zstd_stream.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using metadata::Corpus;
using metadata::CorpusLimits;
using metadata::CorpusWriter;
using metadata::PackageRecord;

constexpr CorpusLimits kCorpusLimits{.file_bytes_max = 1 << 16,
                                     .text_bytes_max = 1 << 16,
                                     .line_bytes_max = 1 << 14,
                                     .records_max = 64};
constexpr int kLevel = 1;

template <class Opened>
std::vector<PackageRecord> RecordsOf(const Opened& source, Laws& laws) {
  std::vector<PackageRecord> records;
  std::string_view last;
  for (size_t i = 0; i < source.package_count(); ++i) {
    const std::string_view name = source.NameAt(i);
    laws.Hold(last.empty() || last < name, "names ascend", {last, name});
    last = name;
    const auto record = source.Find(name);
    if (!record.ok()) continue;
    laws.Hold(*record != nullptr && (**record).name == name, "a record is found by its name",
              {name});
    if (*record != nullptr) records.push_back(**record);
  }
  return records;
}

// The bytes of the records that can be written, which become `records`.
std::string Written(std::vector<PackageRecord>& records) {
  CorpusWriter writer({.ecosystem = "pypi", .complete = true, .source = "a fuzzer"}, kLevel);
  std::erase_if(records, [&](const PackageRecord& each) { return !writer.Add(each).ok(); });
  return writer.TakeBytes();
}

void HoldWritten(std::vector<PackageRecord> records, Laws& laws) {
  const std::string bytes = Written(records);
  const auto corpus = Corpus::FromBytes(bytes, "written", kCorpusLimits);
  if (!corpus.ok()) return;  // a limit: escapes make texts longer
  std::vector<PackageRecord> again = RecordsOf(**corpus, laws);
  laws.Hold(again == records, "what was written is read as the same records", {});
  laws.Hold(Written(again) == bytes, "the same records are written as the same bytes", {});
}

}  // namespace

void Corpora(std::string_view input, Laws& laws) {
  const auto corpus = Corpus::FromBytes(input, "fuzzed", kCorpusLimits);
  if (corpus.ok()) return HoldWritten(RecordsOf(**corpus, laws), laws);
  auto text = metadata::Decompress(input, "fuzzed", kCorpusLimits.text_bytes_max);
  if (!text.ok()) return;
  const auto database = metadata::PypiDepsDb::FromText(*std::move(text), "fuzzed", kCorpusLimits);
  if (database.ok()) HoldWritten(RecordsOf(**database, laws), laws);
}

}  // namespace accord::fuzz
