#include "engine/hints.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "base/error.h"

namespace accord::engine {
namespace {

using explain::Node;
using explain::NodeKind;

// An answer that says no more.
absl::StatusOr<Answer> IsSolvable(Search& search, const Problem& problem, const Budget& budget) {
  const absl::StatusOr<Outcome> outcome = search.SolveAny(problem, budget);
  if (!outcome.ok()) return outcome.status();
  Answer answer;
  if (std::holds_alternative<Solution>(*outcome)) answer.status = Status::kSat;
  if (const auto* stopped = std::get_if<Stopped>(&*outcome)) {
    answer.status = Status::kStopped;
    answer.stop_reason = stopped->reason;
  }
  return answer;
}

// What the changes that filters ask for come before: leaving out texts of the request.
class Trials {
 public:
  Trials(const Ecosystem& ecosystem, Search& search, const explain::Explanation& explanation)
      : ecosystem_(ecosystem), search_(search), explanation_(explanation) {}

  std::vector<Trial> All() {
    trials_ = ecosystem_.TrialsOfFilters(explanation_);
    AddLimits();
    AddRequirements();
    return std::move(trials_);
  }

 private:
  void AddLimits();
  // Without those texts of a part that speak of the package.
  void AddWithout(HintKind kind, RequestPart part, const std::string& package,
                  std::string_view what);
  void AddRequirements();
  void Add(Hint hint, RequestPart part, std::vector<size_t> texts) {
    std::optional<Problem> problem = ecosystem_.ProblemWithout(part, texts);
    if (problem) {
      trials_.push_back({.hint = std::move(hint),
                         .solve = [&search = search_,
                                   problem = *std::move(problem)](const ResolveOptions& options) {
                           return std::optional(IsSolvable(search, problem, options.budget));
                         }});
      return;
    }
    trials_.push_back({.hint = std::move(hint),
                       .solve = [&ecosystem = ecosystem_, part,
                                 texts = std::move(texts)](const ResolveOptions& options) {
                         return std::optional(ecosystem.SolveWithout(part, texts, options));
                       }});
  }
  [[nodiscard]] bool IsTried(HintKind kind, const std::string& subject) const {
    return std::any_of(trials_.begin(), trials_.end(), [&](const Trial& trial) {
      return trial.hint.kind == kind && trial.hint.subject == subject;
    });
  }

  const Ecosystem& ecosystem_;
  Search& search_;
  const explain::Explanation& explanation_;
  std::vector<Trial> trials_;
};

// The name without an extra.
std::string_view BaseName(const Ecosystem& ecosystem, const Node& node) {
  const PackageId package = ecosystem.universe().FindPackage(node.package);
  if (!package.valid()) return node.package;
  return ecosystem.universe().name(ecosystem.BaseOf(package));
}

void Trials::AddLimits() {
  for (const Node& node : explanation_.nodes) {
    const std::string& package = node.package;
    if (node.kind == NodeKind::kConstraint) {
      AddWithout(HintKind::kConstraint, RequestPart::kConstraints, package, "constraints on ");
    } else if (node.kind == NodeKind::kLock) {
      AddWithout(HintKind::kLock, RequestPart::kLocks, package, "locks on ");
    } else if (node.kind == NodeKind::kExclusion) {
      AddWithout(HintKind::kExclusion, RequestPart::kExclusions, package, "exclusions on ");
    } else if (node.kind == NodeKind::kOverride || node.kind == NodeKind::kRequest) {
      AddWithout(HintKind::kOverride, RequestPart::kOverrides,
                 std::string(BaseName(ecosystem_, node)), "overrides of ");
    }
  }
}

void Trials::AddWithout(HintKind kind, RequestPart part, const std::string& package,
                        std::string_view what) {
  if (IsTried(kind, package)) return;
  const std::vector<PlacedText> texts = ecosystem_.TextsOf(part);
  std::vector<size_t> of_it;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (ecosystem_.NameIn(texts[i]) == package) of_it.push_back(i);
  }
  if (of_it.empty()) return;
  Add({.kind = kind, .subject = package, .text = Cat("leaving out the ", what, package)}, part,
      std::move(of_it));
}

// The texts of the request that the conflict rests on, by their places.
void Trials::AddRequirements() {
  const size_t before = trials_.size();
  const std::vector<PlacedText> texts = ecosystem_.TextsOf(RequestPart::kRequirements);
  if (texts.size() == 1) return;
  for (size_t i = 0; i < texts.size(); ++i) {
    const PlacedText& asked = texts[i];
    const auto rests_on_it = [&](const Node& node) {
      if (node.kind != NodeKind::kRequest) return false;
      const std::string places = Cat(", ", node.place, ",");
      return places.find(Cat(", ", asked.place, ",")) != std::string::npos &&
             ecosystem_.NameIn(asked) == BaseName(ecosystem_, node);
    };
    if (std::ranges::none_of(explanation_.nodes, rests_on_it)) continue;
    Add({.kind = HintKind::kRequirement,
         .subject = asked.text,
         .text = Cat("leaving out the requirement ", asked.text)},
        RequestPart::kRequirements, {i});
  }
  // The order in which the request names them says nothing.
  std::sort(trials_.begin() + static_cast<std::ptrdiff_t>(before), trials_.end(),
            [](const Trial& x, const Trial& y) { return x.hint.subject < y.hint.subject; });
}

}  // namespace

absl::StatusOr<Hints> FindHints(const Ecosystem& ecosystem, Search& search,
                                const explain::Explanation& explanation,
                                const ResolveOptions& options) {
  const HintLimits& limits = options.hint_limits;
  ResolveOptions trial_options = options;
  trial_options.explain_behind = false;
  trial_options.explain_conflict = false;
  trial_options.save_problem = false;
  trial_options.tell_requirers = false;
  trial_options.budget.work_max = limits.trial_work_max;
  trial_options.remains = nullptr;
  Hints hints;
  size_t tried = 0;
  std::vector<Trial> trials = Trials(ecosystem, search, explanation).All();
  for (Trial& trial : trials) {
    if (hints.told.size() == limits.told_max || tried == limits.trials_max) break;
    // Of several Pythons, or targets, the first that helps is enough.
    const bool is_told = std::ranges::any_of(hints.told, [&](const Hint& told) {
      return told.kind == trial.hint.kind &&
             (told.kind == HintKind::kPython || told.kind == HintKind::kTarget);
    });
    if (is_told) continue;
    const std::optional<absl::StatusOr<Answer>> solved = trial.solve(trial_options);
    if (!solved) continue;
    ++tried;
    const absl::StatusOr<Answer>& answer = *solved;
    if (absl::IsInternal(answer.status()) || IsWaiting(answer.status())) return answer.status();
    if (answer.ok() && answer->status == Status::kUnsat) continue;
    trial.hint.text += " would help";
    if (answer.ok() && answer->status == Status::kSat) {
      hints.told.push_back(std::move(trial.hint));
      continue;
    }
    if (answer.ok() && answer->stop_reason == StopReason::kCancelled) break;
    trial.hint.text = Cat("whether ", trial.hint.text);
    hints.undecided.push_back(
        {.hint = std::move(trial.hint),
         .why = answer.ok() ? Cat("the limit of work is reached: ", limits.trial_work_max)
                            : std::string(Message(answer.status()))});
  }
  return hints;
}

}  // namespace accord::engine
