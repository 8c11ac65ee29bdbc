// Opens the files a request's facts come from, so that a face needs no metadata of its own.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/source.h"

namespace accord::engine {

// One corpus of any form: compiled (`.acx`), accord-corpus/1, pypi-deps-db, or a folder of index
// pages (docs/corpus-format.md). Errors: InvalidInput, also if it has nothing of this ecosystem or
// Accord does not know it; Missing; LimitReached; each with the file's path.
[[nodiscard]] absl::StatusOr<std::unique_ptr<const metadata::Source>> OpenSource(
    const std::string& path, std::string_view ecosystem);

// A compiled one. Errors: the same, also for a corpus of another form.
[[nodiscard]] absl::StatusOr<std::unique_ptr<const metadata::Source>> OpenCompiled(
    const std::string& path, std::string_view ecosystem);

// Open corpora, in the order given: of a name the first that has it counts.
class Sources {
 public:
  // Errors: as OpenSource.
  [[nodiscard]] static absl::StatusOr<Sources> Open(std::span<const std::string> paths,
                                                    std::string_view ecosystem);

  [[nodiscard]] std::span<const metadata::Source* const> all() const { return pointers_; }

  // Only these from now on, in this order: indices into all().
  void Choose(std::span<const size_t> chosen);

 private:
  std::vector<std::unique_ptr<const metadata::Source>> owned_;
  std::vector<const metadata::Source*> pointers_;
};

}  // namespace accord::engine
