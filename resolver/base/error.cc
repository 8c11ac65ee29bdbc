#include "base/error.h"

#include "base/utf8.h"

namespace accord {
namespace {

std::string Placed(std::string_view place, std::string_view what) {
  return place.empty() ? std::string(what) : Cat(place, ": ", what);
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

absl::Status Waiting() { return absl::AbortedError("facts are awaited"); }
bool IsWaiting(const absl::Status& status) { return absl::IsAborted(status); }

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
    const size_t length = Utf8SequenceBytes(text, at);
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
