// Which files of a version a PyPI request may choose, and in which order. Internal to this folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/interner.h"
#include "check/instant.h"
#include "check/violation.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/version.h"
#include "metadata/record.h"

namespace accord::check {

// Why a version or a file may not be chosen: a violation without its place.
struct Fault {
  ViolationKind kind = ViolationKind::kMissing;
  std::string wish;
  std::string fact;
};

// What texts of Requires-Python say of the environment's Python, each read once.
class PythonTexts {
 public:
  // The version outlives it.
  PythonTexts(const pypi::Version& python, pypi::PythonBounds bounds)
      : python_(python), bounds_(bounds) {}

  // A text that cannot be read, and cannot be repaired, forbids nothing.
  [[nodiscard]] bool Admit(std::string_view requires_python);
  [[nodiscard]] const pypi::Version& python() const { return python_; }

 private:
  const pypi::Version& python_;
  const pypi::PythonBounds bounds_;
  TextMap<bool> admits_;
};

// What the request says of the files of one name. What it points to outlives it.
struct FileRules {
  const pypi::SupportedTags* tags = nullptr;
  PythonTexts* pythons = nullptr;
  std::optional<Instant> newest;  // not there at this time or later; none: no limit
  bool admit_unknown_time = false;
  bool wheels = true;
  bool sdists = true;
  bool hashes_wanted = false;
  std::vector<std::string> hashes;  // "sha256:..."
};

// Errors: InvalidInput if exclude-newer is no point in time.
[[nodiscard]] absl::StatusOr<FileRules> RulesOf(const pypi::ResolveRequest& request,
                                                PythonTexts& pythons, const std::string& name);

struct FilesVerdict {
  std::vector<const metadata::FileRecord*> fitting;  // best first
  std::optional<Fault> fault;                        // why no file, or the lack of any, will do
};

// Of the files of one version. A version without files is one of which nothing is known: it will
// do, unless the request limits ages or hashes.
[[nodiscard]] FilesVerdict JudgeFiles(std::span<const metadata::FileRecord> files,
                                      const FileRules& rules, bool may_be_yanked);

}  // namespace accord::check
