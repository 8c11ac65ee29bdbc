// What the engine tells of its own types: the answer to rpc.discover, and schemaHash of initialize.
// Both are made of the published schemas alone (schema_texts.h).
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

namespace accord::protocol {

// An OpenRPC 1.3 document of these methods, whose types stand in it under components/schemas:
// the protocol's by their names, the answer's as answer1 and answer1.NAME. A method that the schema
// does not know is left out.
[[nodiscard]] nlohmann::json OpenRpcDocument(std::span<const std::string> methods);

// "sha256:" and the digest of the protocol's schema, as it was published.
[[nodiscard]] std::string SchemaHash();

}  // namespace accord::protocol
