// Opens the files a request's facts come from, so that a face needs no metadata of its own.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/source.h"

namespace accord::engine {

// Open corpora, in the order given: of a name the first that has it counts.
class Sources {
 public:
  // accord-corpus/1 or pypi-deps-db files (docs/corpus-format.md). Errors: InvalidInput, also if a
  // file is of another ecosystem; Missing; LimitReached; each with the file's path.
  [[nodiscard]] static absl::StatusOr<Sources> Open(std::span<const std::string> paths,
                                                    std::string_view ecosystem);

  [[nodiscard]] std::span<const metadata::Source* const> all() const { return pointers_; }

 private:
  std::vector<std::unique_ptr<const metadata::Source>> owned_;
  std::vector<const metadata::Source*> pointers_;
};

}  // namespace accord::engine
