// A MessagePack document of a sharded channel (CEP 16) as the JSON that repodata.json has for the
// same facts, so that both are read by one reader. The only file that sees msgpack-c.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::conda {

inline constexpr size_t kMsgpackLevelsMax = 64;  // arrays and maps inside each other

// Bytes are hexadecimal digits where hashes are: under the keys `md5` and `sha256`, and in the
// outer map's `shards`. Elsewhere, as an ext value always, they are an array of numbers, which is
// no kind that a field of a record may have. Numbers keep their kind: a whole one has no exponent.
//
// Errors: Missing, at the byte where it can be told, what is no MessagePack, ends too early or goes
// on behind one value, and what JSON cannot say (a key that is no text, a number that is not
// finite); LimitReached above kMsgpackLevelsMax and `json_bytes_max`. Texts are not looked at:
// JSON's reader finds those that are not UTF-8.
[[nodiscard]] absl::StatusOr<std::string> JsonOfMsgpack(std::string_view bytes,
                                                        size_t json_bytes_max);

}  // namespace accord::conda
