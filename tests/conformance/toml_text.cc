#include "tests/conformance/toml_text.h"

namespace accord::conformance {
namespace {

std::string Value(const Json& json);

std::string List(const Json& items) {
  std::string text = "[";
  for (const Json& item : items) text += Value(item) + ", ";
  return text + "]";
}

// Inline, so that tables may stand anywhere.
std::string Table(const Json& table) {
  std::string text;
  for (const auto& field : table.items()) {
    if (field.value().is_null()) continue;
    if (!text.empty()) text += ", ";
    text += Json(field.key()).dump() + " = " + Value(field.value());
  }
  return "{" + text + "}";
}

std::string Value(const Json& json) {
  if (json.is_array()) return List(json);
  if (!json.is_object()) return json.dump();
  if (json.value("$", Json()) == "datetime") return json.at("s").get<std::string>();
  return Table(json);
}

}  // namespace

std::string TomlText(const Json& table) {
  std::string text;
  for (const auto& field : table.items()) {
    if (field.value().is_null()) continue;
    text += Json(field.key()).dump() + " = " + Value(field.value()) + "\n";
  }
  return text;
}

}  // namespace accord::conformance
