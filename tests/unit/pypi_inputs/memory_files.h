// Files that stand in memory, for inputs that include others.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/inputs/input.h"

namespace accord::pypi::testing {

class MemoryFiles {
 public:
  MemoryFiles(std::initializer_list<std::pair<const std::string, std::string>> files)
      : files_(files) {}

  [[nodiscard]] ReadFile Reader() const {
    return [this](const std::string& path) -> absl::StatusOr<std::string> {
      const auto found = files_.find(path);
      if (found == files_.end()) return InvalidInput(path, "a file is wanted, there is none");
      return found->second;
    };
  }

 private:
  std::map<std::string, std::string> files_;
};

// "place|text" of each.
template <class Placed>
std::vector<std::string> Lines(const std::vector<Placed>& texts) {
  std::vector<std::string> lines;
  for (const Placed& text : texts) lines.push_back(text.place + "|" + text.text);
  return lines;
}

}  // namespace accord::pypi::testing
