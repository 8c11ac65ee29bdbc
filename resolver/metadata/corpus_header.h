// What a corpus says of itself, in every form that corpora have.
#pragma once

#include <string>

namespace accord::metadata {

struct CorpusHeader {
  std::string ecosystem;  // e.g. "pypi"
  bool complete = false;  // names that are not here do not exist
  std::string source;     // where the facts come from, in words
  std::string recorded;   // YYYY-MM-DD; empty: not known

  friend bool operator==(const CorpusHeader&, const CorpusHeader&) = default;
};

}  // namespace accord::metadata
