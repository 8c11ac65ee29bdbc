// Compiles a record: the writer of the form that facts.h reads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metadata/grammar.h"
#include "metadata/package_files.h"
#include "metadata/record.h"

namespace accord::metadata {

struct EncodedFacts {
  std::string facts;
  EncodedFiles files;  // empty if the record has none
  std::vector<uint32_t>
      version_order;  // the compiled record's versions, as numbers of the record's
};

// Equal records give equal bytes. The metadata indices of the record stand for themselves; each has
// an entry.
[[nodiscard]] EncodedFacts EncodeFacts(const PackageRecord& record, const Grammar& grammar);

}  // namespace accord::metadata
