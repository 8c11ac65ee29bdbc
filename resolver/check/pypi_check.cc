#include "check/pypi_check.h"

#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "check/pypi_pins.h"
#include "ecosystem/pypi/name.h"

namespace accord::check {
namespace {

// Walks from the request over the pins' requirement texts.
class PypiWalk {
 public:
  PypiWalk(const PypiQuestion& question, Pins& pins, CheckReport& report)
      : question_(question), pins_(pins), report_(report) {}

  void Run(const Wishes& wishes) {
    for (const Wish& wish : wishes.requirements) Require(wish.where, wish.text, wish.parsed);
    while (!open_.empty()) {
      const Visit visit = std::move(open_.front());
      open_.pop_front();
      Expand(*visit.pin, visit.extra);
    }
  }

 private:
  // The needs of a pin under one extra, or under none (empty).
  struct Visit {
    PinFacts* pin = nullptr;
    std::string extra;
  };

  void Expand(PinFacts& pin, const std::string& extra) {
    for (const PinnedNeed& need : pin.needs) {
      if (need.parsed.marker && !Holds(pin, need, extra)) continue;
      // Under an extra only what the extra adds: the rest was met under none.
      if (!need.parsed.marker && !extra.empty()) continue;
      Require(pin.Label(), need.text, need.parsed);
    }
  }

  bool Holds(const PinFacts& pin, const PinnedNeed& need, const std::string& extra) {
    ++report_.cost.markers;
    const auto holds = need.parsed.marker->Evaluate(*question_.environment, {.extra = extra});
    if (holds.ok()) return *holds;
    Add(ViolationKind::kUnreadable, pin.Label(), "markers that have a meaning",
        std::string(Message(holds.status())));
    return false;
  }

  void Require(const std::string& where, const std::string& text, const pypi::Requirement& wanted) {
    const auto found = pins_.find(wanted.NormalName());
    if (found == pins_.end()) {
      Add(ViolationKind::kMissing, where, text, Cat("no version of ", wanted.name, " is chosen"));
      return;
    }
    PinFacts& pin = found->second;
    if (!wanted.url.empty()) {
      Add(ViolationKind::kNeedsAddress, where, text, Cat(pin.Label(), " comes from a source"));
    } else if (!InSpecifiers(wanted.specifiers, pin.candidate, report_.cost)) {
      Add(ViolationKind::kWrongVersion, where, text, Cat(pin.Label(), " is chosen"));
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

  const PypiQuestion& question_;
  Pins& pins_;
  CheckReport& report_;
  std::deque<Visit> open_;
};

// The texts whose markers hold with no extra.
absl::StatusOr<std::vector<Wish>> ReadWishes(std::string_view list,
                                             absl::Span<const std::string> texts,
                                             const pypi::Environment& environment,
                                             CheckCost& cost) {
  std::vector<Wish> wishes;
  for (size_t i = 0; i < texts.size(); ++i) {
    std::string where = Cat("/", list, "/", i);
    ++cost.texts;
    absl::StatusOr<pypi::Requirement> parsed = pypi::Requirement::Parse(texts[i]);
    if (!parsed.ok()) return At(where, parsed.status());
    if (parsed->marker) {
      ++cost.markers;
      const absl::StatusOr<bool> holds = parsed->marker->Evaluate(environment, {});
      if (!holds.ok()) return At(where, holds.status());
      if (!*holds) continue;
    }
    wishes.push_back({.where = std::move(where), .text = texts[i], .parsed = *std::move(parsed)});
  }
  return wishes;
}

absl::StatusOr<Wishes> ReadAllWishes(const PypiQuestion& question, CheckCost& cost) {
  Wishes wishes;
  const auto read = [&](std::string_view list, absl::Span<const std::string> texts,
                        std::vector<Wish>& into) -> absl::Status {
    absl::StatusOr<std::vector<Wish>> some = ReadWishes(list, texts, *question.environment, cost);
    if (!some.ok()) return some.status();
    into = *std::move(some);
    return absl::OkStatus();
  };
  ACCORD_RETURN_IF_ERROR(read("requirements", question.requirements, wishes.requirements));
  ACCORD_RETURN_IF_ERROR(read("constraints", question.constraints, wishes.constraints));
  ACCORD_RETURN_IF_ERROR(read("locked", question.locked, wishes.locked));
  ACCORD_RETURN_IF_ERROR(read("excluded", question.excluded, wishes.excluded));
  return wishes;
}

struct LimitRule {
  ViolationKind kind;
  bool inside;  // must the version be in the text's specifiers, or must it not?
};

void CheckLimits(const std::vector<Wish>& wishes, LimitRule rule, const Pins& pins,
                 CheckReport& report) {
  for (const Wish& wish : wishes) {
    const auto found = pins.find(wish.parsed.NormalName());
    if (found == pins.end()) continue;
    const PinFacts& pin = found->second;
    if (InSpecifiers(wish.parsed.specifiers, pin.candidate, report.cost) == rule.inside) continue;
    report.violations.push_back({.kind = rule.kind,
                                 .where = wish.where,
                                 .wish = rule.inside ? wish.text : Cat("not ", wish.text),
                                 .fact = Cat(pin.Label(), " is chosen")});
  }
}

void CheckNeeded(const Pins& pins, CheckReport& report) {
  for (const auto& [name, pin] : pins) {
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
  ACCORD_CHECK(question.environment != nullptr);
  const pypi::Version* python =
      question.environment->GetVersion(pypi::MarkerVariable::kPythonFullVersion);
  if (python == nullptr) {
    return InvalidInput("environment", "python_full_version: a version is wanted, it is none");
  }
  CheckReport report;
  const absl::StatusOr<Wishes> wishes = ReadAllWishes(question, report.cost);
  if (!wishes.ok()) return wishes.status();
  absl::StatusOr<Pins> pins = ReadPins(question, answer, report);
  if (!pins.ok()) return pins.status();
  const AdmissionRule rule{
      .wishes = *wishes, .python = *python, .prereleases = question.prereleases};
  for (const auto& [name, pin] : *pins) {
    if (pin.metadata != nullptr) CheckAdmitted(pin, rule, report);
  }
  PypiWalk(question, *pins, report).Run(*wishes);
  CheckLimits(wishes->constraints, {.kind = ViolationKind::kConstraint, .inside = true}, *pins,
              report);
  CheckLimits(wishes->locked, {.kind = ViolationKind::kLocked, .inside = true}, *pins, report);
  CheckLimits(wishes->excluded, {.kind = ViolationKind::kExcluded, .inside = false}, *pins, report);
  CheckNeeded(*pins, report);
  return report;
}

}  // namespace accord::check
