#include "tests/fuzz/laws.h"

#include "base/error.h"

namespace accord::fuzz {

void Laws::Hold(bool holds, std::string_view law, std::initializer_list<std::string_view> about) {
  ++looked_at_;
  if (holds || !broken_.empty()) return;
  broken_ = law;
  char joint = ':';
  for (const std::string_view text : about) {
    broken_ += Cat(joint, " ", Quoted(text, 2000));
    joint = ',';
  }
}

}  // namespace accord::fuzz
