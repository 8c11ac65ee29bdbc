// conda's part in compiling records (metadata/grammar.h): the order of a package's records, and
// where requirement texts and file names are cut.
#pragma once

#include "metadata/grammar.h"

namespace accord::conda {

// Records are ordered by version (CEP 33), build number, time, then by the texts of build, subdir,
// channel and version, so that the order is total. Two are equal if version text, build, build
// number, subdir and channel are; what has no version that can be read is none. None is a
// pre-release: conda knows none.
//
// A requirement is plain if its name can be cut off: a package's name in lower case, then the end,
// a blank, an operator or a bracket. Its marker is kConstrainsMarker or kExtraMarker with a name.
// Files are cut behind name and version.
class CondaGrammar final : public metadata::Grammar {
 public:
  [[nodiscard]] std::string_view ecosystem() const override { return "conda"; }
  [[nodiscard]] metadata::VersionOrder Order(
      std::span<const metadata::VersionRecord> versions) const override;
  [[nodiscard]] metadata::RequirementCut CutRequirement(std::string_view text) const override;
  [[nodiscard]] size_t CutFileName(std::string_view name) const override;
};

}  // namespace accord::conda
