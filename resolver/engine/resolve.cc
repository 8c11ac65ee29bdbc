#include "engine/resolve.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/error.h"
#include "ecosystem/pypi/notation.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/behind.h"
#include "engine/check_answer.h"
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

// The walk of one request through the rooms.
class Pipeline {
 public:
  Pipeline(const pypi::ResolveRequest& request, std::span<const metadata::Source* const> sources,
           const ResolveOptions& options)
      : request_(request),
        sources_(sources),
        options_(options),
        executor_(options.threads_max),
        builder_(
            request, sources,
            {.executor = executor_.threads() > 1 ? &executor_ : nullptr, .texts = options.texts}),
        search_(builder_, options.strategy, options.now_us) {}

  absl::StatusOr<Answer> Run();
  // After Run. Of a request without a solution nothing.
  absl::Status Ask(const WhyQuestions& questions, Explained& explained);

 private:
  absl::Status Read();
  absl::StatusOr<Outcome> Solve();
  absl::Status Tell(const Outcome& outcome);
  absl::Status TellSolution(const Solution& solution);
  absl::Status TellConflict(const Conflict& conflict);
  absl::Status Check();

  const pypi::ResolveRequest& request_;
  const std::span<const metadata::Source* const> sources_;
  const ResolveOptions& options_;
  const Executor executor_;
  pypi::UniverseBuilder builder_;
  Search search_;
  Answer answer_;
  std::optional<Outcome> outcome_;
};

absl::StatusOr<Answer> Pipeline::Run() {
  ACCORD_RETURN_IF_ERROR(Read());
  absl::StatusOr<Outcome> outcome = Solve();
  if (!outcome.ok()) return outcome.status();
  outcome_ = *std::move(outcome);
  if (options_.save_problem) {
    answer_.saved_problem = WriteWorld(builder_.universe(), builder_.problem());
  }
  ACCORD_RETURN_IF_ERROR(Tell(*outcome_));
  if (answer_.has_solution) ACCORD_RETURN_IF_ERROR(Check());
  return std::move(answer_);
}

absl::Status Pipeline::Read() {
  const uint64_t begun_us = options_.now_us();
  ACCORD_RETURN_IF_ERROR(builder_.Begin());
  answer_.timings.parse_us = options_.now_us() - begun_us;
  for (const pypi::RequestedPackage& requested : builder_.requested()) {
    answer_.priorities.push_back({.name = std::string(builder_.universe().name(requested.package)),
                                  .priority = requested.priority});
  }
  std::sort(
      answer_.priorities.begin(), answer_.priorities.end(),
      [](const PackagePriority& a, const PackagePriority& b) { return a.priority < b.priority; });
  return absl::OkStatus();
}

absl::StatusOr<Outcome> Pipeline::Solve() {
  const uint64_t begun_us = options_.now_us();
  absl::StatusOr<Outcome> outcome = search_.Solve(builder_.problem(), options_.budget);
  answer_.timings.universe_us = search_.supply_us();
  answer_.timings.solve_us = options_.now_us() - begun_us - search_.supply_us();
  answer_.counters = search_.counters();
  answer_.packages_read = builder_.packages_read();
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
  absl::StatusOr<std::vector<ChosenPackage>> chosen = ChosenPackages(builder_, solution);
  if (!chosen.ok()) return chosen.status();
  answer_.solution = *std::move(chosen);
  answer_.warnings = WarningsOf(builder_, solution);
  answer_.claim = {.kind = solution.claim.kind,
                   .assuming = AssumingOf(builder_.universe(), solution.claim)};
  answer_.needs_build = NeedsBuildOf(builder_, solution.claim);
  const bool newest_is_best = request_.resolution == pypi::Resolution::kHighest;
  if (solution.claim.kind != ClaimKind::kCanonical || !options_.explain_behind || !newest_is_best) {
    return absl::OkStatus();
  }
  absl::StatusOr<std::vector<BehindPackage>> behind =
      FindBehind(builder_, search_, solution, options_.budget.cancel);
  if (!behind.ok()) return behind.status();
  answer_.behind = *std::move(behind);
  return absl::OkStatus();
}

absl::Status Pipeline::TellConflict(const Conflict& conflict) {
  answer_.claim.assuming = AssumingOf(builder_.universe(), conflict.claim);
  answer_.needs_build = NeedsBuildOf(builder_, conflict.claim);
  if (!options_.explain_conflict) return absl::OkStatus();
  const pypi::PypiNotation notation(request_, builder_);
  const auto tell = [&](const Problem& problem, const Conflict& of) {
    answer_.conflict = CoreLines(builder_, problem, of);
    if (!options_.explain_sentences) return;
    answer_.explanation = explain::Explain(builder_.universe(), problem, of, notation);
  };
  if (options_.strategy != StrategyKind::kCdcl) {
    tell(builder_.problem(), conflict);
    return absl::OkStatus();
  }
  const absl::StatusOr<Core> core =
      MinimalCore(search_, builder_.problem(), conflict, options_.budget.cancel);
  if (!core.ok()) return core.status();
  answer_.claim.assuming = AssumingOf(builder_.universe(), core->conflict.claim);
  answer_.needs_build = NeedsBuildOf(builder_, core->conflict.claim);
  tell(core->problem, core->conflict);
  if (!options_.explain_sentences) return absl::OkStatus();
  absl::StatusOr<Hints> hints =
      FindHints(request_, sources_, builder_, answer_.explanation, options_);
  if (!hints.ok()) return hints.status();
  answer_.hints = std::move(hints->told);
  answer_.hints_undecided = std::move(hints->undecided);
  return absl::OkStatus();
}

absl::Status Pipeline::Ask(const WhyQuestions& questions, Explained& explained) {
  const auto* solution = std::get_if<Solution>(&*outcome_);
  if (solution == nullptr) return absl::OkStatus();
  return AskAfter({.request = request_,
                   .builder = builder_,
                   .search = search_,
                   .solution = *solution,
                   .budget = options_.budget},
                  questions, explained);
}

absl::Status Pipeline::Check() {
  const uint64_t begun_us = options_.now_us();
  absl::StatusOr<CheckReport> report = CheckAnswer(request_, sources_, answer_.solution);
  if (!report.ok()) return report.status();
  answer_.check = *std::move(report);
  answer_.timings.check_us = options_.now_us() - begun_us;
  if (answer_.check.violations.empty()) return absl::OkStatus();
  std::string message = "our bug: the checker refuses the answer";
  for (const std::string& violation : answer_.check.violations) message += Cat("; ", violation);
  return absl::InternalError(message);
}

}  // namespace

uint64_t SteadyMicros() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

absl::StatusOr<Answer> Resolve(const pypi::ResolveRequest& request,
                               std::span<const metadata::Source* const> sources,
                               const ResolveOptions& options) {
  return Pipeline(request, sources, options).Run();
}

absl::StatusOr<Explained> Explain(const pypi::ResolveRequest& request,
                                  std::span<const metadata::Source* const> sources,
                                  const WhyQuestions& questions, const ResolveOptions& options) {
  const auto pipeline = std::make_shared<Pipeline>(request, sources, options);
  if (options.remains != nullptr) *options.remains = pipeline;
  absl::StatusOr<Answer> answer = pipeline->Run();
  if (!answer.ok()) return answer.status();
  Explained explained{.answer = *std::move(answer)};
  ACCORD_RETURN_IF_ERROR(pipeline->Ask(questions, explained));
  return explained;
}

}  // namespace accord::engine
