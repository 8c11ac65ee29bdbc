// A repodata document, compressed or not: its packages have names that ascend and records that can
// be written as accord-corpus/1 and are read as the same, and compiling loses nothing of them.
#include "ecosystem/conda/grammar.h"
#include "ecosystem/conda/repodata_document.h"
#include "metadata/compare_records.h"
#include "metadata/compiled_record.h"
#include "metadata/corpus.h"
#include "metadata/corpus_writer.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

constexpr conda::RepodataLimits kRepodataLimits{.document_bytes_max = 1 << 16,
                                                .value_bytes_max = 1 << 14,
                                                .records_max = 64,
                                                .name_bytes_max = 64,
                                                .list_max = 64};

void HoldPackage(const metadata::PackageRecord& package, Laws& laws) {
  static const conda::CondaGrammar grammar;
  const metadata::CompiledRecord compiled(package, grammar);
  const auto back = compiled.facts().ToRecord();
  laws.Hold(back.ok() && metadata::CompareRecord(package, *back).empty(),
            "a compiled record says the same", {package.name});
  metadata::CorpusWriter writer({.ecosystem = "conda"}, /*level=*/1);
  laws.Hold(writer.Add(package).ok(), "a record can be written", {package.name});
  const auto corpus = metadata::Corpus::FromBytes(writer.TakeBytes(), "written");
  if (!corpus.ok()) return;  // a limit: escapes make texts longer
  const auto read = (*corpus)->Find(package.name);
  laws.Hold(read.ok() && *read != nullptr && **read == package, "it is read as the same record",
            {package.name});
}

}  // namespace

void Repodata(std::string_view input, Laws& laws) {
  conda::RepodataTable table("channel");
  const absl::Status status = conda::ReadRepodata(
      metadata::ByteStreamOf(std::string(input), "fuzzed", kRepodataLimits.document_bytes_max),
      "fuzzed", "noarch", kRepodataLimits, table);
  if (!status.ok()) return;
  table.Seal();
  for (size_t i = 0; i < table.package_count(); ++i) {
    laws.Hold(i == 0 || table.NameAt(i - 1) < table.NameAt(i), "names ascend", {table.NameAt(i)});
    HoldPackage(table.PackageAt(i), laws);
  }
}

}  // namespace accord::fuzz
