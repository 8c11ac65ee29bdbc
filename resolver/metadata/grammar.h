// Grammar: what an ecosystem knows of a record's texts, asked once, when the record is compiled
// (facts_encode.h). It puts versions in order and cuts texts into pieces that repeat; it changes
// none of them. The seam through which ecosystem/* helps to make records solver-ready.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metadata/record.h"

namespace accord::metadata {

// Positions in a record's versions.
struct VersionOrder {
  std::vector<uint32_t> ordered;  // those that are versions, oldest first, no two equal
  std::vector<uint32_t> others;   // no versions, or equal to an earlier one; as in the record
  std::vector<bool> prerelease;   // beside `ordered`
};

// A requirement text: name, middle and marker written one after the other are the text.
struct RequirementCut {
  std::string_view name;
  std::string_view middle;  // what stands between: extras and version specifiers, with blanks
  std::string_view marker;  // from the separator on; empty: none
  // The pieces can be read one by one and mean what the whole means. If not, all stands in `name`.
  bool plain = false;
};

// Immutable; thread-safe. Equal texts give equal results, for ever: what is compiled stays.
class Grammar {
 public:
  virtual ~Grammar() = default;

  // E.g. "pypi".
  [[nodiscard]] virtual std::string_view ecosystem() const = 0;
  [[nodiscard]] virtual VersionOrder Order(std::span<const VersionRecord> versions) const = 0;
  [[nodiscard]] virtual RequirementCut CutRequirement(std::string_view text) const = 0;
  // How many bytes of a file's name come before what says which targets it is for; that tail is
  // shared by many files.
  [[nodiscard]] virtual size_t CutFileName(std::string_view name) const = 0;
};

}  // namespace accord::metadata
