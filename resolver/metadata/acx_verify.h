// Reads all of a part of a compiled corpus, and says what is damaged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/executor.h"
#include "metadata/acx_part.h"

namespace accord::metadata {

struct AcxFault {
  std::string_view table;         // "facts", "files", "hashes"
  std::optional<uint32_t> block;  // none: an index page, or the whole table
  std::string from;               // the first name of the block or page; empty: the table
  std::string before;             // the next one's; empty: it is the last
  std::string text;               // what is wrong
};

struct AcxVerification {
  std::vector<AcxFault> faults;  // by table and block
  uint64_t blocks = 0;           // those that could be read
  uint64_t packages = 0;
  uint64_t versions = 0;
  uint64_t files = 0;
};

// Every block is decompressed, every record and every file decoded; names ascend, every package has
// its files, and the directory's counts are true. A damaged block hides no other.
[[nodiscard]] AcxVerification VerifyAcxPart(const AcxPart& part, const Executor& executor);

}  // namespace accord::metadata
