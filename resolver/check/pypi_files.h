// Which files of a version a PyPI request may choose, and in which order. Internal to this folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
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

// What the request says of the files of one name. What it points to outlives it.
struct FileRules {
  const pypi::SupportedTags* tags = nullptr;
  const pypi::Version* python = nullptr;
  pypi::PythonBounds bounds = pypi::PythonBounds::kHonour;
  std::optional<Instant> newest;  // not there at this time or later; none: no limit
  bool admit_unknown_time = false;
  bool wheels = true;
  bool sdists = true;
  bool hashes_wanted = false;
  std::vector<std::string> hashes;  // "sha256:..."
};

// Errors: InvalidInput if exclude-newer is no point in time.
[[nodiscard]] absl::StatusOr<FileRules> RulesOf(const pypi::ResolveRequest& request,
                                                const pypi::Version& python,
                                                const std::string& name);

// A text that cannot be read, and cannot be repaired, forbids nothing.
[[nodiscard]] bool AdmitsPython(const std::string& requires_python, const FileRules& rules);

struct FilesVerdict {
  std::vector<const metadata::FileRecord*> fitting;  // best first
  std::optional<Fault> fault;                        // why no file, or the lack of any, will do
};

// Of the files of one version. A version without files is one of which nothing is known: it will
// do, unless the request limits ages or hashes.
[[nodiscard]] FilesVerdict JudgeFiles(std::span<const metadata::FileRecord> files,
                                      const FileRules& rules, bool may_be_yanked);

}  // namespace accord::check
