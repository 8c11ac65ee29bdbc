// Finds the lines of a text by the name that each begins with, without parsing them; and keeps
// records that were parsed on demand. For the two line formats of this folder.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/limits.h"
#include "metadata/record.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {

struct IndexedLine {
  std::string_view name;
  std::string_view text;  // the whole line without its newline
  uint32_t number = 0;    // in the file, from 1
};

struct LineForm {
  std::string_view prefix;    // every line begins with it, e.g. {"name":" ; the name follows
  uint32_t first_number = 1;  // the file's number of the body's first line
};

// The lines of `body` in file order, their names as they stand there (no escape may occur in one).
// Errors: Missing naming place and line, LimitReached.
[[nodiscard]] absl::StatusOr<std::vector<IndexedLine>> IndexLines(std::string_view body,
                                                                  const LineForm& form,
                                                                  std::string_view place,
                                                                  const CorpusLimits& limits);

// One line's JSON as a record. `name` is the index's name of the line.
using RecordDecoder = absl::StatusOr<PackageRecord> (*)(const simdjson::dom::element& json,
                                                        std::string_view name);

// Immutable to callers; its one mutex is held while it looks and keeps, not while it parses.
class LazyRecords {
 public:
  // `lines` point into `text` and ascend strictly by name.
  LazyRecords(Text text, std::vector<IndexedLine> lines, std::string place, RecordDecoder decoder);

  // nullptr: no line of this name. Errors name place and line.
  [[nodiscard]] absl::StatusOr<const PackageRecord*> Find(std::string_view name);

  // The record of lines_[position], parsed anew and not kept: for walks over a whole corpus, from
  // any number of threads.
  [[nodiscard]] absl::StatusOr<PackageRecord> ReadAt(size_t position);

  [[nodiscard]] size_t size() const { return lines_.size(); }
  [[nodiscard]] std::string_view NameAt(size_t position) const { return lines_[position].name; }
  [[nodiscard]] std::string_view place() const { return place_; }

 private:
  using Parser = std::unique_ptr<simdjson::dom::parser>;
  [[nodiscard]] absl::StatusOr<PackageRecord> Parse(const IndexedLine& line);
  [[nodiscard]] Parser TakeParser();
  void GiveBack(Parser parser);

  const Text text_;
  const std::vector<IndexedLine> lines_;
  const std::string place_;
  const RecordDecoder decoder_;
  std::mutex mutex_;  // guards what follows
  std::vector<Parser> idle_parsers_;
  std::vector<std::unique_ptr<const PackageRecord>> parsed_;  // beside lines_
};

}  // namespace accord::metadata
