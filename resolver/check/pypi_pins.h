// The pins of an answer with the facts behind them, and what a pin's own record says against
// choosing it: absent, yanked, the wrong Python, unreadable. Internal to this folder.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "check/pypi_check.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/record.h"

namespace accord::check {

// A text of the request, parsed, whose marker holds.
struct Wish {
  std::string where;  // "/constraints/0"
  std::string text;
  pypi::Requirement parsed;
};

struct Wishes {
  std::vector<Wish> requirements;
  std::vector<Wish> constraints;
  std::vector<Wish> locked;
  std::vector<Wish> excluded;
};

struct PinnedNeed {
  std::string text;
  pypi::Requirement parsed;
};

struct PinFacts {
  explicit PinFacts(const PypiPin& from) : pin(&from), candidate(from.version) {}

  const PypiPin* pin;
  pypi::Candidate candidate;  // spelled as its record spells it
  const metadata::PackageRecord* package = nullptr;
  const metadata::VersionRecord* version = nullptr;
  const metadata::MetadataRecord* metadata = nullptr;
  std::vector<PinnedNeed> needs;
  std::set<std::string> extras;        // active by the answer, normal names
  std::set<std::string> known_extras;  // declared, or mentioned by a marker
  std::set<std::string> requested;     // extras that the walk has met
  bool reached = false;

  [[nodiscard]] std::string Label() const;
};

using Pins = std::map<std::string, PinFacts>;  // by normal name

[[nodiscard]] bool InSpecifiers(const pypi::SpecifierSet& set, const pypi::Candidate& candidate,
                                CheckCost& cost);

// Reads the facts behind the pins. What cannot be chosen at all becomes a violation.
[[nodiscard]] absl::StatusOr<Pins> ReadPins(const PypiQuestion& question,
                                            absl::Span<const PypiPin> pins, CheckReport& report);

struct AdmissionRule {
  const Wishes& wishes;
  const pypi::Version& python;
  pypi::PrereleasePolicy prereleases;
};

// Requires-Python, yanked files and pre-releases of one pin that has a record.
void CheckAdmitted(const PinFacts& pin, const AdmissionRule& rule, CheckReport& report);

}  // namespace accord::check
