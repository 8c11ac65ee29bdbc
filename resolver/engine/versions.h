// Questions about PyPI's version texts (PEP 440) alone, so that no front end needs a parser of its
// own; conda_versions.h has conda's.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::engine {

// Numbers are digit strings, exact at any size; empty texts: the version has no such part.
struct VersionAnswer {
  std::string normal;          // "1.0rc1"; keeps trailing zeros
  std::string canonical;       // equal versions, equal texts
  std::string epoch;           // "0" if none is written
  std::string release;         // "1.0"
  std::string pre;             // "rc1"
  std::string post;            // "2" of ".post2"
  std::string dev;             // "3" of ".dev3"
  std::string local;           // "ubuntu.1" of "+ubuntu.1"
  bool is_prerelease = false;  // has pre or dev

  friend bool operator==(const VersionAnswer&, const VersionAnswer&) = default;
};

// Errors of all three: InvalidInput with the byte that is wrong; LimitReached.
[[nodiscard]] absl::StatusOr<VersionAnswer> ParseVersion(std::string_view version);

[[nodiscard]] absl::StatusOr<std::strong_ordering> CompareVersions(std::string_view left,
                                                                   std::string_view right);

// Whether a set of specifiers (">=1.0,!=1.3") admits the version, pre-releases being as good as any
// other. A version that is none can match `===` alone.
[[nodiscard]] absl::StatusOr<bool> MatchVersion(std::string_view version,
                                                std::string_view specifiers);

}  // namespace accord::engine
