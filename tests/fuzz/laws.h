// What a fuzz target says of one input: sentences that hold, or the first that does not, with the
// texts it is about. The fuzzer aborts on one that is broken, the replay reports it as a failure.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace accord::fuzz {

class Laws {
 public:
  void Hold(bool holds, std::string_view law, std::initializer_list<std::string_view> about);

  // How many were looked at. An input that is refused at the door looks at few or none.
  [[nodiscard]] size_t looked_at() const { return looked_at_; }
  // "LAW: 'TEXT', 'TEXT'"; empty: all hold.
  [[nodiscard]] const std::string& broken() const { return broken_; }

 private:
  size_t looked_at_ = 0;
  std::string broken_;
};

}  // namespace accord::fuzz
