// What somebody has said of PyPI's packages, bit by bit: an index's list of a name's files, then
// the METADATA of single files. An immutable snapshot. A newer one shares with it what did not
// change, so that one costs little even with 100,000 packages. Thread-safe, as constants are.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/shared_names.h"
#include "metadata/compiled_record.h"
#include "metadata/record.h"
#include "model/universe.h"

namespace accord::engine {

// What was said of one file's METADATA: compiled once, for all that read it.
struct PypiMetadata {
  std::unique_ptr<const metadata::CompiledRecord> record;  // of one version; null: not known
  std::string unknown_because;
};

struct PypiVersion {
  std::string version;
  std::vector<std::string> files;  // their names, as listed
};

// The list of a name's files, without any metadata.
struct PypiFiles {
  explicit PypiFiles(const metadata::PackageRecord& record);

  // Oldest first.
  [[nodiscard]] std::vector<PypiVersion> Versions() const;

  const metadata::CompiledRecord record;
  std::vector<std::string> names;  // of the files, sorted
};

// All that was said of one name.
struct PypiPackage {
  std::string name;  // normal
  // Of the list of files: here, absent, or why it cannot be known. Never kPending.
  Knowledge knowledge = Knowledge::kKnown;
  std::string reason;                                                                // kUnavailable
  std::shared_ptr<const PypiFiles> files;                                            // kKnown
  std::map<std::string, std::shared_ptr<const PypiMetadata>, std::less<>> metadata;  // by file
};

// ---- An update. Names in any spelling. `place` is where an entry stands, for messages.

using PypiFileRecord = metadata::FileRecord;

// As records have it: in whole seconds.
[[nodiscard]] std::string PypiUploadTime(std::string_view time);

// PEP 691 and 700: all files of a name. Those that are no wheels and sdists of it are passed over.
struct PypiList {
  std::string package;
  std::vector<PypiFileRecord> files;  // requires_language: what the index says of the file
  std::string place;
};

struct PypiText {
  std::string package;
  std::string file;
  std::string text;                    // METADATA
  bool built = false;                  // of an sdist: that of what was built of it
  std::optional<std::string> unknown;  // instead: why it cannot be known
  std::string place;
};

struct PypiName {
  std::string package;
  std::string reason;  // of those that cannot be known
  std::string place;
};

// A name has one entry at most among put, drop, absent and errors, and each replaces what was said
// of it before, METADATA too. But a list that is said again as it was changes nothing.
struct PypiUpdate {
  std::vector<PypiList> put;
  std::vector<PypiText> metadata;  // of names that are put here or were before
  std::vector<PypiName> drop;      // as if nobody had spoken of it
  std::vector<PypiName> absent;
  std::vector<PypiName> errors;
};

struct PypiLimits {
  size_t packages_max = 1'000'000;
  size_t files_max = 4'000'000;
};

class PypiFacts {
 public:
  // Nobody has spoken yet.
  [[nodiscard]] static std::shared_ptr<const PypiFacts> None();

  // By the normal name. Null: nobody spoke of it.
  [[nodiscard]] const PypiPackage* Find(std::string_view name) const {
    return packages_.Find(name);
  }
  [[nodiscard]] std::shared_ptr<const PypiPackage> Share(std::string_view name) const {
    return packages_.Share(name);
  }
  [[nodiscard]] size_t package_count() const { return packages_.size(); }
  [[nodiscard]] size_t file_count() const { return file_count_; }

 private:
  friend class PypiChange;

  SharedNames<PypiPackage> packages_;
  size_t file_count_ = 0;
};

// By a name in any spelling.
[[nodiscard]] const PypiPackage* FindPackage(const PypiFacts& facts, std::string_view name);

// All of the update or nothing. What is said again as it was stays the same object. METADATA of an
// sdist that may change when it is built (PEP 643) are not known, unless it was built.
//
// Errors, each at an entry's place: InvalidInput for a text that is no name, a name that stands
// twice, METADATA of a file that the name's list has not, that cannot be read or are of another
// package or version; LimitReached.
[[nodiscard]] absl::StatusOr<std::shared_ptr<const PypiFacts>> Apply(const PypiFacts& facts,
                                                                     PypiUpdate update,
                                                                     const PypiLimits& limits = {});

}  // namespace accord::engine
