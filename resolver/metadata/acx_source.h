// One part of a compiled corpus as a source that owns the file.
#pragma once

#include <memory>
#include <string_view>

#include "base/check.h"
#include "metadata/acx_file.h"
#include "metadata/acx_part.h"
#include "metadata/source.h"

namespace accord::metadata {

class AcxSource final : public Source {
 public:
  // The file has a part of this ecosystem.
  AcxSource(std::unique_ptr<const AcxFile> file, std::string_view ecosystem)
      : file_(std::move(file)), part_(file_->FindPart(ecosystem)) {
    ACCORD_CHECK(part_ != nullptr);
  }

  [[nodiscard]] absl::StatusOr<const PackageFacts*> Find(std::string_view name) const override {
    return part_->Find(name);
  }
  [[nodiscard]] absl::StatusOr<std::string> SomeName() const override { return part_->SomeName(); }
  [[nodiscard]] bool complete() const override { return part_->complete(); }
  [[nodiscard]] std::string_view ecosystem() const override { return part_->ecosystem(); }
  [[nodiscard]] std::string_view place() const override { return part_->place(); }

 private:
  const std::unique_ptr<const AcxFile> file_;
  const AcxPart* const part_;
};

}  // namespace accord::metadata
