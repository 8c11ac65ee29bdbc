// One record compiled in memory, with the bytes that its facts are a view of.
#pragma once

#include <string>
#include <vector>

#include "metadata/facts.h"
#include "metadata/facts_encode.h"

namespace accord::metadata {

// Immutable; stays where it is made.
class CompiledRecord final : public PackageFacts::FilesSource {
 public:
  CompiledRecord(const PackageRecord& record, const Grammar& grammar);
  CompiledRecord(const CompiledRecord&) = delete;
  CompiledRecord& operator=(const CompiledRecord&) = delete;

  [[nodiscard]] const PackageFacts& facts() const { return facts_; }
  // Whether the records say the same; versions may have come in another order.
  [[nodiscard]] bool SaysTheSame(const CompiledRecord& other) const {
    return name_ == other.name_ && encoded_.facts == other.encoded_.facts &&
           encoded_.files == other.encoded_.files;
  }
  // Of the compiled record's versions, their numbers in the record.
  [[nodiscard]] const std::vector<uint32_t>& version_order() const {
    return encoded_.version_order;
  }
  [[nodiscard]] absl::StatusOr<PackageFiles> ReadFiles(const PackageFacts& facts,
                                                       const FilesAsked& asked) const override;

 private:
  const std::string name_;
  const EncodedFacts encoded_;
  const PackageFacts facts_;
};

}  // namespace accord::metadata
