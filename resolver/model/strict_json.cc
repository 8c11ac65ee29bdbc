#include "model/strict_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_set.h"
#include "base/error.h"
#include "base/interner.h"

namespace accord {
namespace {

constexpr int64_t kExactMax = int64_t{1} << 53;

// Receives nlohmann's SAX events. Returning false ends the parse; the status says why.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view place, const JsonLimits& limits) : place_(place), limits_(limits) {}

  // The names are nlohmann's.
  bool null() { return Put({}); }
  bool boolean(bool value) { return Put({.kind = JsonNode::Kind::kBool, .boolean = value}); }
  bool number_integer(int64_t value) {
    if (limits_.refuse_inexact && (value > kExactMax || value < -kExactMax)) {
      return Refuse(Cat("number ", value, " is beyond 2^53"));
    }
    return Put({.kind = JsonNode::Kind::kInteger, .integer = value});
  }
  bool number_unsigned(uint64_t value) {
    if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return Refuse(Cat("number ", value, " is too large"));
    }
    return number_integer(static_cast<int64_t>(value));
  }
  bool number_float(double value, const std::string& written) {
    if (!limits_.allow_fractions) {
      return Refuse(Cat("number ", Quoted(written), " is not a whole number"));
    }
    if (!std::isfinite(value)) return Refuse(Cat("number ", Quoted(written), " is too large"));
    // nlohmann gives whole numbers beyond 64 bits here.
    if (limits_.refuse_inexact && written.find_first_of(".eE") == std::string::npos) {
      return Refuse(Cat("number ", Quoted(written), " is beyond 2^53"));
    }
    return Put({.kind = JsonNode::Kind::kReal, .real = value});
  }
  bool string(std::string& value) {
    JsonNode node{.kind = JsonNode::Kind::kText};
    node.text = std::move(value);
    return Put(std::move(node));
  }
  bool binary(nlohmann::json::binary_t&) { return Refuse("binary values are not JSON"); }
  bool start_object(size_t) { return Open(JsonNode::Kind::kObject); }
  bool start_array(size_t) { return Open(JsonNode::Kind::kArray); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }
  bool key(std::string& name) {
    if (!open_.back().keys.insert(name).second) {
      return Refuse(Cat("key ", Quoted(name), " stands twice in one object"));
    }
    open_.back().node.members.push_back({.name = std::move(name), .value = JsonNode()});
    return true;
  }
  bool parse_error(size_t byte, const std::string&, const nlohmann::json::exception&) {
    status_ = InvalidInput(place_, Cat("at byte ", byte, ": JSON expected, broken there"));
    return false;
  }

  [[nodiscard]] const absl::Status& status() const { return status_; }
  [[nodiscard]] JsonNode Take() { return std::move(root_); }

 private:
  struct OpenNode {
    JsonNode node;
    absl::flat_hash_set<std::string> keys;
  };

  bool Refuse(std::string what) {
    status_ = InvalidInput(place_, what);
    return false;
  }

  bool Open(JsonNode::Kind kind) {
    if (open_.size() + 1 >= limits_.depth_max) {
      status_ = LimitReached(place_, Cat("values nest deeper than ", limits_.depth_max));
      return false;
    }
    open_.push_back({.node = {.kind = kind}, .keys = {}});
    return true;
  }

  bool Close() {
    JsonNode node = std::move(open_.back().node);
    open_.pop_back();
    return Put(std::move(node));
  }

  bool Put(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (JsonNode& parent = open_.back().node; parent.kind == JsonNode::Kind::kArray) {
      parent.items.push_back(std::move(node));
    } else {
      parent.members.back().value = std::move(node);
    }
    return true;
  }

  std::string_view place_;
  JsonLimits limits_;
  absl::Status status_;
  std::vector<OpenNode> open_;
  JsonNode root_;
};

// Trees are as deep as the limit they were read with.
void AppendJson(const JsonNode& node, std::string& out) {
  const auto append_all = [&](char open, const auto& all, const auto& append, char close) {
    out += open;
    for (const auto& one : all) {
      if (&one != &all.front()) out += ',';
      append(one);
    }
    out += close;
  };
  switch (node.kind) {
    case JsonNode::Kind::kNull:
      out += "null";
      break;
    case JsonNode::Kind::kBool:
      out += node.boolean ? "true" : "false";
      break;
    case JsonNode::Kind::kInteger:
      out += std::to_string(node.integer);
      break;
    case JsonNode::Kind::kReal:
      out += nlohmann::json(node.real).dump();
      break;
    case JsonNode::Kind::kText:
      out += JsonQuoted(node.text);
      break;
    case JsonNode::Kind::kArray:
      append_all(
          '[', node.items, [&](const JsonNode& item) { AppendJson(item, out); }, ']');
      break;
    case JsonNode::Kind::kObject:
      const auto append_member = [&](const JsonMember& member) {
        out += JsonQuoted(member.name);
        out += ':';
        AppendJson(member.value, out);
      };
      append_all('{', node.members, append_member, '}');
      break;
  }
}

}  // namespace

const JsonNode* JsonNode::Find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& member) { return member.name == key; });
  return found == members.end() ? nullptr : &found->value;
}

absl::StatusOr<JsonNode> ParseStrictJson(std::string_view text, std::string_view place,
                                         const JsonLimits& limits) {
  if (text.size() > limits.bytes_max) {
    return LimitReached(place, Cat(text.size(), " bytes, at most ", limits.bytes_max));
  }
  TreeBuilder builder(place, limits);
  nlohmann::json::sax_parse(text, &builder);
  if (!builder.status().ok()) return builder.status();
  return builder.Take();
}

std::string JsonQuoted(std::string_view text) {
  return nlohmann::json(std::string(text))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string JsonText(const JsonNode& node) {
  std::string text;
  AppendJson(node, text);
  return text;
}

}  // namespace accord
