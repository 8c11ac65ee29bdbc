// What a file says as lines that a test can list.
#pragma once

#include <string>
#include <vector>

namespace accord::conda::testing {

// "place|text" of each.
template <class Placed>
std::vector<std::string> Lines(const std::vector<Placed>& texts) {
  std::vector<std::string> lines;
  for (const Placed& text : texts) lines.push_back(text.place + "|" + text.text);
  return lines;
}

}  // namespace accord::conda::testing
