#include "engine/open_installed.h"

namespace accord::engine {

absl::StatusOr<std::unique_ptr<const conda::Installed>> OpenInstalled(const std::string& prefix) {
  return conda::Installed::Open(prefix);
}

}  // namespace accord::engine
