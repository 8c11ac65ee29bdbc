// Reads typed values off a JSON tree. The first thing found wrong is kept with its JSON Pointer and
// ends the reading: whoever reads goes on with values that mean nothing, and asks for the status at
// the end. Who knows what the fields mean derives from it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "model/strict_json.h"

namespace accord {

// A value and how it was reached: the chain of parents is the JSON Pointer. Parents outlive it.
struct JsonSpot {
  const JsonNode& node;
  const JsonSpot* parent = nullptr;
  std::string_view key = {};
  size_t index = 0;  // used when key is null
};

// "/put/0/candidates"; of the root "". '~' and '/' in keys are written as ~0 and ~1.
[[nodiscard]] std::string PointerOf(const JsonSpot& at);

class JsonReader {
 public:
  using Kind = JsonNode::Kind;
  struct Rules {
    std::string_view place = {};         // begins messages: "world.json"; empty: the pointer does
    std::string_view pointer = {};       // of the root, where that is part of something larger
    bool ignore_unknown_fields = false;  // else they are refused
  };
  explicit JsonReader(const Rules& rules) : rules_(rules) {}

  [[nodiscard]] bool ok() const { return status_.ok(); }
  // InvalidInput or LimitReached: "PLACE: POINTER: what is wrong".
  [[nodiscard]] const absl::Status& status() const { return status_; }
  // Of what was found wrong.
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

  void Fail(const JsonSpot& at, std::string_view what);
  void FailLimit(const JsonSpot& at, std::string_view what);

  bool Expect(const JsonSpot& at, Kind kind);
  // An object with no other fields than these, unless others are ignored.
  bool Fields(const JsonSpot& at, std::initializer_list<std::string_view> known);
  std::string TextOf(const JsonSpot& at, std::string_view key);
  std::string OptionalText(const JsonSpot& at, std::string_view key);
  // False where it is not said.
  bool FlagOf(const JsonSpot& at, std::string_view key);

  // take(JsonSpot) for each item of a list, or of a member that may be left out.
  template <class Take>
  void EachItem(const JsonSpot& list, const Take& take) {
    if (!Expect(list, Kind::kArray)) return;
    for (size_t i = 0; i < list.node.items.size() && ok(); ++i) {
      take(JsonSpot{list.node.items[i], &list, {}, i});
    }
  }
  template <class Take>
  void EachItem(const JsonSpot& at, std::string_view key, const Take& take) {
    const JsonNode* list = at.node.Find(key);
    if (list != nullptr && ok()) EachItem(JsonSpot{*list, &at, key}, take);
  }
  // Likewise for each member of an object that may be left out.
  template <class Take>
  void EachMember(const JsonSpot& at, std::string_view key, const Take& take) {
    const JsonNode* object = at.node.Find(key);
    if (object == nullptr || !ok()) return;
    const JsonSpot inner{*object, &at, key};
    if (!Expect(inner, Kind::kObject)) return;
    for (const auto& [name, value] : object->members) {
      if (ok()) take(JsonSpot{value, &inner, name});
    }
  }

 private:
  // "world.json: /packages/app"
  [[nodiscard]] std::string PlaceOf(const JsonSpot& at);

  const Rules rules_;
  absl::Status status_;
  std::string pointer_;
};

}  // namespace accord
