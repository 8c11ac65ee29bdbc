// JSON in RFC 8785's one form (sorted keys, no white space, shortest escapes), for digests.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace accord::wire {

// Of texts, integers, booleans, null, arrays and objects with ASCII keys; a number with a fraction
// is a broken contract. Broken UTF-8 is replaced by U+FFFD.
[[nodiscard]] std::string CanonicalJson(const nlohmann::json& document);

// "sha256:" and the SHA-256 of the canonical JSON in 64 hexadecimal digits.
[[nodiscard]] std::string DigestOf(const nlohmann::json& document);

}  // namespace accord::wire
