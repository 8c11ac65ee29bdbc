#include "cli/corpus_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"

namespace accord::cli {
namespace {

constexpr size_t kFaultsShownMax = 100;

std::string Counted(uint64_t count, std::string_view noun) {
  return Cat(count, " ", noun, count == 1 ? "" : "s");
}

// One decimal: of 34567 ms "34.5".
std::string Tenths(uint64_t thousandths) {
  return Cat(thousandths / 1000, ".", thousandths % 1000 / 100);
}

// Safe to print, without quotes around it.
std::string Printable(std::string_view text) {
  const std::string quoted = Quoted(text, 4 * text.size() + 1);
  return quoted.substr(1, quoted.size() - 2);
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += Cat(joined.empty() ? "" : ", ", Printable(text));
  return joined;
}

std::string Right(std::string_view text, size_t width) {
  return Cat(std::string(width - std::min(width, text.size()), ' '), text);
}

std::string TableText(const engine::CorpusTable& table) {
  const std::string ratio =
      table.stored_bytes == 0 ? "-" : Tenths(1000 * table.raw_bytes / table.stored_bytes);
  std::string name = table.name;
  name.resize(10, ' ');
  return Cat("  ", name, Right(std::to_string(table.blocks), 8),
             Right(std::to_string(table.stored_bytes), 12),
             Right(std::to_string(table.raw_bytes), 12), Right(ratio, 7),
             Right(std::to_string(table.index_bytes), 10),
             Right(std::to_string(table.dictionary_bytes), 12), "\n");
}

std::string PartText(const engine::CorpusPart& part) {
  const metadata::CorpusHeader& header = part.header;
  std::string text = Cat(header.ecosystem, ": ", Counted(part.packages, "package"));
  if (part.versions) text += Cat(", ", Counted(*part.versions, "version"));
  text += header.complete ? ", complete: what is not here does not exist\n"
                          : ", not complete: what is not here is unknown\n";
  if (!header.source.empty()) text += Cat("  source    ", Printable(header.source), "\n");
  if (!header.recorded.empty()) text += Cat("  recorded  ", Printable(header.recorded), "\n");
  if (part.tables.empty()) return text;
  text += Cat("  table     ", Right("blocks", 8), Right("stored", 12), Right("raw", 12),
              Right("ratio", 7), Right("index", 10), Right("dictionary", 12), "\n");
  for (const engine::CorpusTable& table : part.tables) text += TableText(table);
  return text;
}

// Of a build its file's name says more than that it has one.
std::string FilesText(const metadata::VersionRecord& version) {
  const auto yanked = static_cast<uint64_t>(
      std::ranges::count_if(version.files, [](const auto& file) { return file.yanked; }));
  const bool is_build = !version.attributes.empty() && version.files.size() == 1;
  std::string text =
      is_build ? Printable(version.files[0].name) : Counted(version.files.size(), "file");
  if (yanked > 0) text += Cat(", ", yanked, " yanked");
  return text;
}

std::string NeedsText(const metadata::PackageRecord& record, const metadata::VersionRecord& one) {
  if (!one.metadata) return Cat("    unknown: ", Printable(one.unknown_because), "\n");
  const metadata::MetadataRecord& metadata = record.metadata[*one.metadata];
  std::string text;
  if (!metadata.requires_language.empty()) {
    text += Cat("    on        ", Printable(metadata.requires_language), "\n");
  }
  if (!metadata.extras.empty()) text += Cat("    extras    ", Joined(metadata.extras), "\n");
  for (const std::string& requirement : metadata.requirements) {
    text += Cat("    requires  ", Printable(requirement), "\n");
  }
  return text.empty() ? "    requires  nothing\n" : text;
}

std::string RecordText(const metadata::PackageRecord& record) {
  std::string text = Cat(record.name, ": ", Counted(record.versions.size(), "version"), "\n");
  std::string line;
  for (size_t i = 0; i < record.versions.size(); ++i) {
    const metadata::VersionRecord& version = record.versions[i];
    line += Cat(line.empty() ? "  " : ", ", Printable(version.version));
    if (!version.files.empty()) line += Cat(" (", FilesText(version), ")");
    const std::string needs = NeedsText(record, version);
    const bool is_last = i + 1 == record.versions.size();
    if (!is_last && NeedsText(record, record.versions[i + 1]) == needs) continue;
    text += Cat(line, "\n", needs);
    line.clear();
  }
  return text;
}

std::string FaultText(const engine::CorpusFault& fault) {
  if (!fault.block || fault.block->from.empty()) return Cat("  ", fault.text, "\n");
  const std::string& before = fault.block->before;
  return Cat(
      "  ", fault.text,
      before.empty() ? "; names to the end\n" : Cat("; names before ", Quoted(before), "\n"));
}

std::string DifferenceText(const metadata::RecordDifference& difference, const std::string& with) {
  std::string text = Cat("  ", Printable(difference.package));
  if (!difference.version.empty()) text += Cat(" ", Printable(difference.version));
  const bool of_a_file =
      difference.kind != metadata::DifferenceKind::kUnreadable && !difference.text.empty();
  if (of_a_file) text += Cat(" (", Printable(difference.text), ")");
  switch (difference.kind) {
    case metadata::DifferenceKind::kOnlyFirst:
      return Cat(text, ": not in ", with, "\n");
    case metadata::DifferenceKind::kOnlySecond:
      return Cat(text, ": only in ", with, "\n");
    case metadata::DifferenceKind::kMetadata:
      return Cat(text, ": needs something else\n");
    case metadata::DifferenceKind::kFiles:
      return Cat(text, ": has other files\n");
    case metadata::DifferenceKind::kUnreadable:
      return Cat(text, ": cannot be read: ", difference.text, "\n");
  }
  return text;
}

}  // namespace

std::string WrittenText(const engine::CorpusDescription& written, int64_t cpu_ms) {
  uint64_t packages = 0;
  uint64_t versions = 0;
  for (const engine::CorpusPart& part : written.parts) {
    packages += part.packages;
    versions += part.versions.value_or(0);
  }
  return Cat(written.path, ": ", Counted(packages, "package"), ", ", Counted(versions, "version"),
             ", ", written.bytes, " bytes, ", Tenths(static_cast<uint64_t>(cpu_ms)), " s of CPU\n");
}

std::string DescribedText(const engine::CorpusDescription& description) {
  std::string text = Cat(description.path, ": ", description.form);
  if (description.version) text += Cat(", version ", *description.version);
  if (description.bytes > 0) text += Cat(", ", description.bytes, " bytes");
  text += "\n";
  for (const engine::CorpusPart& part : description.parts) text += PartText(part);
  return text;
}

std::string AskedText(const engine::AskedPackages& asked) {
  std::string text;
  for (const engine::AskedPackage& package : asked.packages) {
    if (package.record) {
      text += RecordText(*package.record);
    } else {
      text += Cat(package.name, asked.header.complete ? ": does not exist\n" : ": is not there\n");
    }
  }
  return text;
}

std::string VerifiedText(const engine::CorpusVerification& verification) {
  std::string read =
      Cat(Counted(verification.packages, "package"), ", ",
          Counted(verification.versions, "version"), ", ", Counted(verification.files, "file"));
  if (verification.blocks > 0) read = Cat(Counted(verification.blocks, "block"), ", ", read);
  if (verification.faults.empty()) return Cat(verification.path, ": undamaged: ", read, "\n");
  std::string text = Cat(verification.path, ": ", Counted(verification.faults.size(), "fault"),
                         "; readable: ", read, "\n");
  const size_t shown = std::min(kFaultsShownMax, verification.faults.size());
  for (size_t i = 0; i < shown; ++i) text += FaultText(verification.faults[i]);
  const size_t rest = verification.faults.size() - shown;
  return rest == 0 ? text : Cat(text, "  and ", rest, " more\n");
}

std::string ComparedText(const std::vector<engine::CorpusComparison>& comparisons,
                         const std::string& with) {
  std::string text;
  for (const engine::CorpusComparison& one : comparisons) {
    const metadata::RecordComparison& records = one.records;
    if (records.difference_count == 0) {
      text += Cat(one.ecosystem, ": the same facts of ", Counted(records.packages, "package"),
                  " as in ", with, "\n");
      continue;
    }
    text += Cat(one.ecosystem, ": ", Counted(records.difference_count, "difference"), " from ",
                with, ", ", Counted(records.packages, "package"), " in both\n");
    for (const metadata::RecordDifference& difference : records.differences) {
      text += DifferenceText(difference, with);
    }
    const uint64_t rest = records.difference_count - records.differences.size();
    if (rest > 0) text += Cat("  and ", rest, " more\n");
  }
  return text;
}

}  // namespace accord::cli
