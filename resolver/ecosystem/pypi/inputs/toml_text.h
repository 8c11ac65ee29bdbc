// TOML documents as toml++ reads them, with our limits and errors that name the line. Internal to
// this folder: no other header of it shows a type of toml++.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"

namespace accord::pypi {

inline constexpr size_t kTomlBytesMax = size_t{64} << 20;
// Tables, arrays and the parts of dotted keys within each other. toml++ walks a document by
// recursion and limits brackets alone.
inline constexpr size_t kTomlDepthMax = 200;

// Errors: InvalidInput with "PLACE:LINE" and toml++'s words; LimitReached.
[[nodiscard]] absl::StatusOr<toml::table> ReadToml(std::string_view text, std::string_view place);

// "PLACE:LINE" of a node.
[[nodiscard]] std::string PlaceOf(std::string_view place, const toml::node& node);

// "text", "number", "table", ...: for messages.
[[nodiscard]] std::string_view KindOf(const toml::node& node);

// Values under a key, each with its key's full name in errors, e.g. "project.dependencies".
// Null if the key is not there. Errors: InvalidInput if it is of another kind.
[[nodiscard]] absl::StatusOr<const toml::table*> FindTable(const toml::table& table,
                                                           std::string_view key,
                                                           std::string_view place);
[[nodiscard]] absl::StatusOr<const toml::array*> FindArray(const toml::table& table,
                                                           std::string_view key,
                                                           std::string_view place);
[[nodiscard]] absl::StatusOr<const std::string*> FindText(const toml::table& table,
                                                          std::string_view key,
                                                          std::string_view place);
// The texts of a list, each with its line; empty if the key is not there.
[[nodiscard]] absl::StatusOr<std::vector<PlacedText>> FindTexts(const toml::table& table,
                                                                std::string_view key,
                                                                std::string_view place);

}  // namespace accord::pypi
