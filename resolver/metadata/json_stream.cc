#include "metadata/json_stream.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {
namespace {

constexpr size_t kFirstBytes = size_t{1} << 18;
static_assert(kTextPadding >= simdjson::SIMDJSON_PADDING);

bool IsJsonBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool EndsScalar(char c) { return IsJsonBlank(c) || c == ',' || c == '}' || c == ']'; }

// The key without its quotes and escapes; false: it is no text. Most have nothing to undo.
bool ReadKey(std::string_view text, std::string& key) {
  const auto plain = [](char c) { return c >= ' ' && c <= '~' && c != '\\'; };
  if (std::ranges::all_of(text, plain)) {
    key = text.substr(1, text.size() - 2);
    return true;
  }
  simdjson::dom::parser parser;
  std::string_view read;
  if (parser.parse(text.data(), text.size(), false).get(read) != simdjson::SUCCESS) return false;
  key = read;
  return true;
}

}  // namespace

JsonStream::JsonStream(std::unique_ptr<ByteStream> bytes, std::string place, size_t value_bytes_max)
    : stream_(std::move(bytes)),
      place_(std::move(place)),
      value_bytes_max_(value_bytes_max),
      bytes_(std::make_unique_for_overwrite<char[]>(kFirstBytes + kTextPadding)),
      capacity_(kFirstBytes) {}

absl::StatusOr<bool> JsonStream::Fill() {
  if (at_ < end_) return true;
  if (begin_ > 0) {
    std::memmove(bytes_.get(), bytes_.get() + begin_, end_ - begin_);
    bytes_gone_ += begin_;
    at_ -= begin_;
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ > value_bytes_max_) {
    return LimitReached(Cat(place_, ": byte ", bytes_gone_),
                        Cat("a value may have at most ", value_bytes_max_, " bytes"));
  }
  if (end_ == capacity_) {
    auto larger = std::make_unique_for_overwrite<char[]>(2 * capacity_ + kTextPadding);
    std::memcpy(larger.get(), bytes_.get(), end_);
    bytes_ = std::move(larger);
    capacity_ *= 2;
  }
  const absl::StatusOr<size_t> read = stream_->Read(bytes_.get() + end_, capacity_ - end_);
  if (!read.ok()) return read.status();
  end_ += *read;
  return *read > 0;
}

absl::Status JsonStream::SkipBlanks() {
  while (true) {
    while (at_ < end_ && IsJsonBlank(bytes_[at_])) ++at_;
    begin_ = at_;
    if (at_ < end_) return absl::OkStatus();
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
  }
}

absl::Status JsonStream::Wanted(std::string_view what) {
  const bool ended = at_ == end_;
  return Missing(Cat(place_, ": byte ", bytes_gone_ + at_),
                 Cat(what, " is expected, found ",
                     ended ? "the end" : Quoted(std::string_view(&bytes_[at_], 1))));
}

absl::StatusOr<bool> JsonStream::AtEnd() {
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  return at_ == end_;
}

absl::StatusOr<char> JsonStream::Peek() {
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  if (at_ == end_) return Wanted("a value");
  return bytes_[at_];
}

absl::Status JsonStream::Enter() {
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  if (at_ == end_ || bytes_[at_] != '{') return Wanted("an object");
  ++at_;
  first_.push_back(true);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string_view>> JsonStream::NextKey() {
  ACCORD_CHECK(!first_.empty());
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  if (at_ < end_ && bytes_[at_] == '}') {
    ++at_;
    first_.pop_back();
    return std::optional<std::string_view>();
  }
  if (!first_.back()) {
    if (at_ == end_ || bytes_[at_] != ',') return Wanted("',' or '}'");
    ++at_;
    ACCORD_RETURN_IF_ERROR(SkipBlanks());
  }
  first_.back() = false;
  if (at_ == end_ || bytes_[at_] != '"') return Wanted("a key");
  const absl::StatusOr<std::string_view> text = TakeValue();
  if (!text.ok()) return text.status();
  if (!ReadKey(*text, key_))
    return Missing(Cat(place_, ": byte ", bytes_gone_ + begin_), "a damaged key");
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  if (at_ == end_ || bytes_[at_] != ':') return Wanted("':'");
  ++at_;
  return std::optional<std::string_view>(key_);
}

absl::StatusOr<std::string_view> JsonStream::TakeValue() {
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  ACCORD_RETURN_IF_ERROR(WalkValue(/*kept=*/true));
  const std::string_view text(&bytes_[begin_], at_ - begin_);
  if (text.size() > value_bytes_max_) {
    return LimitReached(Cat(place_, ": byte ", bytes_gone_ + begin_),
                        Cat("a value may have at most ", value_bytes_max_, " bytes"));
  }
  return text;
}

absl::Status JsonStream::SkipValue() {
  ACCORD_RETURN_IF_ERROR(SkipBlanks());
  return WalkValue(/*kept=*/false);
}

// Behind the quote that ends the text whose first quote was passed.
absl::Status JsonStream::WalkText(bool kept) {
  bool escaped = false;
  while (true) {
    while (at_ < end_) {
      const char c = bytes_[at_++];
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '"') {
        return absl::OkStatus();
      }
    }
    if (!kept) begin_ = at_;
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) return Wanted("the end of a text");
  }
}

absl::Status JsonStream::WalkValue(bool kept) {
  if (at_ == end_) return Wanted("a value");
  size_t depth = 0;
  const bool scalar = bytes_[at_] != '{' && bytes_[at_] != '[' && bytes_[at_] != '"';
  if (EndsScalar(bytes_[at_]) || bytes_[at_] == ':') return Wanted("a value");
  while (true) {
    while (at_ < end_) {
      const char c = bytes_[at_];
      if (scalar) {
        if (EndsScalar(c)) return absl::OkStatus();
        ++at_;
        continue;
      }
      ++at_;
      if (c == '"') ACCORD_RETURN_IF_ERROR(WalkText(kept));
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      if (depth == 0) return absl::OkStatus();
    }
    if (!kept) begin_ = at_;
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) return scalar ? absl::OkStatus() : Wanted("the end of a value");
  }
}

}  // namespace accord::metadata
