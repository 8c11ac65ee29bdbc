// The pins of an answer with the facts behind them, and what a pin's own record says against
// choosing it. Internal to this folder.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "check/pypi_candidates.h"
#include "check/pypi_check.h"
#include "check/pypi_wishes.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/record.h"

namespace accord::check {

struct PinFacts {
  explicit PinFacts(const PypiPin& from) : pin(&from), candidate(from.version) {}

  const PypiPin* pin;
  std::string name;           // normal
  std::string url;            // where the request asks for it; empty: a source has it
  pypi::Candidate candidate;  // spelled as its source spells it
  std::optional<metadata::MetadataRecord> metadata;
  std::vector<Need> needs;
  std::set<std::string> extras;     // active by the answer, normal names
  std::set<std::string> requested;  // extras that the walk has met
  bool reached = false;

  [[nodiscard]] std::string Label() const;
  // Is the extra (a normal name) declared, or mentioned by a marker?
  [[nodiscard]] bool Knows(const std::string& extra) const;
};

using Pins = absl::node_hash_map<std::string, PinFacts>;  // by normal name

// Reads the facts behind the pins. What may not be chosen at all becomes a violation.
[[nodiscard]] absl::Status ReadPins(const Wishes& wishes, absl::Span<const PypiPin> pins,
                                    Candidates& candidates, Pins& facts, CheckReport& report);

}  // namespace accord::check
