#include "engine/pipeline.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/error.h"
#include "engine/behind.h"
#include "engine/chosen.h"
#include "engine/core_lines.h"
#include "engine/hints.h"
#include "engine/minimal_core.h"
#include "engine/search.h"
#include "engine/solve.h"
#include "engine/solved.h"
#include "engine/why.h"
#include "engine/why_answers.h"
#include "model/world_file.h"

namespace accord::engine {
// Each run walks through the rooms anew; what was answered already is answered at once, so that a
// run comes to where the one before it stopped.
class Pipeline {
 public:
  Pipeline(std::unique_ptr<Ecosystem> ecosystem, WhyQuestions questions, ResolveOptions options)
      : questions_(std::move(questions)),
        options_(std::move(options)),
        ecosystem_(std::move(ecosystem)),
        search_(ecosystem_->supplier(), options_.strategy, options_.now_us) {}

  absl::Status Run(const Budget& budget);
  [[nodiscard]] Explained Take();
  [[nodiscard]] Wants wants() const {
    return {.facts = ecosystem_->wanted(), .hints = ecosystem_->hinted()};
  }
  // A solve that ends before there is an outcome.
  void TellCancelled();

 private:
  absl::Status Read();
  absl::Status Solve();
  absl::Status Tell();
  absl::Status TellSolution(const Solution& solution);
  void TellClaim(const Claim& claim);
  absl::Status TellConflict(const Conflict& conflict);
  absl::Status Check();
  absl::Status Ask();
  // The solution that is told; none: there is none.
  [[nodiscard]] const Solution* solution() const;

  const WhyQuestions questions_;
  ResolveOptions options_;
  const std::unique_ptr<Ecosystem> ecosystem_;
  engine::Search search_;
  bool is_read_ = false;
  Timings timings_;  // of all runs
  Explained explained_;
  Answer& answer_ = explained_.answer;
  uint64_t work_ = 0;
  std::optional<Outcome> outcome_;
  // When that was found; questions after it look at more.
  uint64_t packages_read_ = 0;
  std::string saved_problem_;
};

absl::Status Pipeline::Run(const Budget& budget) {
  options_.budget = budget;
  explained_ = {};
  search_.Rewind();
  ACCORD_RETURN_IF_ERROR(Read());
  ACCORD_RETURN_IF_ERROR(Solve());
  ACCORD_RETURN_IF_ERROR(Tell());
  ACCORD_RETURN_IF_ERROR(Check());
  return Ask();
}

Explained Pipeline::Take() {
  answer_.timings = timings_;
  return std::move(explained_);
}

absl::Status Pipeline::Read() {
  const uint64_t begun_us = options_.now_us();
  if (!is_read_) ACCORD_RETURN_IF_ERROR(ecosystem_->Begin());
  is_read_ = true;
  timings_.parse_us += options_.now_us() - begun_us;
  for (const RequestedPackage& requested : ecosystem_->requested()) {
    answer_.priorities.push_back(
        {.name = std::string(ecosystem_->universe().name(requested.package)),
         .priority = requested.priority});
  }
  std::ranges::stable_sort(answer_.priorities, {}, &PackagePriority::priority);
  return absl::OkStatus();
}

absl::Status Pipeline::Solve() {
  const uint64_t begun_us = options_.now_us();
  const uint64_t supplied_us = search_.supply_us();
  absl::StatusOr<Outcome> outcome = search_.Solve(ecosystem_->problem(), options_.budget);
  timings_.universe_us = search_.supply_us();
  timings_.solve_us += options_.now_us() - begun_us - (search_.supply_us() - supplied_us);
  if (!outcome.ok()) return outcome.status();
  if (!outcome_) {
    packages_read_ = ecosystem_->packages_read();
    if (options_.save_problem) {
      saved_problem_ = WriteWorld(ecosystem_->universe(), ecosystem_->problem());
    }
  }
  outcome_ = *std::move(outcome);
  answer_.counters = search_.counters();
  work_ = answer_.counters.work;
  answer_.packages_read = packages_read_;
  answer_.saved_problem = saved_problem_;
  return absl::OkStatus();
}

const Solution* Pipeline::solution() const {
  if (const auto* stopped = std::get_if<Stopped>(&*outcome_)) {
    return stopped->best ? &*stopped->best : nullptr;
  }
  return std::get_if<Solution>(&*outcome_);
}

absl::Status Pipeline::Tell() {
  const uint64_t begun_us = options_.now_us();
  absl::Status told;
  if (const auto* conflict = std::get_if<Conflict>(&*outcome_)) {
    answer_.status = Status::kUnsat;
    told = TellConflict(*conflict);
  } else {
    answer_.status = Status::kSat;
    if (const auto* stopped = std::get_if<Stopped>(&*outcome_)) {
      answer_.status = Status::kStopped;
      answer_.stop_reason = stopped->reason;
      answer_.claim.kind = ClaimKind::kFeasible;
    }
    if (const Solution* best = solution()) told = TellSolution(*best);
  }
  timings_.explain_us += options_.now_us() - begun_us;
  return told;
}

void Pipeline::TellCancelled() {
  if (outcome_) return;
  answer_.status = Status::kStopped;
  answer_.stop_reason = StopReason::kCancelled;
  answer_.claim.kind = ClaimKind::kFeasible;
}

absl::Status Pipeline::TellSolution(const Solution& solution) {
  answer_.has_solution = true;
  absl::StatusOr<std::vector<ChosenPackage>> chosen =
      ChosenPackages(*ecosystem_, solution, options_.tell_requirers);
  if (!chosen.ok()) return chosen.status();
  answer_.solution = *std::move(chosen);
  ACCORD_RETURN_IF_ERROR(ecosystem_->TellChange(solution, answer_));
  answer_.warnings = ecosystem_->WarningsOf(solution);
  answer_.claim.kind = solution.claim.kind;
  TellClaim(solution.claim);
  if (solution.claim.kind != ClaimKind::kCanonical || !options_.explain_behind) {
    return absl::OkStatus();
  }
  absl::StatusOr<std::vector<BehindPackage>> behind =
      FindBehind(*ecosystem_, search_, solution, options_.budget);
  if (!behind.ok()) return behind.status();
  answer_.behind = *std::move(behind);
  return absl::OkStatus();
}

void Pipeline::TellClaim(const Claim& claim) {
  answer_.claim.assuming = AssumingOf(ecosystem_->universe(), claim);
  answer_.needs_build = NeedsBuildOf(*ecosystem_, claim);
}

absl::Status Pipeline::TellConflict(const Conflict& conflict) {
  TellClaim(conflict.claim);
  if (!options_.explain_conflict) return absl::OkStatus();
  const ConflictLimits limits = ecosystem_->LimitsOfConflict(work_);
  const auto tell = [&](const Problem& problem, const Conflict& of) {
    answer_.conflict = CoreLines(*ecosystem_, problem, of);
    if (!options_.explain_sentences || answer_.conflict.size() > limits.sentences_lines_max) return;
    answer_.explanation = explain::Explain(ecosystem_->universe(), problem, of,
                                           ecosystem_->notation(), limits.sentences);
  };
  if (options_.strategy != StrategyKind::kCdcl) {
    tell(ecosystem_->problem(), conflict);
    return absl::OkStatus();
  }
  const absl::StatusOr<Core> core =
      MinimalCore(search_, ecosystem_->problem(), conflict, options_.budget, limits.core);
  if (!core.ok()) return core.status();
  TellClaim(core->conflict.claim);
  tell(core->problem, core->conflict);
  if (!options_.explain_sentences) return absl::OkStatus();
  absl::StatusOr<Hints> hints = FindHints(*ecosystem_, search_, answer_.explanation, options_);
  if (!hints.ok()) return hints.status();
  answer_.hints = std::move(hints->told);
  answer_.hints_undecided = std::move(hints->undecided);
  return absl::OkStatus();
}

absl::Status Pipeline::Check() {
  if (!answer_.has_solution) return absl::OkStatus();
  const uint64_t begun_us = options_.now_us();
  absl::StatusOr<CheckReport> report = ecosystem_->Check(*solution(), answer_.solution);
  if (!report.ok()) return report.status();
  answer_.check = *std::move(report);
  timings_.check_us += options_.now_us() - begun_us;
  if (answer_.check.violations.empty()) return absl::OkStatus();
  std::string message = "our bug: the checker refuses the answer";
  for (const std::string& violation : answer_.check.violations) message += Cat("; ", violation);
  return absl::InternalError(message);
}

absl::Status Pipeline::Ask() {
  const auto* solution = std::get_if<Solution>(&*outcome_);
  if (solution == nullptr) return absl::OkStatus();
  return AskAfter({.ecosystem = *ecosystem_,
                   .search = search_,
                   .solution = *solution,
                   .budget = options_.budget,
                   .work = work_},
                  questions_, explained_);
}

// ---- solve.h

Solve::Solve(std::unique_ptr<Ecosystem> ecosystem, WhyQuestions questions, ResolveOptions options)
    : pipeline_(std::make_unique<Pipeline>(std::move(ecosystem), std::move(questions),
                                           std::move(options))) {}
Solve::~Solve() = default;

absl::StatusOr<std::variant<Explained, Wants>> Solve::Run(const Budget& budget) {
  const absl::Status status = pipeline_->Run(budget);
  if (IsWaiting(status)) return pipeline_->wants();
  if (!status.ok()) return status;
  return pipeline_->Take();
}

absl::StatusOr<Explained> Solve::Finish() {
  CancelFlag now;
  now.Cancel();
  const absl::Status status = pipeline_->Run({.cancel = &now});
  if (!status.ok() && !IsWaiting(status)) return status;
  pipeline_->TellCancelled();
  return pipeline_->Take();
}

// ---- pipeline.h

absl::StatusOr<Answer> Resolve(std::unique_ptr<Ecosystem> ecosystem,
                               const ResolveOptions& options) {
  Pipeline pipeline(std::move(ecosystem), {}, options);
  ACCORD_RETURN_IF_ERROR(pipeline.Run(options.budget));
  return pipeline.Take().answer;
}

absl::StatusOr<Explained> Explain(std::unique_ptr<Ecosystem> ecosystem,
                                  const WhyQuestions& questions, const ResolveOptions& options) {
  const auto pipeline = std::make_shared<Pipeline>(std::move(ecosystem), questions, options);
  if (options.remains != nullptr) *options.remains = pipeline;
  ACCORD_RETURN_IF_ERROR(pipeline->Run(options.budget));
  return pipeline->Take();
}

}  // namespace accord::engine
