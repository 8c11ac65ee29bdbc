// A compiled corpus, opened: one memory-mapped file with a part for each ecosystem in it. Opening
// looks at the directory and the indexes; facts are decompressed when they are asked for.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/acx_layout.h"
#include "metadata/corpus_header.h"
#include "metadata/source.h"

namespace accord::metadata {

class AcxPart;

// Immutable; any number of threads.
class AcxFile {
 public:
  // Errors: Missing if the file is not there or damaged, InvalidInput if it is no compiled corpus
  // or of another version, LimitReached.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxFile>> Open(const std::string& path);
  // The same for bytes in memory, which outlive it; `place` names them in messages.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxFile>> FromBytes(
      std::string_view bytes, std::string place);
  ~AcxFile();

  [[nodiscard]] size_t part_count() const { return parts_.size(); }
  [[nodiscard]] const AcxPart& part(size_t i) const { return *parts_[i]; }
  // The part of this ecosystem, or nullptr.
  [[nodiscard]] const AcxPart* FindPart(std::string_view ecosystem) const;
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] size_t size() const;

 private:
  struct Mapping;
  AcxFile(std::unique_ptr<Mapping> mapping, std::string place);
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxFile>> Read(
      std::unique_ptr<Mapping> mapping, std::string place);

  const std::unique_ptr<Mapping> mapping_;
  const std::string place_;
  std::vector<std::unique_ptr<const AcxPart>> parts_;
};

// Whether a file begins as a compiled corpus does; false for what cannot be read.
[[nodiscard]] bool IsAcxFile(const std::string& path);

}  // namespace accord::metadata
