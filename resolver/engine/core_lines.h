// Why there is no solution, one plain line for each requirement and candidate of a core. Equal
// needs of many versions are one line. Words of a better explanation are made elsewhere.
#pragma once

#include <vector>

#include "ecosystem/pypi/universe_builder.h"
#include "engine/answer.h"
#include "model/outcome.h"
#include "model/problem.h"

namespace accord::engine {

// What an ecosystem adds: how it writes sets, and what the request left out.
class CoreWords {
 public:
  virtual ~CoreWords() = default;
  [[nodiscard]] virtual std::string SetText(VersionSetId set) const = 0;  // "numpy>=9"
  // Where a requirement of the request was written; empty: not known.
  [[nodiscard]] virtual std::string PlacesOf(RequirementId requirement) const = 0;
  // One line for each filter of the request: "numpy: 12 versions not admitted, e.g. ...".
  [[nodiscard]] virtual std::vector<std::string> LeftOutOf(PackageId package) const = 0;
};

// `problem` is the one whose answer the conflict is. Lines stand by kind, then by text.
[[nodiscard]] std::vector<CoreLine> CoreLines(const Universe& universe, const CoreWords& words,
                                              const Problem& problem, const Conflict& conflict);
// The same in PyPI's words.
[[nodiscard]] std::vector<CoreLine> CoreLines(const pypi::UniverseBuilder& builder,
                                              const Problem& problem, const Conflict& conflict);

}  // namespace accord::engine
