// PEP 440's order the naive way: from a version's normal form, part by part, as the standard words
// it. Shares nothing with ecosystem/pypi/version.h, which it is held against.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace accord::fuzz {

// Digits without leading zeros: longer is larger.
struct WholeNumber {
  std::string digits = "0";
  friend bool operator==(const WholeNumber&, const WholeNumber&) = default;
  friend std::strong_ordering operator<=>(const WholeNumber& a, const WholeNumber& b) {
    if (a.digits.size() != b.digits.size()) return a.digits.size() <=> b.digits.size();
    return a.digits <=> b.digits;
  }
};

struct LocalSegment {
  bool is_number = false;  // numbers are above texts
  WholeNumber number;
  std::string text;
  friend auto operator<=>(const LocalSegment&, const LocalSegment&) = default;
};

// Members in the order in which they count.
struct VersionKey {
  WholeNumber epoch;
  std::vector<WholeNumber> release;  // without trailing zeros
  int stage = 0;                     // -1 dev of the release itself, 0 a, 1 b, 2 rc, 3 none
  WholeNumber stage_number;
  bool is_post = false;
  WholeNumber post;
  bool is_not_dev = true;
  WholeNumber dev;
  std::vector<LocalSegment> local;  // none is below any
  friend auto operator<=>(const VersionKey&, const VersionKey&) = default;
};

// `normal` is in normal form.
[[nodiscard]] VersionKey KeyOf(std::string_view normal);

}  // namespace accord::fuzz
