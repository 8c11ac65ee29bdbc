// Below which directories a frontend lets the engine open files.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "protocol/fault.h"

namespace accord::protocol {

class Roots {
 public:
  Roots() = default;
  explicit Roots(const std::vector<std::string>& directories);

  // The file's real path, links followed. Faults: pathNotAllowed, which says nothing of what there
  // is elsewhere; loadFailed for a file that is not there.
  [[nodiscard]] std::variant<std::filesystem::path, Fault> Allow(const std::string& path) const;

 private:
  std::vector<std::filesystem::path> real_;
};

}  // namespace accord::protocol
