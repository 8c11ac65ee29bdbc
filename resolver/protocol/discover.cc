#include "protocol/discover.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/sha256.h"
#include "protocol/schema_texts.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

constexpr std::string_view kDefinition = "#/$defs/";
constexpr const char* kComponent = "#/components/schemas/";
constexpr std::string_view kAnswerFile = "accord-answer-1.schema.json";
constexpr const char* kAnswer = "answer1";

json RefTo(std::string_view component) { return {{"$ref", Cat(kComponent, component)}}; }

// Where a reference of a schema leads to in the document; `prefix` stands before the names of the
// schema's own definitions.
std::string Moved(const std::string& reference, std::string_view prefix) {
  if (reference == kAnswerFile) return Cat(kComponent, kAnswer);
  if (!reference.starts_with(kDefinition)) return reference;
  return Cat(kComponent, prefix, reference.substr(kDefinition.size()));
}

// As deep as our own files are.
void MoveReferences(json& schema, std::string_view prefix) {
  if (schema.is_object()) {
    const auto reference = schema.find("$ref");
    if (reference != schema.end() && reference->is_string()) {
      *reference = Moved(reference->get<std::string>(), prefix);
    }
  }
  if (!schema.is_structured()) return;
  for (json& inner : schema) MoveReferences(inner, prefix);
}

void AddDefinitions(json definitions, std::string_view prefix, json& components) {
  MoveReferences(definitions, prefix);
  for (auto& [name, definition] : definitions.items()) {
    components[Cat(prefix, name)] = std::move(definition);
  }
}

json Components(const json& protocol) {
  json components = json::object();
  AddDefinitions(protocol.at("$defs"), "", components);
  json answer = json::parse(AnswerSchema());
  AddDefinitions(answer.at("$defs"), Cat(kAnswer, "."), components);
  for (const char* const name : {"$schema", "$id", "$defs"}) answer.erase(name);
  MoveReferences(answer, Cat(kAnswer, "."));
  components[kAnswer] = std::move(answer);
  return components;
}

// The fields of an object's type, those of the types that it is made of first.
void AddParams(const json& definitions, const json& type, json& params) {
  for (const json& base : type.value("allOf", json::array())) {
    const auto name = base.at("$ref").get<std::string>().substr(kDefinition.size());
    AddParams(definitions, definitions.at(name), params);
  }
  const json required = type.value("required", json::array());
  const json properties = type.value("properties", json::object());
  for (const auto& [name, schema] : properties.items()) {
    const bool is_required = std::ranges::find(required, json(name)) != required.end();
    params.push_back({{"name", name}, {"required", is_required}, {"schema", schema}});
  }
}

json MethodObject(const std::string& name, const json& method, const json& definitions) {
  const auto result = method.at("result").get<std::string>();
  json params = json::array();
  AddParams(definitions, definitions.at(method.at("params").get<std::string>()), params);
  MoveReferences(params, "");
  return {{"name", name},
          {"summary", method.at("summary")},
          {"paramStructure", "by-name"},
          {"params", std::move(params)},
          {"result", {{"name", result}, {"schema", RefTo(result)}}}};
}

}  // namespace

json OpenRpcDocument(std::span<const std::string> methods) {
  const json protocol = json::parse(ProtocolSchema());
  json objects = json::array();
  for (const std::string& name : methods) {
    const auto method = protocol.at("x-methods").find(name);
    if (method == protocol.at("x-methods").end()) continue;
    objects.push_back(MethodObject(name, *method, protocol.at("$defs")));
  }
  return {{"openrpc", "1.3.2"},
          {"info", {{"title", "Accord protocol"}, {"version", "1"}}},
          {"methods", std::move(objects)},
          {"components", {{"schemas", Components(protocol)}}}};
}

std::string SchemaHash() { return Cat("sha256:", Sha256Hex(ProtocolSchema())); }

}  // namespace accord::protocol
