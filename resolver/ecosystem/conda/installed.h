// What an environment has: the records of DIR/conda-meta/*.json as a source of facts, and what was
// asked for of DIR/conda-meta/history. Nothing is written there.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/history.h"
#include "metadata/compiled_record.h"
#include "metadata/source.h"

namespace accord::conda {

struct InstalledLimits {
  size_t record_bytes_max = size_t{64} << 20;  // one lists the files of its package
  size_t history_bytes_max = size_t{64} << 20;
  size_t records_max = 65'536;
  size_t specs_max = 1 << 20;  // of a history
};

// The texts of an environment, each with its path.
struct EnvironmentFile {
  std::string path;
  std::string text;
};
struct EnvironmentTexts {
  std::vector<EnvironmentFile> records;  // the path ends with "NAME-VERSION-BUILD.json"
  EnvironmentFile history;               // may have no text
};

// One record a name, each with a version that can be read, so that each can be a candidate. Its
// channel is a URL or a name as its JSON has it, without subdir and credentials.
//
// Immutable; any number of threads.
class Installed final : public metadata::Source {
 public:
  // Errors: Missing with the file's path, and in a record its JSON pointer: no conda-meta, a file
  // that cannot be read, a field of the wrong kind; InvalidInput: two records of one name, a
  // name that no channel can have, a version or a specifier that cannot be read; LimitReached.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const Installed>> Open(
      const std::string& prefix, const InstalledLimits& limits = {});
  // The same of texts in memory.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const Installed>> Read(
      const EnvironmentTexts& texts, std::string place, const InstalledLimits& limits = {});

  // Sorted.
  [[nodiscard]] std::span<const std::string> names() const { return names_; }
  // What somebody asked for and is there, sorted by name: as the history says (history.h), or where
  // it asks for nothing, as the records themselves do (`requested_spec`).
  [[nodiscard]] std::span<const AskedSpec> asked() const { return asked_; }

  // Facts of one record.
  [[nodiscard]] absl::StatusOr<const metadata::PackageFacts*> Find(
      std::string_view name) const override;
  [[nodiscard]] bool complete() const override { return true; }
  [[nodiscard]] std::string_view ecosystem() const override { return "conda"; }
  [[nodiscard]] std::string_view place() const override { return place_; }

 private:
  class Reader;

  explicit Installed(std::string place) : place_(std::move(place)) {}

  const std::string place_;
  std::vector<std::string> names_;
  std::vector<AskedSpec> asked_;
  std::map<std::string, std::unique_ptr<const metadata::CompiledRecord>, std::less<>> records_;
};

}  // namespace accord::conda
