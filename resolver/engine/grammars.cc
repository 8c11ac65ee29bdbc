#include "engine/grammars.h"

#include "ecosystem/pypi/grammar.h"

namespace accord::engine {

const metadata::Grammar* GrammarOf(std::string_view ecosystem) {
  static const pypi::PypiGrammar pypi;
  return ecosystem == pypi.ecosystem() ? &pypi : nullptr;
}

}  // namespace accord::engine
