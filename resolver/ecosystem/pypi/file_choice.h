// Which files of a version a request may use, and which of them is best: by kind and tags (PEP
// 425), Requires-Python, age, yanking (PEP 592), hashes and the binary policy. Decided from the
// request and the file's record alone; which versions that leaves is admission.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ecosystem/pypi/python_bounds.h"
#include "ecosystem/pypi/request.h"
#include "metadata/record.h"

namespace accord::pypi {

// Why a file is out. Later ones passed the tests of the earlier ones: of a version without a usable
// file the latest tells best what is missing.
enum class FileFault : uint8_t {
  kNone,
  kUnusable,        // no wheel and no sdist, or a wheel whose name cannot be read
  kOnlyBinary,      // an sdist, and only wheels are wanted
  kNoBinary,        // a wheel, and only sdists are wanted
  kTags,            // a wheel for other targets
  kNewer,           // uploaded too late
  kNoUploadTime,    // nobody knows when it was uploaded, and that counts as too late
  kHash,            // its hash is not among those that are allowed, or not known
  kRequiresPython,  // its own Requires-Python excludes the target
  kYanked,
};

// What the request says of the files of one name.
struct FilePolicy {
  bool only_binary = false;
  bool no_binary = false;
  std::optional<absl::Time> before;  // what was uploaded then or later is out
  bool admit_unknown_time = false;
  bool hashes_count = false;                // only these
  absl::flat_hash_set<std::string> sha256;  // lower case
};

struct FileVerdict {
  FileFault fault = FileFault::kNone;
  bool wheel = false;
  uint32_t rank = 0;  // of a wheel's tags, 0 best
};

// The files of one version after judgement.
struct FileChoice {
  std::vector<FileVerdict> verdicts;  // one per file, in the record's order
  std::vector<uint32_t> best_first;   // positions of the files that are in
  // Of the file that came furthest, if none is in: valid exactly then.
  FileFault fault = FileFault::kNone;
  uint32_t closest = 0;
};

// Not thread-safe.
class FileChooser {
 public:
  // Errors: InvalidInput if an instant or a hash of the request cannot be read. Both outlive the
  // chooser.
  [[nodiscard]] static absl::StatusOr<FileChooser> Make(const ResolveRequest& request,
                                                        FactTexts& texts);

  [[nodiscard]] FilePolicy PolicyOf(std::string_view name) const;
  // `pinned`: the request admits the version though it be yanked.
  [[nodiscard]] FileChoice Choose(std::span<const metadata::FileRecord> files,
                                  const FilePolicy& policy, bool pinned);
  // What the policy has against a version of which no file is known.
  [[nodiscard]] static FileFault FaultWithoutFiles(const FilePolicy& policy);
  [[nodiscard]] PythonBoundsReader& python() { return python_; }

 private:
  FileChooser(const ResolveRequest& request, FactTexts& texts)
      : request_(&request), python_(request, texts) {}
  [[nodiscard]] FileVerdict Judge(const metadata::FileRecord& file, const FilePolicy& policy,
                                  bool pinned);

  const ResolveRequest* request_;
  PythonBoundsReader python_;
};

// RFC 3339 in UTC, e.g. 2024-01-01T00:00:00Z. None if the text is no such instant.
[[nodiscard]] std::optional<absl::Time> ParseInstant(std::string_view text);

}  // namespace accord::pypi
