// The parameters of a method, field by field: a JSON object whose readers take what they want and
// ask at the end whether all was there. Unknown fields are ignored, null is as good as nothing.
//
// Errors are InvalidInput, or LimitReached, and begin with the JSON Pointer of the field. The first
// one counts; what is read after it has its default.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "base/error.h"
#include "model/strict_json.h"

namespace accord::wire {

// The name as a part of a JSON Pointer (RFC 6901).
[[nodiscard]] std::string PointerPart(std::string_view name);

// Looks into a JsonNode and a status, which outlive it.
class Params {
 public:
  // `node` is to be an object; null: one without fields. `pointer` leads to it: "/policies".
  Params(const JsonNode* node, std::string pointer, absl::Status& status);

  [[nodiscard]] const absl::Status& status() const { return *status_; }
  [[nodiscard]] std::string PointerTo(std::string_view name) const;
  // The field, if it is there and not null.
  [[nodiscard]] const JsonNode* Find(std::string_view name) const;
  [[nodiscard]] bool Has(std::string_view name) const { return Find(name) != nullptr; }

  // A field that must be there.
  [[nodiscard]] std::string Text(std::string_view name);
  [[nodiscard]] std::string TextOr(std::string_view name, std::string_view otherwise = {});
  [[nodiscard]] bool BoolOr(std::string_view name, bool otherwise);
  // 0 or more.
  [[nodiscard]] std::optional<uint64_t> Count(std::string_view name);
  [[nodiscard]] std::vector<std::string> Texts(std::string_view name);
  [[nodiscard]] Params Object(std::string_view name);

  // visit(item, pointer) for each of a list, visit(key, value, pointer) for each of an object.
  void ForEach(std::string_view name,
               absl::FunctionRef<void(const JsonNode&, const std::string&)> visit);
  void ForMembers(
      std::string_view name,
      absl::FunctionRef<void(const std::string&, const JsonNode&, const std::string&)> visit);

  // One of the words of an array of {word, value}; nothing said: `value` stays.
  template <class Words, class Value>
  void Word(std::string_view name, const Words& words, Value& value) {
    const std::string said = TextOr(name);
    if (!said.empty()) ChooseAt(PointerTo(name), said, words, value);
  }
  template <class Words, class Value>
  void ChooseAt(const std::string& pointer, std::string_view said, const Words& words,
                Value& value) {
    std::string listed;
    for (const auto& one : words) {
      if (one.word == said) {
        value = one.value;
        return;
      }
      listed += Cat(listed.empty() ? "" : ", ", one.word);
    }
    Refuse(pointer, Cat("one of ", listed, " is wanted, found ", Quoted(said)));
  }

  // The text of a node of the object; anything else is refused.
  [[nodiscard]] std::string TextAt(const JsonNode& node, const std::string& pointer);
  void Refuse(const std::string& pointer, std::string_view what);
  void Refuse(const absl::Status& status);

 private:
  const JsonNode* Typed(std::string_view name, JsonNode::Kind kind, std::string_view wish);

  const JsonNode* node_;
  std::string pointer_;
  absl::Status* status_;
};

}  // namespace accord::wire
