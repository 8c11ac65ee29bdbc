#include "check/pypi_walk.h"

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/name.h"

namespace accord::check {
namespace {

// Normal names, sorted, each once.
std::vector<std::string> NormalNames(const std::vector<std::string>& names) {
  std::vector<std::string> normal;
  normal.reserve(names.size());
  for (const std::string& name : names) normal.push_back(pypi::NormalizeName(name));
  std::ranges::sort(normal);
  normal.erase(std::ranges::unique(normal).begin(), normal.end());
  return normal;
}

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
      ACCORD_RETURN_IF_ERROR(Require(WantedBy(nullptr, wish)));
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

  // What is asked for, and who asks.
  struct Wanted {
    const PinFacts* by = nullptr;  // null: the request
    const Wish* wish = nullptr;    // of the request, or that stands in place of what `by` says
    std::string_view text;
    const std::string& name;  // as written
    const std::vector<std::string>& extras;
    const pypi::SpecifierSet& specifiers;
    const std::string& url;

    [[nodiscard]] std::string Where() const { return by != nullptr ? by->Label() : wish->Where(); }
  };
  static Wanted WantedBy(const PinFacts* by, const Wish& wish) {
    return {.by = by,
            .wish = &wish,
            .text = wish.text,
            .name = wish.parsed.name,
            .extras = wish.parsed.extras,
            .specifiers = wish.parsed.specifiers,
            .url = wish.parsed.url};
  }
  static Wanted WantedBy(const PinFacts* by, const Need& need) {
    return {.by = by,
            .wish = nullptr,
            .text = need.text,
            .name = need.name,
            .extras = need.extras,
            .specifiers = *need.specifiers,
            .url = need.url};
  }

  absl::Status Expand(PinFacts& pin, const std::string& extra) {
    for (const Need& need : pin.needs) {
      // Under an extra only what the extra adds: the rest was met under none.
      if (need.marker == nullptr && !extra.empty()) continue;
      std::vector<const OverrideWish*> overrides;
      if (!wishes_.overrides.empty()) {
        overrides = OverridesOf(wishes_, pin.name, pypi::NormalizeName(need.name));
      }
      if (!Holds(pin, need, extra, !overrides.empty())) continue;
      if (overrides.empty()) ACCORD_RETURN_IF_ERROR(Require(WantedBy(&pin, need)));
      for (const OverrideWish* one : overrides) {
        if (one->holds) ACCORD_RETURN_IF_ERROR(Require(WantedBy(&pin, one->wish)));
      }
    }
    return absl::OkStatus();
  }

  bool Holds(const PinFacts& pin, const Need& need, const std::string& extra, bool is_overridden) {
    if (need.marker == nullptr) return true;
    ++report_.cost.markers;
    if (!is_overridden && extra.empty() && need.marker->holds.ok()) return *need.marker->holds;
    const pypi::Marker& marker = need.marker->marker;
    const auto holds = is_overridden ? HoldsByExtraAlone(marker, environment_, extra)
                                     : marker.Evaluate(environment_, {.extra = extra});
    if (holds.ok()) return *holds;
    Add(ViolationKind::kUnreadable, pin.Label(), "markers that have a meaning",
        std::string(Message(holds.status())));
    return false;
  }

  absl::Status Require(const Wanted& wanted) {
    const auto found = pins_.find(pypi::NormalizeName(wanted.name));
    if (found == pins_.end()) {
      Add(ViolationKind::kMissing, wanted.Where(), std::string(wanted.text),
          Cat("no version of ", wanted.name, " is chosen"));
      return absl::OkStatus();
    }
    PinFacts& pin = found->second;
    if (!wanted.url.empty()) {
      if (wanted.url != pin.url) {
        Add(ViolationKind::kNeedsAddress, wanted.Where(), std::string(wanted.text),
            pin.url.empty() ? Cat(pin.Label(), " comes from a source")
                            : Cat(pin.Label(), " comes from ", pin.url));
      }
    } else {
      ACCORD_RETURN_IF_ERROR(CheckVersion(wanted, pin));
    }
    if (!std::exchange(pin.reached, true)) open_.push_back({.pin = &pin, .extra = {}});
    for (std::string& extra : NormalNames(wanted.extras)) {
      // An extra that the version knows nothing of brings nothing: a warning, not a fault.
      const bool active = !pin.pin->extras || pin.extras.contains(extra);
      if (!active && pin.Knows(extra)) {
        Add(ViolationKind::kExtraInactive, wanted.Where(), std::string(wanted.text),
            Cat(pin.Label(), " is chosen without '", extra, "'"));
      }
      if (pin.requested.insert(extra).second) {
        open_.push_back({.pin = &pin, .extra = std::move(extra)});
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckVersion(const Wanted& wanted, const PinFacts& pin) {
    if (!InSpecifiers(wanted.specifiers, pin.candidate, report_.cost)) {
      Add(ViolationKind::kWrongVersion, wanted.Where(), std::string(wanted.text),
          Cat(pin.Label(), " is chosen"));
      return absl::OkStatus();
    }
    if (!pin.url.empty()) return absl::OkStatus();
    const absl::StatusOr<bool> out =
        candidates_.IsFilteredOut(pin.name, pin.candidate, wanted.specifiers);
    if (!out.ok()) return out.status();
    if (*out) {
      Add(ViolationKind::kPrerelease, wanted.Where(), std::string(wanted.text),
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
