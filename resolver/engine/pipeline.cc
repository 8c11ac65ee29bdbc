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
#include "engine/solved.h"
#include "engine/why.h"
#include "engine/why_answers.h"
#include "model/world_file.h"

namespace accord::engine {
namespace {

class Pipeline {
 public:
  Pipeline(std::unique_ptr<Ecosystem> ecosystem, const ResolveOptions& options)
      : options_(options),
        ecosystem_(std::move(ecosystem)),
        search_(ecosystem_->supplier(), options.strategy, options.now_us) {}

  absl::StatusOr<Answer> Run();
  // After Run. Of a request without a solution nothing.
  absl::Status Ask(const WhyQuestions& questions, Explained& explained);

 private:
  absl::Status Read();
  absl::StatusOr<Outcome> Solve();
  absl::Status Tell(const Outcome& outcome);
  absl::Status TellSolution(const Solution& solution);
  void TellClaim(const Claim& claim);
  absl::Status TellConflict(const Conflict& conflict);
  absl::Status Check();

  const ResolveOptions& options_;
  const std::unique_ptr<Ecosystem> ecosystem_;
  Search search_;
  Answer answer_;
  uint64_t work_ = 0;
  std::optional<Outcome> outcome_;
};

absl::StatusOr<Answer> Pipeline::Run() {
  ACCORD_RETURN_IF_ERROR(Read());
  absl::StatusOr<Outcome> outcome = Solve();
  if (!outcome.ok()) return outcome.status();
  outcome_ = *std::move(outcome);
  if (options_.save_problem) {
    answer_.saved_problem = WriteWorld(ecosystem_->universe(), ecosystem_->problem());
  }
  ACCORD_RETURN_IF_ERROR(Tell(*outcome_));
  if (answer_.has_solution) ACCORD_RETURN_IF_ERROR(Check());
  return std::move(answer_);
}

absl::Status Pipeline::Read() {
  const uint64_t begun_us = options_.now_us();
  ACCORD_RETURN_IF_ERROR(ecosystem_->Begin());
  answer_.timings.parse_us = options_.now_us() - begun_us;
  for (const RequestedPackage& requested : ecosystem_->requested()) {
    answer_.priorities.push_back(
        {.name = std::string(ecosystem_->universe().name(requested.package)),
         .priority = requested.priority});
  }
  std::sort(
      answer_.priorities.begin(), answer_.priorities.end(),
      [](const PackagePriority& a, const PackagePriority& b) { return a.priority < b.priority; });
  return absl::OkStatus();
}

absl::StatusOr<Outcome> Pipeline::Solve() {
  const uint64_t begun_us = options_.now_us();
  absl::StatusOr<Outcome> outcome = search_.Solve(ecosystem_->problem(), options_.budget);
  answer_.timings.universe_us = search_.supply_us();
  answer_.timings.solve_us = options_.now_us() - begun_us - search_.supply_us();
  answer_.counters = search_.counters();
  work_ = answer_.counters.work;
  answer_.packages_read = ecosystem_->packages_read();
  return outcome;
}

absl::Status Pipeline::Tell(const Outcome& outcome) {
  const uint64_t begun_us = options_.now_us();
  absl::Status told;
  if (const auto* solution = std::get_if<Solution>(&outcome)) {
    answer_.status = Status::kSat;
    told = TellSolution(*solution);
  } else if (const auto* conflict = std::get_if<Conflict>(&outcome)) {
    answer_.status = Status::kUnsat;
    told = TellConflict(*conflict);
  } else {
    const auto& stopped = std::get<Stopped>(outcome);
    answer_.status = Status::kStopped;
    answer_.stop_reason = stopped.reason;
    answer_.claim.kind = ClaimKind::kFeasible;
    if (stopped.best.has_value()) told = TellSolution(*stopped.best);
  }
  answer_.timings.explain_us = options_.now_us() - begun_us;
  return told;
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
      FindBehind(*ecosystem_, search_, solution, options_.budget.cancel);
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
      MinimalCore(search_, ecosystem_->problem(), conflict, options_.budget.cancel, limits.core);
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

absl::Status Pipeline::Ask(const WhyQuestions& questions, Explained& explained) {
  const auto* solution = std::get_if<Solution>(&*outcome_);
  if (solution == nullptr) return absl::OkStatus();
  return AskAfter({.ecosystem = *ecosystem_,
                   .search = search_,
                   .solution = *solution,
                   .budget = options_.budget,
                   .work = work_},
                  questions, explained);
}

absl::Status Pipeline::Check() {
  const uint64_t begun_us = options_.now_us();
  absl::StatusOr<CheckReport> report = ecosystem_->Check(answer_.solution);
  if (!report.ok()) return report.status();
  answer_.check = *std::move(report);
  answer_.timings.check_us = options_.now_us() - begun_us;
  if (answer_.check.violations.empty()) return absl::OkStatus();
  std::string message = "our bug: the checker refuses the answer";
  for (const std::string& violation : answer_.check.violations) message += Cat("; ", violation);
  return absl::InternalError(message);
}

}  // namespace

absl::StatusOr<Answer> Resolve(std::unique_ptr<Ecosystem> ecosystem,
                               const ResolveOptions& options) {
  return Pipeline(std::move(ecosystem), options).Run();
}

absl::StatusOr<Explained> Explain(std::unique_ptr<Ecosystem> ecosystem,
                                  const WhyQuestions& questions, const ResolveOptions& options) {
  const auto pipeline = std::make_shared<Pipeline>(std::move(ecosystem), options);
  if (options.remains != nullptr) *options.remains = pipeline;
  absl::StatusOr<Answer> answer = pipeline->Run();
  if (!answer.ok()) return answer.status();
  Explained explained{.answer = *std::move(answer)};
  ACCORD_RETURN_IF_ERROR(pipeline->Ask(questions, explained));
  return explained;
}

}  // namespace accord::engine
