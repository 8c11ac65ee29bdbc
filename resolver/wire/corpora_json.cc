#include "wire/corpora_json.h"

#include "wire/fields.h"

namespace accord::wire {

using nlohmann::json;

namespace {

namespace corpus_field {
constexpr const char* kPath = "path";
constexpr const char* kForm = "form";
constexpr const char* kFormatVersion = "formatVersion";
constexpr const char* kBytes = "bytes";
constexpr const char* kCpuMs = "cpuMs";
constexpr const char* kParts = "parts";
constexpr const char* kComplete = "complete";
constexpr const char* kSource = "source";
constexpr const char* kRecorded = "recorded";
constexpr const char* kPackages = "packages";
constexpr const char* kTables = "tables";
constexpr const char* kBlocks = "blocks";
constexpr const char* kStoredBytes = "storedBytes";
constexpr const char* kRawBytes = "rawBytes";
constexpr const char* kIndexBytes = "indexBytes";
constexpr const char* kDictionaryBytes = "dictionaryBytes";
constexpr const char* kFaults = "faults";
constexpr const char* kTable = "table";
constexpr const char* kBlock = "block";
constexpr const char* kFrom = "from";
constexpr const char* kBefore = "before";
constexpr const char* kCounts = "counts";
constexpr const char* kCompared = "compared";
constexpr const char* kWith = "with";
constexpr const char* kSame = "same";
constexpr const char* kEcosystems = "ecosystems";
constexpr const char* kDifferences = "differences";
constexpr const char* kDifferenceCount = "differenceCount";
constexpr const char* kAbsent = "absent";
}  // namespace corpus_field

std::string_view DifferenceWord(metadata::DifferenceKind kind) {
  switch (kind) {
    case metadata::DifferenceKind::kOnlyFirst:
      return "onlyHere";
    case metadata::DifferenceKind::kOnlySecond:
      return "onlyThere";
    case metadata::DifferenceKind::kMetadata:
      return "otherMetadata";
    case metadata::DifferenceKind::kFiles:
      return "otherFiles";
    case metadata::DifferenceKind::kUnreadable:
      return "unreadable";
  }
  return {};
}

json KnownOrNull(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

template <class Number>
json NumberOrNull(const std::optional<Number>& number) {
  return number ? json(*number) : json(nullptr);
}

json PartJson(const engine::CorpusPart& part) {
  json tables = json::array();
  for (const engine::CorpusTable& table : part.tables) {
    tables.push_back({{field::kName, table.name},
                      {corpus_field::kBlocks, table.blocks},
                      {corpus_field::kStoredBytes, table.stored_bytes},
                      {corpus_field::kRawBytes, table.raw_bytes},
                      {corpus_field::kIndexBytes, table.index_bytes},
                      {corpus_field::kDictionaryBytes, table.dictionary_bytes}});
  }
  return {{field::kEcosystem, part.header.ecosystem},
          {corpus_field::kComplete, part.header.complete},
          {corpus_field::kSource, KnownOrNull(part.header.source)},
          {corpus_field::kRecorded, KnownOrNull(part.header.recorded)},
          {corpus_field::kPackages, part.packages},
          {field::kVersions, NumberOrNull(part.versions)},
          {corpus_field::kTables, std::move(tables)}};
}

json FaultJson(const engine::CorpusFault& fault) {
  json document = {{field::kEcosystem, fault.ecosystem}, {corpus_field::kTable, nullptr},
                   {corpus_field::kBlock, nullptr},      {corpus_field::kFrom, nullptr},
                   {corpus_field::kBefore, nullptr},     {field::kText, fault.text}};
  if (fault.block) {
    document[corpus_field::kTable] = fault.block->table;
    document[corpus_field::kBlock] = NumberOrNull(fault.block->block);
    document[corpus_field::kFrom] = KnownOrNull(fault.block->from);
    document[corpus_field::kBefore] = KnownOrNull(fault.block->before);
  }
  return document;
}

json ComparedJson(const ComparedCorpus& compared) {
  bool same = true;
  json ecosystems = json::array();
  for (const engine::CorpusComparison& one : compared.comparisons) {
    same = same && one.records.difference_count == 0;
    json differences = json::array();
    for (const metadata::RecordDifference& difference : one.records.differences) {
      differences.push_back({{field::kKind, DifferenceWord(difference.kind)},
                             {field::kPackage, difference.package},
                             {field::kVersion, KnownOrNull(difference.version)},
                             {field::kText, KnownOrNull(difference.text)}});
    }
    ecosystems.push_back({{field::kEcosystem, one.ecosystem},
                          {corpus_field::kPackages, one.records.packages},
                          {corpus_field::kDifferenceCount, one.records.difference_count},
                          {corpus_field::kDifferences, std::move(differences)}});
  }
  return {{corpus_field::kWith, compared.with},
          {corpus_field::kSame, same},
          {corpus_field::kEcosystems, std::move(ecosystems)}};
}

}  // namespace

json CorpusDocument(const engine::CorpusDescription& corpus) {
  json parts = json::array();
  for (const engine::CorpusPart& part : corpus.parts) parts.push_back(PartJson(part));
  return {{field::kSchemaVersion, kSchemaVersion},
          {corpus_field::kPath, corpus.path},
          {corpus_field::kForm, corpus.form},
          {corpus_field::kFormatVersion, NumberOrNull(corpus.version)},
          {corpus_field::kBytes, corpus.bytes == 0 ? json(nullptr) : json(corpus.bytes)},
          {corpus_field::kParts, std::move(parts)}};
}

json WrittenCorpusDocument(const engine::CorpusDescription& corpus, int64_t cpu_ms) {
  json document = CorpusDocument(corpus);
  document[corpus_field::kCpuMs] = cpu_ms;
  return document;
}

json VerifiedCorpusDocument(const engine::CorpusVerification& verification,
                            const std::optional<ComparedCorpus>& compared) {
  json faults = json::array();
  for (const engine::CorpusFault& fault : verification.faults) faults.push_back(FaultJson(fault));
  return {{field::kSchemaVersion, kSchemaVersion},
          {corpus_field::kPath, verification.path},
          {field::kValid, verification.faults.empty()},
          {corpus_field::kFaults, std::move(faults)},
          {corpus_field::kCounts,
           {{corpus_field::kBlocks, verification.blocks},
            {corpus_field::kPackages, verification.packages},
            {field::kVersions, verification.versions},
            {field::kFiles, verification.files}}},
          {corpus_field::kCompared, compared ? ComparedJson(*compared) : json(nullptr)}};
}

json ExportedCorpusDocument(const engine::ExportedCorpus& exported, const std::string& path) {
  return {{field::kSchemaVersion, kSchemaVersion},
          {corpus_field::kPath, path},
          {corpus_field::kPackages, exported.packages},
          {field::kVersions, exported.versions},
          {corpus_field::kAbsent, exported.absent}};
}

}  // namespace accord::wire
