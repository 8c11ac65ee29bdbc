// Reads fields of a parsed JSON object into records. Every error is Missing ("damaged"), placed at
// the field; callers put their own place before it. For decoders of this folder and of ecosystem/*.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "base/error.h"

namespace accord::metadata {

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

// Each leaves `value` as it was where the field is absent or null, but for Need*.
[[nodiscard]] absl::Status ReadText(const JsonObject& object, std::string_view key,
                                    std::string& value);
[[nodiscard]] absl::Status ReadTexts(const JsonObject& object, std::string_view key,
                                     std::vector<std::string>& values);
[[nodiscard]] absl::Status ReadNumber(const JsonObject& object, std::string_view key,
                                      std::optional<uint64_t>& value);
[[nodiscard]] absl::Status NeedText(const JsonObject& object, std::string_view key,
                                    std::string& value);
[[nodiscard]] absl::Status NeedBool(const JsonObject& object, std::string_view key, bool& value);

// No array where the field is absent or null.
[[nodiscard]] absl::Status ReadArray(const JsonObject& object, std::string_view key,
                                     std::optional<JsonArray>& value);
// Visits the elements of an array field in order; an absent field has none. `visit` takes an
// element and returns a status; the first that is not OK ends the walk, placed at its element.
template <class Visit>
[[nodiscard]] absl::Status ForEachElement(const JsonObject& object, std::string_view key,
                                          Visit visit) {
  std::optional<JsonArray> array;
  ACCORD_RETURN_IF_ERROR(ReadArray(object, key, array));
  if (!array) return absl::OkStatus();
  size_t position = 0;
  for (const JsonElement element : *array) {
    if (absl::Status status = visit(element); !status.ok()) {
      return At(Cat("/", key, "/", position), status);
    }
    ++position;
  }
  return absl::OkStatus();
}

// "/: a text is expected, found an array"
[[nodiscard]] absl::Status UnexpectedKind(std::string_view wish, const JsonElement& fact);

[[nodiscard]] absl::Status AsObject(const JsonElement& element, JsonObject& value);

}  // namespace accord::metadata
