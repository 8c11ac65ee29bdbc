// Compiled corpora and compiled records: any bytes are safe, as a file, as a file whose checksums
// have been made right, as one record, and as its files. What is accepted is compiled again to the
// same facts.
#include <cstring>
#include <string>
#include <utility>

#include "ecosystem/pypi/grammar.h"
#include "metadata/acx_file.h"
#include "metadata/acx_layout.h"
#include "metadata/acx_part.h"
#include "metadata/acx_records.h"
#include "metadata/acx_verify.h"
#include "metadata/checksum.h"
#include "metadata/compare_records.h"
#include "metadata/compiled_record.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using metadata::AcxFile;
using metadata::AcxKind;
using metadata::AcxPart;
using metadata::AcxPreamble;
using metadata::PackageFacts;
using metadata::PackageFiles;
using metadata::PackageRecord;

constexpr size_t kRecordBytesMax = 1 << 20;

// The files of every package are these bytes.
class SomeFiles final : public PackageFacts::FilesSource {
 public:
  SomeFiles(std::string_view names, std::string_view hashes) : names_(names), hashes_(hashes) {}
  absl::StatusOr<PackageFiles> ReadFiles(const PackageFacts& facts,
                                         const metadata::FilesAsked& asked) const override {
    const bool all = asked.detail == metadata::FileDetail::kAll;
    return PackageFiles::Read({.names = names_, .hashes = all ? hashes_ : std::string_view()},
                              {.version_count = facts.version_count(),
                               .metadata_count = facts.metadata_count(),
                               .bytes_max = kRecordBytesMax,
                               .only_version = asked.version});
  }

 private:
  const std::string_view names_;
  const std::string_view hashes_;
};

void HoldRecord(const PackageRecord& record, Laws& laws) {
  static const pypi::PypiGrammar grammar;
  const metadata::CompiledRecord compiled(record, grammar);
  const auto again = compiled.facts().ToRecord();
  laws.Hold(again.ok(), "what was compiled can be read", {record.name});
  if (!again.ok()) return;
  const auto differences = metadata::CompareRecord(record, *again);
  laws.Hold(differences.empty(), "a record that is compiled again says the same",
            {record.name, differences.empty() ? "" : differences[0].version});
  const metadata::CompiledRecord twice(*again, grammar);
  const auto third = twice.facts().ToRecord();
  laws.Hold(third.ok() && *third == *again, "compiling twice changes nothing", {record.name});
}

void HoldFacts(std::string_view input, Laws& laws) {
  // One input is facts, names of files and hashes: two lengths say where the latter two begin.
  uint16_t lengths[2] = {};
  if (input.size() < sizeof lengths) return;
  std::memcpy(lengths, input.data(), sizeof lengths);
  std::string_view rest = input.substr(sizeof lengths);
  const auto take = [&rest](size_t length) {
    const std::string_view taken = rest.substr(0, length);
    rest.remove_prefix(taken.size());
    return taken;
  };
  const std::string_view bytes = take(lengths[0]);
  const std::string_view names = take(lengths[1]);
  const SomeFiles files(names, rest);
  for (const std::string_view whole : {bytes, input}) {
    const auto facts = PackageFacts::Read("fuzzed", whole, &files);
    if (!facts.ok()) continue;
    laws.Hold(facts->ordered_count() <= facts->version_count(), "ordered versions are versions",
              {whole});
    for (uint32_t v = 0; v < facts->version_count(); ++v) {
      laws.Hold(facts->metadata_of(v).value_or(0) <= facts->metadata_count(),
                "what a version needs stands in its facts",
                {facts->version(v), facts->unknown_because(v)});
    }
    const auto record = facts->ToRecord(kRecordBytesMax);
    if (record.ok()) HoldRecord(*record, laws);
  }
}

void HoldFile(std::string_view input, Laws& laws) {
  const auto file = AcxFile::FromBytes(input, "fuzzed");
  if (!file.ok()) return;
  for (size_t i = 0; i < (*file)->part_count(); ++i) {
    const AcxPart& part = (*file)->part(i);
    laws.Hold((*file)->FindPart(part.ecosystem()) == &part, "a part is found by its ecosystem",
              {part.ecosystem()});
    for (const std::string_view name : {"", "a", "flask", "\xFF"}) {
      const auto facts = part.Find(name);
      if (facts.ok() && *facts != nullptr) {
        laws.Hold((**facts).name() == name, "facts are found by their name", {name});
      }
    }
    const auto verification = metadata::VerifyAcxPart(part, Executor(1));
    const auto records = metadata::AcxRecords::Open(part);
    if (!records.ok()) {
      laws.Hold(!verification.faults.empty(), "what cannot be read is told by verifying", {});
      continue;
    }
    std::string_view last;
    for (size_t position = 0; position < (*records)->package_count(); ++position) {
      const std::string_view name = (*records)->NameAt(position);
      laws.Hold(position == 0 || last < name, "names ascend", {last, name});
      last = name;
      const auto record = (*records)->ReadAt(position);
      laws.Hold(record.ok() || !verification.faults.empty(), "what is damaged is told", {name});
      if (record.ok()) HoldRecord(*record, laws);
    }
  }
}

// With the checksum of preamble and directory made right, and the sizes that it says.
std::string Resealed(std::string_view input) {
  std::string bytes(input);
  AcxPreamble preamble;
  if (bytes.size() < sizeof preamble) return bytes;
  std::memcpy(&preamble, bytes.data(), sizeof preamble);
  preamble.file_bytes = bytes.size();
  if (preamble.directory_offset > bytes.size()) preamble.directory_offset = sizeof preamble;
  preamble.directory_bytes =
      static_cast<uint32_t>(bytes.size() - static_cast<size_t>(preamble.directory_offset));
  std::memcpy(bytes.data(), &preamble, sizeof preamble);
  const std::string_view all = bytes;
  preamble.checksum = metadata::Xxh3(
      {all.substr(0, metadata::kAcxCheckedPreambleBytes), all.substr(preamble.directory_offset)});
  std::memcpy(bytes.data(), &preamble, sizeof preamble);
  return bytes;
}

}  // namespace

void Compiled(std::string_view input, Laws& laws) {
  HoldFile(input, laws);
  HoldFile(Resealed(input), laws);
  HoldFacts(input, laws);
}

}  // namespace accord::fuzz
