#include "protocol/frame_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/utf8.h"

namespace accord::protocol {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kLengthHeader = "content-length:";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == std::string_view::npos;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameInAnyCase(char a, char b) { return Lower(a) == Lower(b); }

// What a header's name is made of (RFC 9110, token), near enough to tell it from a message.
bool IsHeaderName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (Lower(c) >= 'a' && Lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::optional<uint64_t> Number(std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void GiveOut(std::string text, const FrameReader::Take& take) {
  const std::optional<size_t> fault = FirstFaultOfUtf8(text);
  if (fault) return take({.kind = Frame::Kind::kBadUtf8, .fault_at = *fault});
  take({.kind = Frame::Kind::kText, .text = std::move(text)});
}

}  // namespace

void FrameReader::Feed(std::string_view bytes, const Take& take) {
  while (!bytes.empty()) bytes.remove_prefix(Step(bytes, take));
}

size_t FrameReader::Step(std::string_view bytes, const Take& take) {
  switch (state_) {
    case State::kOpening:
      return Open(bytes);
    case State::kLine:
      return ReadLine(bytes, take);
    case State::kRestOfLine:
      return PassRestOfLine(bytes);
    case State::kHeaders:
      return ReadHeaders(bytes, take);
    case State::kBody:
      return ReadBody(bytes, take);
    case State::kRestOfBody:
      return PassRestOfBody(bytes);
    case State::kLost:
      break;
  }
  return LookForHeader(bytes);
}

void FrameReader::Finish(const Take& take) {
  if (IsInsideFrame()) take({.kind = Frame::Kind::kCutOff});
}

// Of a frame that is passed over was told already.
bool FrameReader::IsInsideFrame() const {
  return state_ == State::kBody || in_headers_ || !IsBlank(held_);
}

// What began as a byte order mark and is none stays in held_, as the beginning of a line.
size_t FrameReader::Open(std::string_view bytes) {
  const char first = bytes.front();
  if (mark_may_come_ && first == kByteOrderMark[held_.size()]) {
    held_ += first;
    mark_may_come_ = held_ != kByteOrderMark;
    if (!mark_may_come_) held_.clear();
    return 1;
  }
  mark_may_come_ = false;
  if (held_.empty() && IsBlank(bytes.substr(0, 1))) return 1;
  const bool headers = held_.empty() && SameInAnyCase(first, 'c');
  form_ = headers ? FrameForm::kHeaders : FrameForm::kLines;
  state_ = headers ? State::kHeaders : State::kLine;
  return 0;
}

size_t FrameReader::ReadLine(std::string_view bytes, const Take& take) {
  const size_t end = bytes.find('\n');
  const bool ends = end != std::string_view::npos;
  const std::string_view part = bytes.substr(0, end);
  if (held_.size() + part.size() > frame_bytes_max_ + 1) {  // 1: for a CR
    held_ = {};
    state_ = State::kRestOfLine;
    take({.kind = Frame::Kind::kTooLarge});
    return part.size();
  }
  held_ += part;
  if (!ends) return part.size();
  EndLine(take);
  return end + 1;
}

void FrameReader::EndLine(const Take& take) {
  std::string line = std::exchange(held_, {});
  if (line.ends_with('\r')) line.pop_back();
  if (IsBlank(line)) return;
  if (line.size() > frame_bytes_max_) return take({.kind = Frame::Kind::kTooLarge});
  GiveOut(std::move(line), take);
}

size_t FrameReader::PassRestOfLine(std::string_view bytes) {
  const size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return bytes.size();
  state_ = State::kLine;
  return end + 1;
}

size_t FrameReader::ReadHeaders(std::string_view bytes, const Take& take) {
  const std::string_view part = bytes.substr(0, kHeaderBytesMax - header_bytes_);
  const size_t end = part.find('\n');
  const bool ends = end != std::string_view::npos;
  const size_t taken = ends ? end + 1 : part.size();
  held_ += part.substr(0, end);
  header_bytes_ += taken;
  if (ends) {
    EndHeaderLine(take);
  } else if (header_bytes_ == kHeaderBytesMax) {
    Lose(take);
  }
  return taken;
}

void FrameReader::EndHeaderLine(const Take& take) {
  const std::string line = std::exchange(held_, {});
  if (IsBlank(line)) return in_headers_ ? EndHeaders(take) : BeginHeaders();
  in_headers_ = true;
  if (ReadField(line)) return;
  Lose(take);
  // It may be the rest of a message whose length was told too small, with a header at its end.
  const auto found = std::find_end(line.begin() + 1, line.end(), kLengthHeader.begin(),
                                   kLengthHeader.end(), SameInAnyCase);
  const std::string header(found, line.end());
  if (header.empty() || !ReadField(header)) return;
  state_ = State::kHeaders;
  in_headers_ = true;
  header_bytes_ = header.size() + 1;
}

// False: no header, or a length that is none or another than before.
bool FrameReader::ReadField(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || !IsHeaderName(line.substr(0, colon))) return false;
  const std::string_view name = line.substr(0, colon + 1);
  if (!std::equal(name.begin(), name.end(), kLengthHeader.begin(), kLengthHeader.end(),
                  SameInAnyCase)) {
    return true;
  }
  const std::optional<uint64_t> length = Number(Trimmed(line.substr(colon + 1)));
  if (!length || (length_ && length_ != length)) return false;
  length_ = length;
  return true;
}

void FrameReader::EndHeaders(const Take& take) {
  if (!length_) return Lose(take);
  body_bytes_left_ = *length_;
  BeginHeaders();
  if (body_bytes_left_ > frame_bytes_max_) {
    state_ = State::kRestOfBody;
    take({.kind = Frame::Kind::kTooLarge});
  } else if (body_bytes_left_ > 0) {
    state_ = State::kBody;
  } else {
    GiveOut({}, take);
  }
}

size_t FrameReader::ReadBody(std::string_view bytes, const Take& take) {
  const std::string_view part = bytes.substr(0, body_bytes_left_);
  held_ += part;
  body_bytes_left_ -= part.size();
  if (body_bytes_left_ > 0) return part.size();
  state_ = State::kHeaders;
  GiveOut(std::exchange(held_, {}), take);
  return part.size();
}

size_t FrameReader::PassRestOfBody(std::string_view bytes) {
  const size_t passed = std::min<uint64_t>(bytes.size(), body_bytes_left_);
  body_bytes_left_ -= passed;
  if (body_bytes_left_ == 0) state_ = State::kHeaders;
  return passed;
}

void FrameReader::BeginHeaders() {
  state_ = State::kHeaders;
  held_ = {};
  header_bytes_ = 0;
  in_headers_ = false;
  length_.reset();
}

void FrameReader::Lose(const Take& take) {
  BeginHeaders();
  state_ = State::kLost;
  matched_ = 0;
  take({.kind = Frame::Kind::kBadHeader});
}

// The name's first letter stands nowhere else in it: after a mismatch nothing but it can match.
size_t FrameReader::LookForHeader(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size(); ++at) {
    if (!SameInAnyCase(bytes[at], kLengthHeader[matched_])) matched_ = 0;
    if (SameInAnyCase(bytes[at], kLengthHeader[matched_])) ++matched_;
    if (matched_ < kLengthHeader.size()) continue;
    BeginHeaders();
    held_ = kLengthHeader;
    header_bytes_ = held_.size();
    return at + 1;
  }
  return bytes.size();
}

}  // namespace accord::protocol
