// A specifier as people write it: "python >=3.11,<3.12 *_cpython".
#pragma once

#include <string>
#include <string_view>

#include "ecosystem/conda/match_spec.h"

namespace accord::conda {

// Name, version and build with blanks between them; the canonical text where the specifier says
// more than these. Equal specifiers, equal texts.
[[nodiscard]] std::string SpecText(const MatchSpec& spec);
// Of a canonical name; null: any.
[[nodiscard]] std::string SpecText(std::string_view name, const VersionSpec* version,
                                   const TextMatch* build);

}  // namespace accord::conda
