// What the PyPI kinds of scenarios share: a case with facts of its own, the environment it names,
// and one line about how it ended. Readers make cases, runners solve them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"
#include "engine/answer.h"
#include "metadata/source.h"
#include "tests/support/memory_source.h"

namespace accord::scenarios {

// Name -> version.
using Pins = std::map<std::string, std::string>;

struct PypiCase {
  std::string name;
  accord::testing::MemorySource source;
  pypi::ResolveRequest request;
  std::optional<bool> satisfiable;      // none: the case does not say
  Pins packages;                        // empty: the case does not say
  std::vector<std::string> conflicted;  // names that a conflict must speak of
  std::string explanation;              // why, in the words of the case's authors
  std::string skipped;                  // not empty: why the case is not for us
};

// The pins of an answer, as its sources spell the versions.
[[nodiscard]] Pins PinsOf(const engine::Answer& answer);
// "a==1 b==2", or "unsat".
[[nodiscard]] std::string PinsText(const engine::Answer& answer);
[[nodiscard]] std::string PinsText(const Pins& pins);
// Equal as PEP 440 versions, or the same text.
[[nodiscard]] bool SameVersion(std::string_view a, std::string_view b);
// Negative, 0 or positive; 0 too if one of them is no version.
[[nodiscard]] int CompareVersions(std::string_view a, std::string_view b);

// An extra's requirement as METADATA would spell it: `text` under "and extra == 'extra'".
[[nodiscard]] std::string UnderExtra(std::string_view text, std::string_view extra);

// The request, its environment, the pins and the chosen versions' metadata as one line of JSON:
// what tools/compare/check_pins reads, which holds it against `packaging`.
[[nodiscard]] std::string CheckPinsLine(std::string_view name, const pypi::ResolveRequest& request,
                                        std::span<const metadata::Source* const> sources,
                                        const engine::Answer& answer);

}  // namespace accord::scenarios
