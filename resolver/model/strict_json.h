// JSON text as a tree, strictly: no duplicate keys, bounded bytes and depth, whole numbers only
// where the limits do not say otherwise. Keeps the order of members. For the world file and the
// lines of the protocol; not a general JSON library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord {

struct JsonMember;

struct JsonNode {
  enum class Kind : uint8_t { kNull, kBool, kInteger, kReal, kText, kArray, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  int64_t integer = 0;
  double real = 0;  // kReal: finite, and not written as a whole number
  std::string text;
  std::vector<JsonNode> items;      // kArray
  std::vector<JsonMember> members;  // kObject, as written, names distinct

  // The member, or none.
  [[nodiscard]] const JsonNode* Find(std::string_view key) const;
};

// Not a std::pair: clang refuses one of an incomplete type.
struct JsonMember {
  std::string name;
  JsonNode value;
};

struct JsonLimits {
  size_t bytes_max = 0;
  size_t depth_max = 0;          // 1 = a bare value; each array or object inside adds one
  bool allow_fractions = false;  // numbers with a fraction or an exponent
  bool refuse_inexact = false;   // whole numbers beyond 2^53, which doubles do not tell apart
};

// InvalidInput at a byte offset ("PLACE: at byte N: ...") or LimitReached.
[[nodiscard]] absl::StatusOr<JsonNode> ParseStrictJson(std::string_view text,
                                                       std::string_view place,
                                                       const JsonLimits& limits);

// `text` as a JSON string with its quotes. Broken UTF-8 is replaced by U+FFFD.
[[nodiscard]] std::string JsonQuoted(std::string_view text);

// The tree as JSON without blanks, whose reading gives it again.
[[nodiscard]] std::string JsonText(const JsonNode& node);

}  // namespace accord
