#include "check/pypi_walk.h"

#include <deque>
#include <string>
#include <utility>

#include "base/error.h"

namespace accord::check {
namespace {

class PypiWalk {
 public:
  PypiWalk(const PypiQuestion& question, const Wishes& wishes, Candidates& candidates, Pins& pins,
           CheckReport& report)
      : environment_(question.request->environment),
        wishes_(wishes),
        candidates_(candidates),
        pins_(pins),
        report_(report) {}

  absl::Status Run() {
    for (const Wish& wish : wishes_.requirements) {
      ACCORD_RETURN_IF_ERROR(Require(wish.where, wish.text, wish.parsed));
    }
    while (!open_.empty()) {
      const Visit visit = std::move(open_.front());
      open_.pop_front();
      ACCORD_RETURN_IF_ERROR(Expand(*visit.pin, visit.extra));
    }
    return absl::OkStatus();
  }

 private:
  // The needs of a pin under one extra, or under none (empty).
  struct Visit {
    PinFacts* pin = nullptr;
    std::string extra;
  };

  absl::Status Expand(PinFacts& pin, const std::string& extra) {
    for (const Need& need : pin.needs) {
      // Under an extra only what the extra adds: the rest was met under none.
      if (!need.parsed.marker && !extra.empty()) continue;
      const auto overrides = OverridesOf(wishes_, pin.name, need.parsed.NormalName());
      if (!Holds(pin, need, extra, !overrides.empty())) continue;
      if (overrides.empty()) {
        ACCORD_RETURN_IF_ERROR(Require(pin.Label(), need.text, need.parsed));
      }
      for (const OverrideWish* one : overrides) {
        if (!one->holds) continue;
        ACCORD_RETURN_IF_ERROR(Require(pin.Label(), one->wish.text, one->wish.parsed));
      }
    }
    return absl::OkStatus();
  }

  bool Holds(const PinFacts& pin, const Need& need, const std::string& extra, bool is_overridden) {
    if (!need.parsed.marker) return true;
    ++report_.cost.markers;
    const auto holds = is_overridden ? HoldsByExtraAlone(*need.parsed.marker, environment_, extra)
                                     : need.parsed.marker->Evaluate(environment_, {.extra = extra});
    if (holds.ok()) return *holds;
    Add(ViolationKind::kUnreadable, pin.Label(), "markers that have a meaning",
        std::string(Message(holds.status())));
    return false;
  }

  absl::Status Require(const std::string& where, const std::string& text,
                       const pypi::Requirement& wanted) {
    const auto found = pins_.find(wanted.NormalName());
    if (found == pins_.end()) {
      Add(ViolationKind::kMissing, where, text, Cat("no version of ", wanted.name, " is chosen"));
      return absl::OkStatus();
    }
    PinFacts& pin = found->second;
    if (!wanted.url.empty()) {
      if (wanted.url != pin.url) {
        Add(ViolationKind::kNeedsAddress, where, text,
            pin.url.empty() ? Cat(pin.Label(), " comes from a source")
                            : Cat(pin.Label(), " comes from ", pin.url));
      }
    } else {
      ACCORD_RETURN_IF_ERROR(CheckVersion(where, text, wanted.specifiers, pin));
    }
    if (!std::exchange(pin.reached, true)) open_.push_back({.pin = &pin, .extra = {}});
    for (std::string& extra : wanted.NormalExtras()) {
      // An extra that the version knows nothing of brings nothing: a warning, not a fault.
      const bool active = !pin.pin->extras || pin.extras.contains(extra);
      if (!active && pin.known_extras.contains(extra)) {
        Add(ViolationKind::kExtraInactive, where, text,
            Cat(pin.Label(), " is chosen without '", extra, "'"));
      }
      if (pin.requested.insert(extra).second) {
        open_.push_back({.pin = &pin, .extra = std::move(extra)});
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckVersion(const std::string& where, const std::string& text,
                            const pypi::SpecifierSet& wanted, const PinFacts& pin) {
    if (!InSpecifiers(wanted, pin.candidate, report_.cost)) {
      Add(ViolationKind::kWrongVersion, where, text, Cat(pin.Label(), " is chosen"));
      return absl::OkStatus();
    }
    if (!pin.url.empty()) return absl::OkStatus();
    const absl::StatusOr<bool> out = candidates_.IsFilteredOut(pin.name, pin.candidate, wanted);
    if (!out.ok()) return out.status();
    if (*out) {
      Add(ViolationKind::kPrerelease, where, text,
          Cat(pin.Label(), " is a pre-release, and a final release fits"));
    }
    return absl::OkStatus();
  }

  void Add(ViolationKind kind, std::string where, std::string wish, std::string fact) {
    Violation violation{
        .kind = kind, .where = std::move(where), .wish = std::move(wish), .fact = std::move(fact)};
    // A need may be met on several ways; one report of it is enough.
    for (const Violation& known : report_.violations) {
      if (known == violation) return;
    }
    report_.violations.push_back(std::move(violation));
  }

  const pypi::Environment& environment_;
  const Wishes& wishes_;
  Candidates& candidates_;
  Pins& pins_;
  CheckReport& report_;
  std::deque<Visit> open_;
};

}  // namespace

absl::Status WalkPins(const PypiQuestion& question, const Wishes& wishes, Candidates& candidates,
                      Pins& pins, CheckReport& report) {
  return PypiWalk(question, wishes, candidates, pins, report).Run();
}

}  // namespace accord::check
