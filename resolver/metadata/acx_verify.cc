#include "metadata/acx_verify.h"

#include <utility>

#include "base/error.h"
#include "metadata/acx_recent.h"

namespace accord::metadata {
namespace {

class Verification {
 public:
  Verification(const AcxPart& part, const Executor& executor)
      : part_(part), executor_(executor), files_(part) {}

  AcxVerification Run() {
    std::array<std::vector<BlockFound>, kAcxKinds> found;
    // The facts come last: which files can be read is known then.
    for (const AcxKind kind : {AcxKind::kHashes, AcxKind::kFiles, AcxKind::kFacts}) {
      found[static_cast<size_t>(kind)] = ReadTable(kind);
    }
    for (size_t kind = 0; kind < kAcxKinds; ++kind) {
      for (BlockFound& block : found[kind]) Take(static_cast<AcxKind>(kind), std::move(block));
    }
    if (result_.faults.empty()) HoldCounts();
    return std::move(result_);
  }

 private:
  struct BlockFound {
    std::vector<AcxFault> faults;
    bool readable = false;
    uint64_t packages = 0;
    uint64_t versions = 0;
    uint64_t files = 0;
    uint64_t names_with_files = 0;  // of facts: those that say so; of other tables: all
  };

  AcxFault Fault(AcxKind kind, uint32_t block, std::string_view text) const {
    const AcxTable& table = part_.table(kind);
    const bool has_next = block + 1 < table.block_count();
    return {.table = kAcxKindNames[static_cast<size_t>(kind)],
            .block = block,
            .from = std::string(table.FirstName(block)),
            .before = std::string(has_next ? table.FirstName(block + 1) : std::string_view()),
            .text = std::string(text)};
  }

  std::vector<BlockFound> ReadTable(AcxKind kind) {
    const AcxTable& table = part_.table(kind);
    std::vector<bool>& damaged = damaged_[static_cast<size_t>(kind)];
    damaged.assign(table.block_count(), false);
    if (const absl::Status status = table.CheckDictionary(); !status.ok()) {
      damaged.assign(table.block_count(), true);
      result_.faults.push_back({.table = kAcxKindNames[static_cast<size_t>(kind)],
                                .block = {},
                                .from = {},
                                .before = {},
                                .text = std::string(Message(status))});
      return {};
    }
    std::vector<BlockFound> found(table.block_count());
    executor_.ForEach(found.size(), [&](size_t block) {
      found[block] = ReadBlock(kind, static_cast<uint32_t>(block));
    });
    for (size_t block = 0; block < found.size(); ++block) damaged[block] = !found[block].readable;
    return found;
  }

  BlockFound ReadBlock(AcxKind kind, uint32_t number) const {
    BlockFound found;
    const absl::StatusOr<AcxBlock> block = part_.table(kind).ReadBlock(number);
    if (!block.ok()) {
      found.faults.push_back(Fault(kind, number, Message(block.status())));
      return found;
    }
    found.readable = true;
    for (const AcxBlock::Entry& entry : block->entries()) {
      if (kind != AcxKind::kFacts) {
        ++found.names_with_files;
      } else if (const absl::Status status = ReadRecord(entry, found); !status.ok()) {
        found.faults.push_back(Fault(kind, number, Message(status)));
      }
    }
    return found;
  }

  absl::Status ReadRecord(const AcxBlock::Entry& entry, BlockFound& found) const {
    const absl::StatusOr<PackageFacts> facts = PackageFacts::Read(entry.name, entry.bytes, &files_);
    if (!facts.ok()) return facts.status();
    ++found.packages;
    found.versions += facts->version_count();
    if (facts->has_files()) ++found.names_with_files;
    if (facts->has_files() && !FilesAreReadable(entry.name)) return absl::OkStatus();
    const absl::StatusOr<PackageRecord> record = facts->ToRecord();
    if (!record.ok()) return At(Cat("package ", Quoted(entry.name)), record.status());
    for (const VersionRecord& version : record->versions) found.files += version.files.size();
    return absl::OkStatus();
  }

  // If not, their blocks' faults are told already.
  bool FilesAreReadable(std::string_view name) const {
    for (const AcxKind kind : {AcxKind::kFiles, AcxKind::kHashes}) {
      const std::optional<uint32_t> block = part_.table(kind).BlockFor(name);
      if (block && damaged_[static_cast<size_t>(kind)][*block]) return false;
    }
    return true;
  }

  void Take(AcxKind kind, BlockFound block) {
    for (AcxFault& fault : block.faults) result_.faults.push_back(std::move(fault));
    result_.blocks += block.readable ? 1 : 0;
    result_.packages += block.packages;
    result_.versions += block.versions;
    result_.files += block.files;
    names_with_files_[static_cast<size_t>(kind)] += block.names_with_files;
  }

  void HoldCounts() {
    const auto fault = [&](std::string text) {
      result_.faults.push_back({.table = kAcxKindNames[0],
                                .block = {},
                                .from = {},
                                .before = {},
                                .text = std::move(text)});
    };
    const AcxPartEntry& entry = part_.entry();
    if (result_.packages != entry.package_count || result_.versions != entry.version_count) {
      fault(Cat(entry.package_count, " packages and ", entry.version_count,
                " versions are expected, found ", result_.packages, " and ", result_.versions));
    }
    if (names_with_files_[0] != names_with_files_[1] ||
        names_with_files_[0] != names_with_files_[2]) {
      fault("files of packages that are not there, or have none");
    }
  }

  const AcxPart& part_;
  const Executor& executor_;
  const RecentFiles files_;
  std::array<std::vector<bool>, kAcxKinds> damaged_;
  std::array<uint64_t, kAcxKinds> names_with_files_{};
  AcxVerification result_;
};

}  // namespace

AcxVerification VerifyAcxPart(const AcxPart& part, const Executor& executor) {
  return Verification(part, executor).Run();
}

}  // namespace accord::metadata
