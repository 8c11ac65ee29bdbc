// PyPI's part in compiling records (metadata/grammar.h): PEP 440's order, and where requirement
// texts and file names are cut.
#pragma once

#include "metadata/grammar.h"

namespace accord::pypi {

// A requirement is plain if its pieces say all that it says: it is readable as it stands, has no
// URL, and its marker has a meaning in every environment. Files are cut behind name and version, a
// wheel before its tags, so that the tails repeat.
class PypiGrammar final : public metadata::Grammar {
 public:
  [[nodiscard]] std::string_view ecosystem() const override { return "pypi"; }
  [[nodiscard]] metadata::VersionOrder Order(
      std::span<const metadata::VersionRecord> versions) const override;
  [[nodiscard]] metadata::RequirementCut CutRequirement(std::string_view text) const override;
  [[nodiscard]] size_t CutFileName(std::string_view name) const override;
};

}  // namespace accord::pypi
