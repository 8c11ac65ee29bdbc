// Corpora as files: building, merging, describing, asking, verifying, comparing and writing them
// out, in whatever form they are: compiled (.acx), accord-corpus/1, pypi-deps-db JSON lines, a
// folder of index pages, or a conda channel (docs/corpus-format.md). So that a face needs no
// metadata of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "metadata/acx_verify.h"
#include "metadata/compare_records.h"
#include "metadata/corpus_header.h"
#include "metadata/record.h"

namespace accord::engine {

// ---- Writing compiled corpora.

// Called now and then, from the calling thread: packages of the ecosystem that are done.
using CorpusProgress = std::function<void(std::string_view ecosystem, size_t done, size_t of)>;

struct CorpusWrite {
  std::vector<std::string> inputs;  // of a name the first that has it counts
  std::string output;
  std::string channel;  // of inputs that are conda channels; empty: as their folders are called
  std::optional<int> level;  // zstd's, 1 to 22; none: what suits the ecosystem
  size_t jobs = 0;           // threads; 0: as many as there are cores
};

// What a header says instead of what its inputs say.
struct CorpusHeaderWishes {
  std::string ecosystem = "pypi";
  std::optional<std::string> source;
  std::optional<std::string> recorded;
  std::optional<bool> complete;
};

struct CorpusTable {
  std::string name;
  uint64_t index_bytes = 0;
  uint64_t dictionary_bytes = 0;
  uint64_t blocks = 0;
  uint64_t stored_bytes = 0;  // of all blocks
  uint64_t raw_bytes = 0;     // decompressed
};

struct CorpusPart {
  metadata::CorpusHeader header;
  uint64_t packages = 0;
  std::optional<uint64_t> versions;  // none: not counted
  std::vector<CorpusTable> tables;   // of a compiled corpus
};

struct CorpusDescription {
  std::string path;
  std::string form;                 // "compiled", "accord-corpus/1", "pypi-deps-db", "index pages",
                                    // "repodata"
  std::optional<uint32_t> version;  // of the compiled form
  uint64_t bytes = 0;               // of the file; 0: a folder
  std::vector<CorpusPart> parts;
};

// One part from all inputs, which are of the wished ecosystem. Errors: InvalidInput, also for an
// ecosystem that cannot be compiled, and if the output cannot be written; Missing; LimitReached.
[[nodiscard]] absl::StatusOr<CorpusDescription> BuildCorpus(const CorpusWrite& write,
                                                            const CorpusHeaderWishes& wishes,
                                                            const CorpusProgress& progress);

// One part an ecosystem, in the order of their first inputs; complete only if all inputs of an
// ecosystem are. Errors: as BuildCorpus.
[[nodiscard]] absl::StatusOr<CorpusDescription> MergeCorpora(const CorpusWrite& write,
                                                             const CorpusProgress& progress);

// ---- Reading corpora of any form.

// Errors: InvalidInput, Missing, LimitReached: it cannot be opened.
[[nodiscard]] absl::StatusOr<CorpusDescription> DescribeCorpus(const std::string& path);

// The part of an ecosystem; empty: the only one there is. Errors where there is no such part, or
// several: InvalidInput.
struct CorpusChoice {
  std::string path;
  std::string ecosystem;
};

// Errors: InvalidInput for a text that is no name of this ecosystem.
[[nodiscard]] absl::StatusOr<std::string> NormalName(std::string_view ecosystem,
                                                     std::string_view name);

struct AskedPackage {
  std::string name;                               // normal
  std::optional<metadata::PackageRecord> record;  // none: it is not there
};

struct AskedPackages {
  metadata::CorpusHeader header;
  std::vector<AskedPackage> packages;  // as asked
};

// Names in any spelling. Errors: InvalidInput for a text that is no name; else as DescribeCorpus.
[[nodiscard]] absl::StatusOr<AskedPackages> AskCorpus(const CorpusChoice& corpus,
                                                      std::span<const std::string> names);

// The accord-corpus/1 line of a record, without a line end.
[[nodiscard]] std::string CorpusLine(const metadata::PackageRecord& record);

// What is wrong with one place of a corpus.
struct CorpusFault {
  std::string ecosystem;
  std::optional<metadata::AcxFault> block;  // of a compiled corpus
  std::string text;
};

struct CorpusVerification {
  std::string path;
  std::vector<CorpusFault> faults;
  uint64_t blocks = 0;  // of a compiled corpus, those that could be read
  uint64_t packages = 0;
  uint64_t versions = 0;
  uint64_t files = 0;
};

// Reads everything and goes on behind what is damaged. Errors: as DescribeCorpus.
[[nodiscard]] absl::StatusOr<CorpusVerification> VerifyCorpus(const std::string& path, size_t jobs);

struct CorpusComparison {
  std::string ecosystem;
  metadata::RecordComparison records;
};

// One for each ecosystem of either. Errors: as DescribeCorpus, also for damaged blocks.
[[nodiscard]] absl::StatusOr<std::vector<CorpusComparison>> CompareCorpora(
    const std::string& first, const std::string& second, size_t differences_max);

struct ExportedCorpus {
  uint64_t packages = 0;
  uint64_t versions = 0;
  std::vector<std::string> absent;  // of the names that were asked for, normal
};

// Writes accord-corpus/1: all packages, or those of these names. Errors: as DescribeCorpus;
// InvalidInput if the output cannot be written.
[[nodiscard]] absl::StatusOr<ExportedCorpus> ExportCorpus(const CorpusChoice& corpus,
                                                          std::span<const std::string> names,
                                                          const std::string& output);

}  // namespace accord::engine
