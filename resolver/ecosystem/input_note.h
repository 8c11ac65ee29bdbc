// What the files of a request say that has no effect: the same for every ecosystem.
#pragma once

#include <string>

namespace accord {

// Something in a file of the request that has no effect, or not the one it seems to have.
struct InputNote {
  std::string place;  // "requirements.txt:7"
  std::string text;   // "--index-url is not honoured: ..."
  friend bool operator==(const InputNote&, const InputNote&) = default;
};

}  // namespace accord
