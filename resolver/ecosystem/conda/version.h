// Versions of conda packages (CEP 33): every spelling, the normal text, the total order, and which
// versions begin with which.
//
// A version is kept as a byte string that memcmp orders (its "key"), with the first eight bytes as
// a number beside it. Nothing but the key says how versions compare, so a set of versions is a few
// ranges of keys (KeyRange). This is not PEP 440: 1.0.dev456 sorts after 1.0rc2. What a specifier
// admits is version_spec.h.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::conda {

// CEP 26 ends at 64 characters, and CEP 33 at numbers of 2^31 - 1. Longer texts and numbers of any
// size are read here, and compared exactly: they change no answer about those that conform.
inline constexpr size_t kVersionBytesMax = 4096;

// The keys k with begin <= k < end; an empty end is no bound, an empty begin is below all keys.
struct KeyRange {
  std::string begin;
  std::string end;

  [[nodiscard]] bool Holds(std::string_view key) const {
    return key >= begin && (end.empty() || key < end);
  }
  friend bool operator==(const KeyRange& a, const KeyRange& b) = default;
};

// Whether '*' is a character of versions: a string of its own, below '_' and all letters. Only
// specifiers of other dialects than CEP have it.
enum class Stars : uint8_t { kRefused, kRead };

class Version {
 public:
  // Blanks around the version are ignored, and '-' is '_' in a version that has no '_'. Errors:
  // InvalidInput with the byte that is wrong; LimitReached above kVersionBytesMax bytes.
  [[nodiscard]] static absl::StatusOr<Version> Parse(std::string_view text,
                                                     Stars stars = Stars::kRefused);
  // The same without a reason.
  [[nodiscard]] static std::optional<Version> TryParse(std::string_view text,
                                                       Stars stars = Stars::kRefused);

  // The version as written, in lower case, with '_' for '-'. Equal versions may differ here.
  [[nodiscard]] std::string_view Text() const {
    return std::string_view(bytes_).substr(key_bytes_);
  }
  // Orders versions by memcmp; equal versions, equal keys, and no key is the beginning of another.
  [[nodiscard]] std::string_view Key() const {
    return std::string_view(bytes_).substr(0, key_bytes_);
  }

  // CEP 33's order. 1.0 == 1, and 1.1.0rc == 1.1.rc > 1.1rc.
  friend std::strong_ordering operator<=>(const Version& a, const Version& b) {
    if (a.first_ != b.first_) return a.first_ <=> b.first_;
    return a.Key() <=> b.Key();
  }
  friend bool operator==(const Version& a, const Version& b) {
    return a.first_ == b.first_ && a.Key() == b.Key();
  }
  template <class H>
  friend H AbslHashValue(H h, const Version& v) {
    return H::combine(std::move(h), std::hash<std::string_view>()(v.Key()));
  }

  // Whether this version is `prefix` or goes on where it ends: 1.0.1c and 1.0.1.5+x begin with
  // 1.0.1, and 1.0rc1 with 1.0r. A number ends with itself (1.10 does not begin with 1.1), a string
  // may go on, what is missing is 0. A prefix with a local part asks for an equal main part.
  [[nodiscard]] bool StartsWith(const Version& prefix) const;
  // The keys of the versions that begin with this one.
  [[nodiscard]] KeyRange BeginningWithThis() const;
  // The same for this version without its last segment, and without its local part: 1.2 of 1.2.3.
  // All keys for a version of one segment.
  [[nodiscard]] KeyRange BeginningWithStem() const;

 private:
  Version() = default;

  uint64_t first_ = 0;  // the key's first eight bytes, big-endian, zeros behind a shorter key
  std::string bytes_;   // key, then text
  uint32_t key_bytes_ = 0;
};

// One segment at least, as CEP 33 counts them behind the epoch: 3 for 1!1.2.3+4.
[[nodiscard]] size_t SegmentsOf(const Version& version);

// Components of segments, numbers without zeros before them: {{"1"}, {"2", "g"}, {"0", "beta",
// "15"}} of 1.2g.beta15, as a segment begins with a number.
using VersionSegments = std::vector<std::vector<std::string>>;

// What the order looks at.
struct VersionParts {
  std::string epoch;  // "0" if none is written
  VersionSegments main;
  VersionSegments local;  // empty: none is written
};
[[nodiscard]] VersionParts PartsOf(const Version& version);

}  // namespace accord::conda
