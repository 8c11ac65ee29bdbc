#include "metadata/acx_verify.h"

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

  static AcxFault Fault(AcxKind kind, std::string_view text) {
    return {.table = kAcxKindNames[static_cast<size_t>(kind)],
            .block = {},
            .from = {},
            .before = {},
            .text = std::string(text)};
  }
  static AcxFault FaultFrom(AcxKind kind, const IndexedBlock& at, std::string_view text) {
    AcxFault fault = Fault(kind, text);
    fault.from = at.from;
    fault.before = at.before;
    return fault;
  }

  std::vector<BlockFound> ReadTable(AcxKind kind) {
    const AcxTable& table = part_.table(kind);
    std::vector<bool>& damaged = damaged_[static_cast<size_t>(kind)];
    damaged.assign(table.index().block_count(), true);
    if (const absl::Status status = table.CheckDictionary(); !status.ok()) {
      result_.faults.push_back(Fault(kind, Message(status)));
      return {};
    }
    for (uint32_t page = 0; page < table.index().page_count(); ++page) {
      const absl::Status status = table.index().CheckPage(page);
      if (status.ok()) continue;
      result_.faults.push_back(FaultFrom(kind, table.index().PageAt(page), Message(status)));
    }
    std::vector<BlockFound> found(damaged.size());
    executor_.ForEach(found.size(), [&](size_t block) {
      const absl::StatusOr<IndexedBlock> at = table.index().At(static_cast<uint32_t>(block));
      if (at.ok()) found[block] = ReadBlock(kind, *at);
    });
    for (size_t block = 0; block < found.size(); ++block) damaged[block] = !found[block].readable;
    return found;
  }

  BlockFound ReadBlock(AcxKind kind, const IndexedBlock& at) const {
    BlockFound found;
    const auto fault = [&](const absl::Status& status) {
      found.faults.push_back(FaultFrom(kind, at, Message(status)));
      found.faults.back().block = at.number;
    };
    const absl::StatusOr<AcxBlock> block = part_.table(kind).ReadBlock(at);
    if (!block.ok()) {
      fault(block.status());
      return found;
    }
    found.readable = true;
    for (const AcxBlock::Entry& entry : block->entries()) {
      if (kind != AcxKind::kFacts) {
        ++found.names_with_files;
      } else if (const absl::Status status = ReadRecord(entry, found); !status.ok()) {
        fault(status);
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
      const auto at = part_.table(kind).index().Find(name);
      if (!at.ok() || (*at && damaged_[static_cast<size_t>(kind)][(*at)->number])) return false;
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
    const auto fault = [&](std::string_view text) {
      result_.faults.push_back(Fault(AcxKind::kFacts, text));
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
