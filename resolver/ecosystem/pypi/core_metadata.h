// Core metadata (METADATA, PKG-INFO): the fields a resolver reads. Its reader comes with the input
// formats; until then every text is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::pypi {

struct CoreMetadata {
  std::string name;
  std::string version;
  std::string requires_python;
  std::vector<std::string> requires_dist;
  std::vector<std::string> provides_extra;

  [[nodiscard]] static absl::StatusOr<CoreMetadata> Parse(std::string_view) {
    return absl::UnimplementedError("core metadata: not read yet");
  }
};

}  // namespace accord::pypi
