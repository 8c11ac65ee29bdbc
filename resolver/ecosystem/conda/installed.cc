// What is read of an environment; how it is read, installed_read.cc has, which alone needs
// simdjson.
#include "ecosystem/conda/installed.h"

namespace accord::conda {

absl::StatusOr<const metadata::PackageFacts*> Installed::Find(std::string_view name) const {
  const auto found = records_.find(name);
  return found == records_.end() ? nullptr : &found->second->facts();
}

}  // namespace accord::conda
