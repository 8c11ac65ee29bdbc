#include "check/pypi_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "check/pypi_candidates.h"
#include "check/pypi_pins.h"
#include "check/pypi_walk.h"
#include "check/pypi_wishes.h"

namespace accord::check {
namespace {

struct LimitRule {
  ViolationKind kind;
  bool inside;  // must the version be in the text's specifiers, or must it not?
};

void CheckLimits(const std::vector<Wish>& wishes, LimitRule rule, const Pins& pins,
                 CheckReport& report) {
  for (const Wish& wish : wishes) {
    const auto found = pins.find(wish.name);
    if (found == pins.end()) continue;
    const PinFacts& pin = found->second;
    if (InSpecifiers(wish.parsed.specifiers, pin.candidate, report.cost) == rule.inside) continue;
    report.violations.push_back({.kind = rule.kind,
                                 .where = wish.Where(),
                                 .wish = Cat(rule.inside ? "" : "not ", wish.text),
                                 .fact = Cat(pin.Label(), " is chosen")});
  }
}

// In the order of names.
void CheckNeeded(const Pins& pins, CheckReport& report) {
  std::vector<const PinFacts*> in_order;
  for (const auto& [name, pin] : pins) {
    if (!pin.reached || pin.extras != pin.requested) in_order.push_back(&pin);
  }
  std::ranges::sort(in_order, {}, &PinFacts::name);
  for (const PinFacts* one : in_order) {
    const PinFacts& pin = *one;
    if (!pin.reached) {
      report.violations.push_back({.kind = ViolationKind::kUnneeded,
                                   .where = pin.Label(),
                                   .wish = "only what is needed",
                                   .fact = "nothing requires it"});
      continue;
    }
    for (const std::string& extra : pin.extras) {
      if (pin.requested.contains(extra)) continue;
      report.violations.push_back({.kind = ViolationKind::kExtraUnneeded,
                                   .where = pin.Label(),
                                   .wish = "only extras that are requested",
                                   .fact = Cat("nothing requests '", extra, "'")});
    }
  }
}

}  // namespace

absl::StatusOr<CheckReport> CheckPypi(const PypiQuestion& question,
                                      absl::Span<const PypiPin> answer) {
  ACCORD_CHECK(question.request != nullptr);
  const pypi::Version* python =
      question.request->environment.GetVersion(pypi::MarkerVariable::kPythonFullVersion);
  if (python == nullptr) {
    return InvalidInput("environment", "python_full_version: a version is wanted, it is none");
  }
  CheckReport report;
  const absl::StatusOr<Wishes> wishes = ReadWishes(*question.request, report.cost);
  if (!wishes.ok()) return wishes.status();
  Candidates candidates(question, *wishes, *python, report.cost);
  Pins pins;
  pins.reserve(answer.size());
  ACCORD_RETURN_IF_ERROR(ReadPins(*wishes, answer, candidates, pins, report));
  ACCORD_RETURN_IF_ERROR(WalkPins(question, *wishes, candidates, pins, report));
  CheckLimits(wishes->constraints, {.kind = ViolationKind::kConstraint, .inside = true}, pins,
              report);
  CheckLimits(wishes->locked, {.kind = ViolationKind::kLocked, .inside = true}, pins, report);
  CheckLimits(wishes->excluded, {.kind = ViolationKind::kExcluded, .inside = false}, pins, report);
  CheckNeeded(pins, report);
  return report;
}

}  // namespace accord::check
