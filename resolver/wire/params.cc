#include "wire/params.h"

#include <utility>

namespace accord::wire {
namespace {

std::string_view KindName(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::kNull:
      return "null";
    case JsonNode::Kind::kBool:
      return "true or false";
    case JsonNode::Kind::kText:
      return "a text";
    case JsonNode::Kind::kArray:
      return "a list";
    case JsonNode::Kind::kObject:
      return "an object";
    default:
      return "a number";
  }
}

}  // namespace

std::string PointerPart(std::string_view name) {
  std::string part;
  for (const char c : name) part += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return part;
}

Params::Params(const JsonNode* node, std::string pointer, absl::Status& status)
    : node_(node), pointer_(std::move(pointer)), status_(&status) {
  if (node_ == nullptr || node_->kind == JsonNode::Kind::kObject) return;
  Refuse(pointer_, Cat("an object is wanted, found ", KindName(node_->kind)));
  node_ = nullptr;
}

std::string Params::PointerTo(std::string_view name) const {
  return Cat(pointer_, "/", PointerPart(name));
}

const JsonNode* Params::Find(std::string_view name) const {
  const JsonNode* const found = node_ == nullptr ? nullptr : node_->Find(name);
  return found == nullptr || found->kind == JsonNode::Kind::kNull ? nullptr : found;
}

const JsonNode* Params::Typed(std::string_view name, JsonNode::Kind kind, std::string_view wish) {
  const JsonNode* const found = Find(name);
  if (found == nullptr || found->kind == kind) return found;
  Refuse(PointerTo(name), Cat(wish, " is wanted, found ", KindName(found->kind)));
  return nullptr;
}

std::string Params::Text(std::string_view name) {
  if (!Has(name)) Refuse(PointerTo(name), "a text is wanted, it is not there");
  return TextOr(name);
}

std::string Params::TextOr(std::string_view name, std::string_view otherwise) {
  const JsonNode* const found = Typed(name, JsonNode::Kind::kText, "a text");
  return found == nullptr ? std::string(otherwise) : found->text;
}

bool Params::BoolOr(std::string_view name, bool otherwise) {
  const JsonNode* const found = Typed(name, JsonNode::Kind::kBool, "true or false");
  return found == nullptr ? otherwise : found->boolean;
}

std::optional<uint64_t> Params::Count(std::string_view name) {
  const JsonNode* const found = Typed(name, JsonNode::Kind::kInteger, "a whole number");
  if (found == nullptr) return std::nullopt;
  if (found->integer >= 0) return static_cast<uint64_t>(found->integer);
  Refuse(PointerTo(name), Cat("0 or more is wanted, found ", found->integer));
  return std::nullopt;
}

std::vector<std::string> Params::Texts(std::string_view name) {
  std::vector<std::string> texts;
  ForEach(name, [&](const JsonNode& item, const std::string& pointer) {
    texts.push_back(TextAt(item, pointer));
  });
  return texts;
}

Params Params::Object(std::string_view name) { return {Find(name), PointerTo(name), *status_}; }

void Params::ForEach(std::string_view name,
                     absl::FunctionRef<void(const JsonNode&, const std::string&)> visit) {
  const JsonNode* const list = Typed(name, JsonNode::Kind::kArray, "a list");
  if (list == nullptr) return;
  const std::string pointer = PointerTo(name);
  for (size_t i = 0; i < list->items.size(); ++i) visit(list->items[i], Cat(pointer, "/", i));
}

void Params::ForMembers(
    std::string_view name,
    absl::FunctionRef<void(const std::string&, const JsonNode&, const std::string&)> visit) {
  const JsonNode* const object = Typed(name, JsonNode::Kind::kObject, "an object");
  if (object == nullptr) return;
  const std::string pointer = PointerTo(name);
  for (const JsonMember& member : object->members) {
    visit(member.name, member.value, Cat(pointer, "/", PointerPart(member.name)));
  }
}

std::string Params::TextAt(const JsonNode& node, const std::string& pointer) {
  if (node.kind == JsonNode::Kind::kText) return node.text;
  Refuse(pointer, Cat("a text is wanted, found ", KindName(node.kind)));
  return {};
}

void Params::Refuse(const std::string& pointer, std::string_view what) {
  Refuse(InvalidInput(pointer, what));
}

void Params::Refuse(const absl::Status& status) {
  if (status_->ok()) *status_ = status;
}

}  // namespace accord::wire
