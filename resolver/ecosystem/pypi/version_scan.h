// The parts of a PEP 440 version in a text, found but not yet understood: the one grammar that
// versions, specifiers and requirements share. Keeps views into the text; copies nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace accord::pypi {

enum class PreKind : uint8_t { kNone, kAlpha, kBeta, kCandidate };

// "1!2.0rc1.post2.dev3+l.1": numbers are digit strings; an absent number of a present part is empty
// and means 0.
struct VersionParts {
  std::string_view epoch;    // empty: 0
  std::string_view release;  // digits, '.'
  PreKind pre = PreKind::kNone;
  std::string_view pre_number;
  bool has_post = false;
  std::string_view post_number;
  bool has_dev = false;
  std::string_view dev_number;
  std::string_view local;  // without '+'; empty: none
  size_t end = 0;          // where the version stops in the text
};

// The longest version that starts at `begin`; nothing if none does. Every spelling of PEP 440's
// "Normalization": 'v', any case, separators '.', '-', '_', implicit numbers and "-N" posts. What
// follows `end` is the caller's: white space and ".*" are not part of a version.
[[nodiscard]] std::optional<VersionParts> ScanVersion(std::string_view text, size_t begin);

}  // namespace accord::pypi
