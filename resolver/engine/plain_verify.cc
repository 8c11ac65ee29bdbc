// Verify of plain.h.
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "check/world_check.h"
#include "engine/plain.h"
#include "engine/plain_universe.h"

namespace accord::engine {
namespace {

using check::Violation;
using check::ViolationKind;

// The candidates that pins mean, in a universe that knows of them what is said.
class PinnedCandidates {
 public:
  PinnedCandidates(const PlainFacts& facts, PlainUniverse& supplier)
      : facts_(facts), supplier_(supplier) {}

  void Add(const PlainPin& pin) {
    const PlainPackage* const package = facts_.Find(pin.package);
    const std::vector<Position> meant = package ? Meant(pin, *package) : std::vector<Position>();
    if (meant.size() != 1) {
      report.violations.push_back(
          {.kind = meant.empty() ? ViolationKind::kNotInSource : ViolationKind::kAmbiguous,
           .where = Cat(pin.package, " ", pin.version),
           .wish = "one candidate that the universe has",
           .fact = Cat(meant.size(), " are meant")});
      return;
    }
    Universe& universe = supplier_.universe();
    const PackageId id = supplier_.AddPackage(pin.package);
    if (universe.package(id).knowledge == Knowledge::kPending) {
      ACCORD_CHECK(supplier_.Supply({.packages = {id}, .candidates = {}}).ok());
    }
    const SolvableId candidate = universe.at(id, meant.front());
    const bool is_new = universe.solvable(candidate).dependencies_known == Knowledge::kPending;
    if (is_new && !package->candidates[meant.front()]->pending) {
      ACCORD_CHECK(supplier_.Supply({.packages = {}, .candidates = {candidate}}).ok());
    }
    members.push_back(candidate);
  }

  std::vector<SolvableId> members;
  check::CheckReport report;

 private:
  static std::vector<Position> Meant(const PlainPin& pin, const PlainPackage& package) {
    std::vector<Position> meant;
    for (Position i = 0; i < package.candidates.size(); ++i) {
      if (pin.candidate.value_or(i) == i && pin.version == package.candidates[i]->version) {
        meant.push_back(i);
      }
    }
    return meant;
  }

  const PlainFacts& facts_;
  PlainUniverse& supplier_;
};

}  // namespace

check::CheckReport Verify(std::shared_ptr<const PlainFacts> facts, const PlainRequest& request,
                          const std::vector<PlainPin>& pins) {
  PlainUniverse supplier(facts, /*closed=*/true);
  const Problem problem = supplier.AddRequest(request);
  PinnedCandidates pinned(*facts, supplier);
  for (const PlainPin& pin : pins) pinned.Add(pin);
  check::CheckReport report = std::move(pinned.report);
  for (Violation& violation : check::CheckMembers(supplier.universe(), problem, pinned.members)) {
    report.violations.push_back(std::move(violation));
  }
  report.cost.pins = pins.size();
  return report;
}

}  // namespace accord::engine
