#include "engine/ecosystem.h"

namespace accord::engine {

std::string Ecosystem::VersionOf(SolvableId candidate) const {
  return std::string(universe().Text(universe().solvable(candidate).version));
}

std::string Ecosystem::VersionBeside(SolvableId candidate, SolvableId beside) const {
  const bool apart = beside.valid() && candidate != beside && AreOneVersion(candidate, beside);
  return apart ? Ecosystem::VersionOf(candidate) : VersionOf(candidate);
}

}  // namespace accord::engine
