#include "base/error.h"

#include <array>

namespace accord {
namespace {

std::string Placed(std::string_view place, std::string_view what) {
  return place.empty() ? std::string(what) : Cat(place, ": ", what);
}

// The length of the well-formed UTF-8 sequence at text[at], or 0.
size_t SequenceLength(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  size_t length = 0;
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) length = 2;
  if (lead >= 0xE0 && lead < 0xF0) length = 3;
  if (lead >= 0xF0 && lead < 0xF5) length = 4;
  if (length == 0 || at + length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

absl::Status InvalidInput(std::string_view place, std::string_view what) {
  return absl::InvalidArgumentError(Placed(place, what));
}
absl::Status Missing(std::string_view place, std::string_view what) {
  return absl::NotFoundError(Placed(place, what));
}
absl::Status LimitReached(std::string_view place, std::string_view what) {
  return absl::ResourceExhaustedError(Placed(place, what));
}

std::string_view Message(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

absl::Status At(std::string_view place, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(), Placed(place, Message(status)));
}

std::string Quoted(std::string_view text, size_t bytes_max) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "'";
  for (size_t at = 0; at < text.size();) {
    if (out.size() > bytes_max) {
      out += "...";
      break;
    }
    const auto c = static_cast<unsigned char>(text[at]);
    const size_t length = SequenceLength(text, at);
    if (length == 0 || c < 0x20 || c == 0x7F ||
        (c == 0xC2 && length == 2 && static_cast<unsigned char>(text[at + 1]) < 0xA0)) {
      out += {'\\', 'x', kHex[c >> 4], kHex[c & 15]};
      ++at;
    } else {
      out.append(text.substr(at, length));
      at += length;
    }
  }
  return out + "'";
}

}  // namespace accord
