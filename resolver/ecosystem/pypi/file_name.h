// File names of distributions: wheels (PEP 427 and the binary distribution format) and sdists
// (PEP 625 and what came before it).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/tag.h"
#include "ecosystem/pypi/version.h"

namespace accord::pypi {

inline constexpr size_t kFileNameBytesMax = 4096;

// "2_local": a number, then text. No build tag sorts below every build tag.
struct BuildTag {
  std::string number;  // digits without leading zeros; exact at any size
  std::string rest;
  [[nodiscard]] std::string Text() const { return number + rest; }
  friend bool operator==(const BuildTag&, const BuildTag&) = default;
  friend std::strong_ordering operator<=>(const BuildTag& a, const BuildTag& b);
};

struct WheelName {
  std::string name;  // normal
  Version version;
  std::optional<BuildTag> build;
  TagSet tags;

  // "name-version(-build)?-pythons-abis-platforms.whl". Letters beyond ASCII stand in names as they
  // are. Errors: InvalidInput with what is wrong; LimitReached, as TagSet::Parse and above
  // kFileNameBytesMax.
  [[nodiscard]] static absl::StatusOr<WheelName> Parse(std::string_view file);
};

struct SdistName {
  std::string name;  // normal
  Version version;

  // "name-version.tar.gz" or ".zip"; the older suffixes have no such form. Where a name has several
  // ways to be split, the last hyphen counts, as in `packaging`. Errors: InvalidInput with what is
  // wrong; LimitReached above kFileNameBytesMax.
  [[nodiscard]] static absl::StatusOr<SdistName> Parse(std::string_view file);
};

enum class FileKind : uint8_t { kWheel, kSdist, kOther };
// By the suffix alone: ".whl"; ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz"; else kOther (eggs,
// installers).
[[nodiscard]] FileKind KindOfFile(std::string_view file);

}  // namespace accord::pypi
