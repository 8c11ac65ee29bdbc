// What compiles records of which ecosystem.
#pragma once

#include <string_view>

#include "metadata/grammar.h"

namespace accord::engine {

// Of the ecosystems that Accord knows; else nullptr. Grammars have no state and live for ever.
[[nodiscard]] const metadata::Grammar* GrammarOf(std::string_view ecosystem);

}  // namespace accord::engine
