// PEP 440 versions: parsing of every spelling, the normal form, and the total order.
//
// A version is kept as a byte string that memcmp orders (its "key"), with the first eight bytes as
// a number beside it: 1.2.3 or 2023.10.5 compare by one integer comparison. Numbers are exact at
// any size. What a specifier admits is specifier.h.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/version_scan.h"

namespace accord::pypi {

inline constexpr size_t kVersionBytesMax = 16384;

class Version {
 public:
  // White space around the version is ignored. Errors: InvalidInput with the byte that is wrong;
  // LimitReached above kVersionBytesMax bytes.
  [[nodiscard]] static absl::StatusOr<Version> Parse(std::string_view text);
  // The same without a reason, for hot loops over texts that are often no versions.
  [[nodiscard]] static std::optional<Version> TryParse(std::string_view text);
  // Of parts whose texts are at most kVersionBytesMax bytes together.
  [[nodiscard]] static Version FromParts(const VersionParts& parts);

  // PEP 440's normal form: "1!2.0rc1.post2.dev3+l.1". Keeps the release's trailing zeros.
  [[nodiscard]] std::string_view Text() const {
    return std::string_view(bytes_).substr(key_bytes_);
  }
  // The normal form without the release's trailing zeros: equal versions, equal texts.
  [[nodiscard]] std::string Canonical() const;

  [[nodiscard]] bool is_prerelease() const { return is_prerelease_; }  // a, b, rc or dev
  [[nodiscard]] bool is_postrelease() const { return is_postrelease_; }
  [[nodiscard]] bool is_devrelease() const { return is_devrelease_; }
  [[nodiscard]] bool is_local() const { return public_bytes_ + 1U < key_bytes_; }

  // PEP 440's order: dev < a < b < rc < final < post of one release, local versions above theirs.
  // 1.0 == 1.
  friend std::strong_ordering operator<=>(const Version& a, const Version& b) {
    if (a.first_ != b.first_) return a.first_ <=> b.first_;
    if (a.key_bytes_ <= kFirstBytes || b.key_bytes_ <= kFirstBytes) {
      return std::strong_ordering::equal;  // no key is the beginning of another
    }
    return a.Key().substr(kFirstBytes) <=> b.Key().substr(kFirstBytes);
  }
  friend bool operator==(const Version& a, const Version& b) { return std::is_eq(a <=> b); }
  template <class H>
  friend H AbslHashValue(H h, const Version& v) {
    return H::combine(std::move(h), v.Key().size(), std::hash<std::string_view>()(v.Key()));
  }

  // For specifiers: equal but for the local part.
  [[nodiscard]] bool SamePublic(const Version& other) const {
    return public_bytes_ == other.public_bytes_ && SameBeginning(other, public_bytes_);
  }
  // For specifiers: equal in epoch, release and pre-release part.
  [[nodiscard]] bool SameStem(const Version& other) const {
    return stem_bytes_ == other.stem_bytes_ && SameBeginning(other, stem_bytes_);
  }

 private:
  friend class ReleasePrefix;
  static constexpr size_t kFirstBytes = 8;

  Version() = default;
  [[nodiscard]] std::string_view Key() const {
    return std::string_view(bytes_).substr(0, key_bytes_);
  }
  // Whether the first `bytes` bytes of the keys are equal; bytes is at least 2.
  [[nodiscard]] bool SameBeginning(const Version& other, size_t bytes) const {
    if (bytes < kFirstBytes) return (first_ ^ other.first_) >> (64 - 8 * bytes) == 0;
    if (first_ != other.first_) return false;
    return Key().substr(0, bytes) == other.Key().substr(0, bytes);
  }

  uint64_t first_ = 0;  // the key's first eight bytes, big-endian, zeros behind a shorter key
  std::string bytes_;   // key, then normal form: mostly short enough to need no allocation
  uint16_t key_bytes_ = 0;
  uint16_t public_bytes_ = 0;  // of the key, before the mark "end" or "local"
  uint16_t stem_bytes_ = 0;    // of the key, through the pre-release number
  bool is_prerelease_ = false;
  bool is_postrelease_ = false;
  bool is_devrelease_ = false;
};

// "V.*": the versions whose epoch and first release numbers are V's, padding with zeros.
class ReleasePrefix {
 public:
  ReleasePrefix() = default;
  // The first `numbers` release numbers of a version's parts; at least 1, at most as many as it
  // has.
  ReleasePrefix(const VersionParts& parts, size_t numbers);
  [[nodiscard]] bool Matches(const Version& version) const;

 private:
  std::string key_;
  size_t trimmed_bytes_ = 0;  // of the key, without its trailing zero numbers
};

// How many numbers a release text has: "1.2.0" has 3.
[[nodiscard]] size_t ReleaseNumbers(std::string_view release);

}  // namespace accord::pypi
