#include "metadata/compiled_record.h"

#include <utility>

#include "base/check.h"

namespace accord::metadata {
namespace {

PackageFacts ReadBack(const std::string& name, const EncodedFacts& encoded,
                      const PackageFacts::FilesSource* files) {
  absl::StatusOr<PackageFacts> facts = PackageFacts::Read(name, encoded.facts, files);
  ACCORD_CHECK(facts.ok());
  return *std::move(facts);
}

}  // namespace

CompiledRecord::CompiledRecord(const PackageRecord& record, const Grammar& grammar)
    : name_(record.name),
      encoded_(EncodeFacts(record, grammar)),
      facts_(ReadBack(name_, encoded_, this)) {}

absl::StatusOr<PackageFiles> CompiledRecord::ReadFiles(const PackageFacts& facts,
                                                       const FilesAsked& asked) const {
  const bool all = asked.detail == FileDetail::kAll;
  return PackageFiles::Read(
      {.names = encoded_.files.names,
       .hashes = all ? std::string_view(encoded_.files.hashes) : std::string_view()},
      {.version_count = facts.version_count(),
       .metadata_count = facts.metadata_count(),
       .only_version = asked.version});
}

}  // namespace accord::metadata
