// See json_fields.h.
#include "metadata/json_fields.h"

namespace accord::metadata {
namespace {

std::string_view KindOf(const JsonElement& element) {
  switch (element.type()) {
    case simdjson::dom::element_type::ARRAY:
      return "an array";
    case simdjson::dom::element_type::OBJECT:
      return "an object";
    case simdjson::dom::element_type::STRING:
      return "a text";
    case simdjson::dom::element_type::BOOL:
      return "a boolean";
    case simdjson::dom::element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

absl::Status Unexpected(std::string_view place, std::string_view wish, const JsonElement& fact) {
  return Missing(place, Cat(wish, " is expected, found ", KindOf(fact)));
}

// The field's element, or none where it is absent or null.
std::optional<JsonElement> Field(const JsonObject& object, std::string_view key) {
  JsonElement element;
  if (object.at_key(key).get(element) != simdjson::SUCCESS || element.is_null()) return {};
  return element;
}

}  // namespace

absl::Status ReadText(const JsonObject& object, std::string_view key, std::string& value) {
  const std::optional<JsonElement> field = Field(object, key);
  if (!field) return absl::OkStatus();
  std::string_view text;
  if (field->get(text) != simdjson::SUCCESS) return Unexpected(Cat("/", key), "a text", *field);
  value = text;
  return absl::OkStatus();
}

absl::Status ReadTexts(const JsonObject& object, std::string_view key,
                       std::vector<std::string>& values) {
  std::optional<JsonArray> texts;
  ACCORD_RETURN_IF_ERROR(ReadArray(object, key, texts));
  if (!texts) return absl::OkStatus();
  values.reserve(values.size() + texts->size());
  for (const JsonElement element : *texts) {
    std::string_view text;
    if (element.get(text) != simdjson::SUCCESS) {
      return Unexpected(Cat("/", key), "an array of texts", element);
    }
    values.emplace_back(text);
  }
  return absl::OkStatus();
}

absl::Status ReadNumber(const JsonObject& object, std::string_view key,
                        std::optional<uint64_t>& value) {
  const std::optional<JsonElement> field = Field(object, key);
  if (!field) return absl::OkStatus();
  uint64_t number = 0;
  if (field->get(number) != simdjson::SUCCESS) {
    return Missing(Cat("/", key), "a whole number that is not negative is expected");
  }
  value = number;
  return absl::OkStatus();
}

absl::Status NeedText(const JsonObject& object, std::string_view key, std::string& value) {
  if (!Field(object, key)) return Missing(Cat("/", key), "a text is expected, found nothing");
  return ReadText(object, key, value);
}

absl::Status NeedBool(const JsonObject& object, std::string_view key, bool& value) {
  const std::optional<JsonElement> field = Field(object, key);
  if (!field || field->get(value) != simdjson::SUCCESS) {
    return Missing(Cat("/", key), "true or false is expected");
  }
  return absl::OkStatus();
}

absl::Status ReadArray(const JsonObject& object, std::string_view key,
                       std::optional<JsonArray>& value) {
  const std::optional<JsonElement> field = Field(object, key);
  if (!field) return absl::OkStatus();
  JsonArray array;
  if (field->get(array) != simdjson::SUCCESS) {
    return Unexpected(Cat("/", key), "an array", *field);
  }
  value = array;
  return absl::OkStatus();
}

absl::Status UnexpectedKind(std::string_view wish, const JsonElement& fact) {
  return Unexpected("/", wish, fact);
}

absl::Status AsObject(const JsonElement& element, JsonObject& value) {
  if (element.get(value) != simdjson::SUCCESS) return UnexpectedKind("an object", element);
  return absl::OkStatus();
}

}  // namespace accord::metadata
