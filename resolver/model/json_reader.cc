#include "model/json_reader.h"

#include <algorithm>

#include "base/error.h"

namespace accord {
namespace {

std::string Escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view KindName(JsonNode::Kind kind) {
  using Kind = JsonNode::Kind;
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "true or false";
    case Kind::kInteger:
      return "a number";
    case Kind::kReal:
      return "a number with a fraction";
    case Kind::kText:
      return "a text";
    case Kind::kArray:
      return "a list";
    case Kind::kObject:
      return "an object";
  }
  return "";
}

}  // namespace

std::string PointerOf(const JsonSpot& at) {
  if (at.parent == nullptr) return "";
  const std::string step = at.key.data() != nullptr ? Escaped(at.key) : std::to_string(at.index);
  return Cat(PointerOf(*at.parent), "/", step);
}

std::string JsonReader::PlaceOf(const JsonSpot& at) {
  pointer_ = Cat(rules_.pointer, PointerOf(at));
  const std::string_view shown = pointer_.empty() ? "/" : std::string_view(pointer_);
  return rules_.place.empty() ? std::string(shown) : Cat(rules_.place, ": ", shown);
}

void JsonReader::Fail(const JsonSpot& at, std::string_view what) {
  if (ok()) status_ = InvalidInput(PlaceOf(at), what);
}

void JsonReader::FailLimit(const JsonSpot& at, std::string_view what) {
  if (ok()) status_ = LimitReached(PlaceOf(at), what);
}

bool JsonReader::Expect(const JsonSpot& at, Kind kind) {
  if (at.node.kind != kind) {
    Fail(at, Cat(KindName(kind), " expected, not ", KindName(at.node.kind)));
  }
  return ok();
}

bool JsonReader::Fields(const JsonSpot& at, std::initializer_list<std::string_view> known) {
  if (!Expect(at, Kind::kObject)) return false;
  for (const auto& [key, value] : at.node.members) {
    if (rules_.ignore_unknown_fields) break;
    if (std::ranges::find(known, key) == known.end()) Fail(at, Cat("unknown field ", Quoted(key)));
  }
  return ok();
}

std::string JsonReader::TextOf(const JsonSpot& at, std::string_view key) {
  const JsonNode* node = at.node.Find(key);
  if (node == nullptr) {
    Fail(at, Cat("field ", Quoted(key), " is missing"));
    return "";
  }
  return Expect(JsonSpot{*node, &at, key}, Kind::kText) ? node->text : "";
}

std::string JsonReader::OptionalText(const JsonSpot& at, std::string_view key) {
  return at.node.Find(key) != nullptr ? TextOf(at, key) : "";
}

bool JsonReader::FlagOf(const JsonSpot& at, std::string_view key) {
  const JsonNode* node = at.node.Find(key);
  if (node == nullptr || !ok()) return false;
  return Expect(JsonSpot{*node, &at, key}, Kind::kBool) && node->boolean;
}

}  // namespace accord
