// One record of a repodata document, and what its `info` says of all of them, from their JSON.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "ecosystem/conda/repodata_document.h"
#include "ecosystem/conda/repodata_table.h"
#include "metadata/json_fields.h"

namespace accord::conda {

// Where a document has a record.
struct RepodataPlace {
  std::string_view stem;       // of its file's name
  std::string_view extension;  // of its file
  bool may_name_file = false;  // `fn` and `url` count: what v3 has beside conda's packages
  bool is_installed = false;   // of an environment: `channel` and `requested_spec` count
};

// Reads records one after the other.
class RepodataRecordReader {
 public:
  explicit RepodataRecordReader(const RepodataLimits& limits) : limits_(limits) {}

  // `json` has metadata::kTextPadding readable bytes behind it. Errors are placed by JSON pointers
  // into it. Of a key that is there twice the last one counts.
  [[nodiscard]] absl::Status Read(std::string_view json, const RepodataPlace& place);
  // What was read last; good as long as its JSON and until the next Read.
  [[nodiscard]] const RepodataRecord& record() const { return record_; }
  // Of an environment's: the specifiers that asked for it, good as long.
  [[nodiscard]] const std::vector<std::string_view>& requested() const { return requested_; }

 private:
  using Element = metadata::JsonElement;

  [[nodiscard]] absl::Status ReadField(std::string_view key, const Element& value);
  [[nodiscard]] absl::Status ReadName(const Element& value);
  [[nodiscard]] absl::Status ReadBuildNumber(const Element& value);
  [[nodiscard]] absl::Status ReadUrl(const Element& value);
  [[nodiscard]] absl::Status ReadInstalled(std::string_view key, const Element& value);
  [[nodiscard]] absl::Status ReadChannel(const Element& value);
  [[nodiscard]] absl::Status ReadAttribute(std::string_view key, const Element& value);
  [[nodiscard]] absl::Status ReadNoarch(const Element& value);
  [[nodiscard]] absl::Status ReadWords(std::string_view key, const Element& value, bool sorted);
  [[nodiscard]] absl::Status ReadSpecs(const Element& value, std::vector<std::string_view>& specs);
  [[nodiscard]] absl::Status ReadExtras(const Element& value);
  [[nodiscard]] absl::Status ReadTime(const Element& value);
  [[nodiscard]] absl::Status Finish();
  void SetAttribute(std::string_view key, std::string_view text);
  std::string_view Own(std::string text) { return owned_.emplace_back(std::move(text)); }

  const RepodataLimits& limits_;
  simdjson::dom::parser parser_;
  RepodataPlace place_;
  RepodataRecord record_;
  std::vector<std::string_view> requested_;
  std::deque<std::string> owned_;
};

// null says nothing; what is not said stays. Errors: Missing, placed by JSON pointers into it.
[[nodiscard]] absl::Status ReadRepodataInfo(const metadata::JsonElement& info, RepodataHead& head);

}  // namespace accord::conda
