// What requests of PyPI and conda have in common as parameters (docs/protocol.md, "Requests").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/policies.h"
#include "wire/params.h"

namespace accord::wire {

// [text, {text, place}, ...]; without a place it is the JSON Pointer.
[[nodiscard]] std::vector<PlacedText> PlacedTexts(Params& params, std::string_view name);

// An instant in RFC 3339; what ReadWhen takes. Empty: it is not there, or refused.
[[nodiscard]] std::string InstantIn(Params& params, std::string_view name, int64_t now_unix_s);

// {name: when, or null: no limit}
struct InstantOfName {
  std::string name;
  std::string instant;  // empty: no limit
};
[[nodiscard]] std::vector<InstantOfName> InstantsIn(Params& params, std::string_view name,
                                                    int64_t now_unix_s);

}  // namespace accord::wire
