#include "engine/grammars.h"

#include "ecosystem/conda/grammar.h"
#include "ecosystem/pypi/grammar.h"

namespace accord::engine {

const metadata::Grammar* GrammarOf(std::string_view ecosystem) {
  static const pypi::PypiGrammar pypi;
  static const conda::CondaGrammar conda;
  if (ecosystem == pypi.ecosystem()) return &pypi;
  return ecosystem == conda.ecosystem() ? &conda : nullptr;
}

}  // namespace accord::engine
