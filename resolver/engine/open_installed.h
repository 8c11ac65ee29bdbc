// Opens an environment, so that a face needs no ecosystem of its own.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "ecosystem/conda/installed.h"

namespace accord::engine {

// Errors: as conda::Installed::Open.
[[nodiscard]] absl::StatusOr<std::unique_ptr<const conda::Installed>> OpenInstalled(
    const std::string& prefix);

}  // namespace accord::engine
