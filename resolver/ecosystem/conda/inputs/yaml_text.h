// YAML documents as yaml-cpp reads them, with our limits and errors that name the line. Internal to
// this folder: no other header of it shows a type of yaml-cpp.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

// yaml-cpp keeps some hundred bytes for each that it reads, and its own limit is 500 values within
// each other. Aliases are references there: a document that names itself again and again stays
// small, as long as nothing walks it by recursion; nothing here does.
inline constexpr size_t kYamlBytesMax = size_t{1} << 20;

struct YamlEntry {
  std::string key;
  YAML::Node value;
  std::string place;  // of the key: "environment.yml:3"
};

// The keys of a document that is one map, in its order; none for an empty document. Errors:
// InvalidInput with "PLACE:LINE" for what is no YAML, no map, or two documents, and for a key that
// is no text or comes twice; LimitReached.
[[nodiscard]] absl::StatusOr<std::vector<YamlEntry>> ReadYaml(std::string_view text,
                                                              std::string_view place);
// The same of a map within it; `file` is the document's place.
[[nodiscard]] absl::StatusOr<std::vector<YamlEntry>> EntriesOf(const YAML::Node& map,
                                                               std::string_view file);

// The text of a value; empty if there is nothing. Errors: InvalidInput for a list or a map.
[[nodiscard]] absl::StatusOr<std::string> TextOf(const YamlEntry& entry);
// The texts of a list, each with its line; none if there is nothing. Errors: as TextOf.
[[nodiscard]] absl::StatusOr<std::vector<PlacedText>> TextsOf(const YamlEntry& entry,
                                                              std::string_view file);

// "FILE:LINE" of a node.
[[nodiscard]] std::string PlaceOf(std::string_view file, const YAML::Node& node);
// "text", "list", "map" or "nothing": for messages.
[[nodiscard]] std::string_view KindOf(const YAML::Node& node);

}  // namespace accord::conda
