// See corpora.h: describing, asking, verifying and comparing.
#include <filesystem>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/executor.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/pypi/name.h"
#include "engine/corpora.h"
#include "engine/opened_corpus.h"
#include "metadata/acx_part.h"
#include "metadata/corpus_writer.h"

namespace accord::engine {
namespace {

using metadata::AcxKind;
using metadata::AcxPart;
using metadata::RecordSource;

std::string_view FormName(CorpusForm form) {
  switch (form) {
    case CorpusForm::kCompiled:
      return "compiled";
    case CorpusForm::kLines:
      return metadata::kCorpusFormat;
    case CorpusForm::kDepsDb:
      return "pypi-deps-db";
    case CorpusForm::kPages:
      return "index pages";
    case CorpusForm::kRepodata:
      return "repodata";
  }
  return {};
}

absl::StatusOr<CorpusPart> Described(const AcxPart& part) {
  CorpusPart described{.header = part.entry().header,
                       .packages = part.entry().package_count,
                       .versions = part.entry().version_count,
                       .tables = {}};
  for (size_t kind = 0; kind < metadata::kAcxKinds; ++kind) {
    const metadata::AcxTableEntry& entry = part.entry().tables[kind];
    CorpusTable& table = described.tables.emplace_back();
    table.name = metadata::kAcxKindNames[kind];
    const metadata::AcxIndex& index = part.table(static_cast<AcxKind>(kind)).index();
    table.index_bytes = index.bytes();
    table.dictionary_bytes = entry.dictionary_bytes;
    table.blocks = entry.block_count;
    for (uint32_t block = 0; block < entry.block_count; ++block) {
      const absl::StatusOr<metadata::IndexedBlock> at = index.At(block);
      if (!at.ok()) return at.status();
      const absl::StatusOr<uint64_t> raw = part.table(static_cast<AcxKind>(kind)).RawBytes(*at);
      if (!raw.ok()) return raw.status();
      table.stored_bytes += at->entry.bytes;
      table.raw_bytes += *raw;
    }
  }
  return described;
}

// The one that is meant by an ecosystem that may be empty.
absl::Status WrongEcosystem(const CorpusChoice& choice, std::string_view found) {
  return InvalidInput(
      choice.path, Cat("a corpus of ", Quoted(choice.ecosystem), " is wanted, this is of ", found));
}

absl::StatusOr<const AcxPart*> ChosenPart(const OpenedCorpus& corpus, const CorpusChoice& choice) {
  const metadata::AcxFile& file = *corpus.acx();
  if (choice.ecosystem.empty() && file.part_count() == 1) return &file.part(0);
  if (const AcxPart* part = file.FindPart(choice.ecosystem)) return part;
  std::string found;
  for (size_t i = 0; i < file.part_count(); ++i) {
    found += Cat(found.empty() ? "" : ", ", Quoted(file.part(i).ecosystem()));
  }
  if (found.empty()) found = "none";
  if (!choice.ecosystem.empty()) return WrongEcosystem(choice, found);
  return InvalidInput(choice.path, Cat("an ecosystem is wanted, it has parts of ", found));
}

absl::Status HoldEcosystem(const RecordSource& records, const CorpusChoice& choice) {
  if (choice.ecosystem.empty() || choice.ecosystem == records.ecosystem()) return absl::OkStatus();
  return WrongEcosystem(choice, Quoted(records.ecosystem()));
}

absl::StatusOr<std::optional<metadata::PackageRecord>> Asked(const AcxPart* part,
                                                             const RecordSource* records,
                                                             std::string_view name) {
  if (part != nullptr) {
    const absl::StatusOr<const metadata::PackageFacts*> facts = part->Find(name);
    if (!facts.ok()) return facts.status();
    if (*facts == nullptr) return std::nullopt;
    absl::StatusOr<metadata::PackageRecord> record = (**facts).ToRecord();
    if (!record.ok()) return record.status();
    return *std::move(record);
  }
  const absl::StatusOr<const metadata::PackageRecord*> record = records->Find(name);
  if (!record.ok()) return record.status();
  if (*record == nullptr) return std::nullopt;
  return **record;
}

void VerifyRecords(const RecordSource& records, CorpusVerification& verification) {
  for (size_t i = 0; i < records.package_count(); ++i) {
    const absl::StatusOr<metadata::PackageRecord> record = records.ReadAt(i);
    if (!record.ok()) {
      verification.faults.push_back({.ecosystem = std::string(records.ecosystem()),
                                     .block = {},
                                     .text = std::string(Message(record.status()))});
      continue;
    }
    ++verification.packages;
    verification.versions += record->versions.size();
    for (const auto& version : record->versions) verification.files += version.files.size();
  }
}

void VerifyPart(const AcxPart& part, const Executor& executor, CorpusVerification& verification) {
  metadata::AcxVerification of_part = metadata::VerifyAcxPart(part, executor);
  verification.blocks += of_part.blocks;
  verification.packages += of_part.packages;
  verification.versions += of_part.versions;
  verification.files += of_part.files;
  for (metadata::AcxFault& fault : of_part.faults) {
    std::string text = fault.text;
    verification.faults.push_back({.ecosystem = std::string(part.ecosystem()),
                                   .block = std::move(fault),
                                   .text = std::move(text)});
  }
}

// By ecosystem: what the first and the second corpus have of it, or nullptr.
using Pairs = std::map<std::string, std::pair<const RecordSource*, const RecordSource*>>;

void CompareLone(const RecordSource& records, metadata::DifferenceKind kind, size_t differences_max,
                 metadata::RecordComparison& comparison) {
  comparison.difference_count = records.package_count();
  for (size_t i = 0; i < std::min(differences_max, records.package_count()); ++i) {
    comparison.differences.push_back(
        {.kind = kind, .package = std::string(records.NameAt(i)), .version = {}, .text = {}});
  }
}

}  // namespace

absl::StatusOr<CorpusDescription> DescribeCorpus(const std::string& path) {
  const absl::StatusOr<OpenedCorpus> corpus = OpenedCorpus::Open(path);
  if (!corpus.ok()) return corpus.status();
  CorpusDescription description{.path = path,
                                .form = std::string(FormName(corpus->form())),
                                .version = {},
                                .bytes = 0,
                                .parts = {}};
  std::error_code ignored;
  const uintmax_t bytes = std::filesystem::file_size(path, ignored);
  if (!ignored) description.bytes = bytes;
  if (const metadata::AcxFile* file = corpus->acx()) {
    description.version = metadata::kAcxVersion;
    for (size_t i = 0; i < file->part_count(); ++i) {
      absl::StatusOr<CorpusPart> part = Described(file->part(i));
      if (!part.ok()) return part.status();
      description.parts.push_back(*std::move(part));
    }
    return description;
  }
  description.parts.push_back({.header = corpus->records()->header(),
                               .packages = corpus->records()->package_count(),
                               .versions = {},
                               .tables = {}});
  return description;
}

absl::StatusOr<AskedPackages> AskCorpus(const CorpusChoice& choice,
                                        std::span<const std::string> names) {
  const absl::StatusOr<OpenedCorpus> corpus = OpenedCorpus::Open(choice.path);
  if (!corpus.ok()) return corpus.status();
  const AcxPart* part = nullptr;
  AskedPackages asked;
  if (corpus->acx() != nullptr) {
    const absl::StatusOr<const AcxPart*> chosen = ChosenPart(*corpus, choice);
    if (!chosen.ok()) return chosen.status();
    part = *chosen;
    asked.header = part->entry().header;
  } else {
    ACCORD_RETURN_IF_ERROR(HoldEcosystem(*corpus->records(), choice));
    asked.header = corpus->records()->header();
  }
  for (const std::string& name : names) {
    const absl::StatusOr<std::string> normal = NormalName(asked.header.ecosystem, name);
    if (!normal.ok()) return normal.status();
    absl::StatusOr<std::optional<metadata::PackageRecord>> record =
        Asked(part, corpus->records(), *normal);
    if (!record.ok()) return record.status();
    asked.packages.push_back({.name = *normal, .record = *std::move(record)});
  }
  return asked;
}

absl::StatusOr<std::string> NormalName(std::string_view ecosystem, std::string_view name) {
  if (ecosystem == "conda") return conda::LowerText(name);
  if (ecosystem != "pypi") return std::string(name);
  if (pypi::IsValidName(name)) return pypi::NormalizeName(name);
  return InvalidInput("NAME", Cat("a package's name is wanted, found ", Quoted(name)));
}

std::string CorpusLine(const metadata::PackageRecord& record) {
  return metadata::RecordLine(record);
}

absl::StatusOr<CorpusVerification> VerifyCorpus(const std::string& path, size_t jobs) {
  const absl::StatusOr<OpenedCorpus> corpus = OpenedCorpus::Open(path);
  if (!corpus.ok()) return corpus.status();
  CorpusVerification verification{.path = path};
  if (corpus->acx() == nullptr) {
    VerifyRecords(*corpus->records(), verification);
    return verification;
  }
  const Executor executor(jobs);
  for (size_t i = 0; i < corpus->acx()->part_count(); ++i) {
    VerifyPart(corpus->acx()->part(i), executor, verification);
  }
  return verification;
}

absl::StatusOr<std::vector<CorpusComparison>> CompareCorpora(const std::string& first,
                                                             const std::string& second,
                                                             size_t differences_max) {
  absl::StatusOr<OpenedCorpus> corpora[] = {OpenedCorpus::Open(first), OpenedCorpus::Open(second)};
  std::vector<std::unique_ptr<const RecordSource>> owned;
  Pairs pairs;
  for (size_t i = 0; i < 2; ++i) {
    if (!corpora[i].ok()) return corpora[i].status();
    auto parts = corpora[i]->TakeParts();
    if (!parts.ok()) return parts.status();
    for (std::unique_ptr<const RecordSource>& part : *parts) {
      auto& pair = pairs[std::string(part->ecosystem())];
      (i == 0 ? pair.first : pair.second) = part.get();
      owned.push_back(std::move(part));
    }
  }
  std::vector<CorpusComparison> comparisons;
  for (const auto& [ecosystem, pair] : pairs) {
    CorpusComparison& one = comparisons.emplace_back();
    one.ecosystem = ecosystem;
    if (pair.first == nullptr || pair.second == nullptr) {
      const bool in_first = pair.first != nullptr;
      CompareLone(
          in_first ? *pair.first : *pair.second,
          in_first ? metadata::DifferenceKind::kOnlyFirst : metadata::DifferenceKind::kOnlySecond,
          differences_max, one.records);
    } else {
      one.records = metadata::CompareRecords(*pair.first, *pair.second, differences_max);
    }
  }
  return comparisons;
}

}  // namespace accord::engine
