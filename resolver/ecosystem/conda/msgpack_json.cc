// See msgpack_json.h: msgpack-c walks over the bytes without recursion and calls the visitor, which
// writes.
#include "ecosystem/conda/msgpack_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <msgpack/null_visitor.hpp>
#include <msgpack/unpack.hpp>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

// Its methods are called as the bytes are read, with false they end that.
class JsonVisitor : public msgpack::null_visitor {
 public:
  explicit JsonVisitor(size_t bytes_max) : bytes_max_(bytes_max) {}

  // NOLINTBEGIN(readability-identifier-naming): msgpack-c calls them so.
  bool visit_nil() { return Value("null"); }
  bool visit_boolean(bool value) { return Value(value ? "true" : "false"); }
  bool visit_positive_integer(uint64_t value) { return Value(Cat(value)); }
  bool visit_negative_integer(int64_t value) { return Value(Cat(value)); }
  bool visit_float32(float value) { return visit_float64(value); }
  bool visit_float64(double value) {
    if (!std::isfinite(value)) return Stop(Missing("MessagePack", "a finite number is expected"));
    std::array<char, 32> text;
    const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::scientific);
    return Value(std::string_view(text.begin(), end.ptr));
  }
  bool visit_str(const char* begin, uint32_t size) {
    const std::string_view text(begin, size);
    if (in_key_) TakeKey(text);
    AddText(text);
    return WithinLimit();
  }
  bool visit_bin(const char* begin, uint32_t size) {
    const std::string_view bytes(begin, size);
    const bool is_hash = key_is_hash_ || (levels_.size() == 2 && in_shards_);
    return is_hash ? Value(Cat('"', HexText(bytes), '"')) : Numbers(bytes);
  }
  bool visit_ext(const char* begin, uint32_t size) { return Numbers({begin, size}); }

  bool start_array(uint32_t /*size*/) { return Enter('['); }
  bool start_array_item() { return Separate(); }
  bool end_array() { return Leave(']'); }
  bool start_map(uint32_t /*size*/) { return Enter('{'); }
  bool start_map_key() {
    in_key_ = true;
    return Separate();
  }
  bool end_map_key() {
    in_key_ = false;
    json_ += ':';
    return true;
  }
  bool end_map() { return Leave('}'); }

  void parse_error(size_t /*parsed*/, size_t at) {
    Stop(Missing(Cat("MessagePack byte ", at), "no value begins with it"));
  }
  void insufficient_bytes(size_t /*parsed*/, size_t at) {
    Stop(Missing(Cat("MessagePack byte ", at), "it ends inside a value"));
  }
  // NOLINTEND(readability-identifier-naming)

  [[nodiscard]] const absl::Status& status() const { return status_; }
  std::string TakeJson() { return std::move(json_); }

 private:
  bool Stop(absl::Status status) {
    status_ = std::move(status);
    return false;
  }
  bool WithinLimit() {
    if (json_.size() <= bytes_max_) return true;
    return Stop(
        LimitReached("MessagePack", Cat("as JSON it may have at most ", bytes_max_, " bytes")));
  }
  bool Value(std::string_view json) {
    if (in_key_) return Stop(Missing("MessagePack", "texts are expected as keys"));
    json_ += json;
    return WithinLimit();
  }
  bool Numbers(std::string_view bytes) {
    std::string numbers = "[";
    for (const char c : bytes) {
      numbers += Cat(numbers.size() == 1 ? "" : ",", static_cast<uint8_t>(c));
    }
    return Value(numbers + "]");
  }
  bool Enter(char bracket) {
    if (levels_.size() == kMsgpackLevelsMax) {
      return Stop(
          LimitReached("MessagePack", Cat("at most ", kMsgpackLevelsMax, " levels are read")));
    }
    levels_.push_back(true);
    return Value(std::string_view(&bracket, 1));
  }
  bool Separate() {
    if (!levels_.back()) json_ += ',';
    levels_.back() = false;
    return true;
  }
  bool Leave(char bracket) {
    levels_.pop_back();
    json_ += bracket;
    return WithinLimit();
  }
  void TakeKey(std::string_view key) {
    key_is_hash_ = key == "md5" || key == "sha256";
    if (levels_.size() == 1) in_shards_ = key == "shards";
  }
  void AddText(std::string_view text) {
    constexpr auto kIsSpecial = [](char c) {
      return static_cast<uint8_t>(c) < ' ' || c == '"' || c == '\\';
    };
    json_ += '"';
    while (true) {
      const auto special = std::ranges::find_if(text, kIsSpecial);
      json_.append(text.begin(), special);
      if (special == text.end()) break;
      json_ += Cat("\\u00", HexText(std::string_view(special, special + 1)));
      text = std::string_view(special + 1, text.end());
    }
    json_ += '"';
  }

  const size_t bytes_max_;
  std::string json_;
  absl::Status status_;
  std::vector<bool> levels_;  // of each array and map that is open: nothing is in it yet
  bool in_key_ = false;
  bool key_is_hash_ = false;  // the key that was read last
  bool in_shards_ = false;    // the outer map's key that was read last
};

}  // namespace

absl::StatusOr<std::string> JsonOfMsgpack(std::string_view bytes, size_t json_bytes_max) {
  JsonVisitor visitor(json_bytes_max);
  size_t end = 0;
  const bool whole = msgpack::parse(bytes.data(), bytes.size(), end, visitor);
  if (!whole) return visitor.status();
  if (end < bytes.size()) {
    return Missing(Cat("MessagePack byte ", end), "nothing is expected behind the value");
  }
  return visitor.TakeJson();
}

}  // namespace accord::conda
