#include "engine/conda.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "base/error.h"
#include "ecosystem/conda/notation.h"
#include "ecosystem/conda/universe_builder.h"
#include "engine/chosen.h"
#include "engine/conda_installed.h"
#include "engine/core_lines.h"
#include "engine/minimal_core.h"
#include "engine/search.h"
#include "engine/verify.h"
#include "model/world_file.h"

namespace accord::engine {
namespace {

// A smaller core may cost so small a share of the search, and what a small search costs.
constexpr uint64_t kCoreWorkShare = 4;
constexpr uint64_t kCoreWorkMin = 20'000;
// A conflict that needs more is told by its lines.
constexpr uint64_t kSentencesWorkMax = 20'000;

class CondaChosenFacts final : public ChosenFacts {
 public:
  CondaChosenFacts(const conda::UniverseBuilder& builder, bool with_files)
      : builder_(builder), with_files_(with_files) {}

  PackageId BaseOf(PackageId package) const override { return builder_.BaseOf(package); }
  std::string_view ExtraOf(PackageId package) const override { return builder_.ExtraOf(package); }
  absl::Status Tell(SolvableId solvable, ChosenPackage& chosen) const override {
    if (builder_.IsVirtual(builder_.universe().solvable(solvable).package)) {
      return absl::OkStatus();
    }
    absl::StatusOr<conda::RecordFacts> facts = builder_.FactsOf(solvable, with_files_);
    if (!facts.ok()) return facts.status();
    chosen.version = std::string(facts->version);
    chosen.build = std::string(facts->build);
    chosen.build_number = facts->build_number;
    chosen.channel = std::string(facts->channel);
    chosen.subdir = std::string(facts->subdir);
    chosen.noarch = std::string(facts->noarch);
    chosen.index = std::string(facts->source->place());
    metadata::FileRecord& file = facts->file;
    if (file.name.empty()) return absl::OkStatus();
    chosen.files.push_back({.name = std::move(file.name),
                            .url = std::move(file.url),
                            .sha256 = std::move(file.sha256),
                            .md5 = std::move(file.md5),
                            .size = file.size,
                            .uploaded = std::move(file.uploaded),
                            .wheel = false,
                            .fits = true});
    return absl::OkStatus();
  }

 private:
  const conda::UniverseBuilder& builder_;
  const bool with_files_;
};

class CondaCoreWords final : public CoreWords {
 public:
  CondaCoreWords(const conda::UniverseBuilder& builder, const conda::CondaNotation& notation)
      : builder_(builder), notation_(notation) {}

  std::string SetText(VersionSetId set) const override { return notation_.OfSet(set); }
  std::string PlacesOf(RequirementId requirement) const override {
    return builder_.PlacesOf(requirement);
  }
  std::vector<std::string> LeftOutOf(PackageId package) const override {
    std::vector<std::string> lines;
    const std::string_view name = builder_.universe().name(package);
    for (FilteredVersions& one : conda::LeftOutOf(builder_, package, name)) {
      lines.push_back(std::move(one.sentence));
    }
    return lines;
  }

 private:
  const conda::UniverseBuilder& builder_;
  const conda::CondaNotation& notation_;
};

// The walk of one request through the rooms.
class CondaPipeline {
 public:
  CondaPipeline(const conda::ResolveRequest& request,
                std::span<const metadata::Source* const> sources, const ResolveOptions& options)
      : request_(request),
        sources_(sources),
        options_(options),
        builder_(request, sources),
        search_(builder_, options.strategy, options.now_us) {}

  absl::StatusOr<Answer> Run() {
    ACCORD_RETURN_IF_ERROR(Read());
    const uint64_t begun_us = options_.now_us();
    const absl::StatusOr<Outcome> outcome = search_.Solve(builder_.problem(), options_.budget);
    if (!outcome.ok()) return outcome.status();
    answer_.timings.universe_us = search_.supply_us();
    answer_.timings.solve_us = options_.now_us() - begun_us - search_.supply_us();
    answer_.counters = search_.counters();
    answer_.packages_read = builder_.packages_read();
    if (options_.save_problem) {
      answer_.saved_problem = WriteWorld(builder_.universe(), builder_.problem());
    }
    ACCORD_RETURN_IF_ERROR(Tell(*outcome));
    if (answer_.has_solution) ACCORD_RETURN_IF_ERROR(Check());
    return std::move(answer_);
  }

 private:
  absl::Status Read() {
    const uint64_t begun_us = options_.now_us();
    ACCORD_RETURN_IF_ERROR(builder_.Begin());
    answer_.timings.parse_us = options_.now_us() - begun_us;
    for (const conda::RequestedPackage& requested : builder_.requested()) {
      answer_.priorities.push_back(
          {.name = std::string(builder_.universe().name(requested.package)),
           .priority = requested.priority});
    }
    std::ranges::sort(answer_.priorities, {}, &PackagePriority::priority);
    return absl::OkStatus();
  }

  absl::Status Tell(const Outcome& outcome) {
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

  absl::Status TellSolution(const Solution& solution) {
    answer_.has_solution = true;
    absl::StatusOr<std::vector<ChosenPackage>> chosen =
        ChosenPackages(builder_.universe(), builder_.problem(), solution,
                       CondaChosenFacts(builder_, options_.tell_files || has_environment()));
    if (!chosen.ok()) return chosen.status();
    answer_.solution = *std::move(chosen);
    std::erase_if(answer_.solution,
                  [](const ChosenPackage& one) { return one.name.starts_with("__"); });
    if (has_environment()) ACCORD_RETURN_IF_ERROR(TellChange(solution));
    answer_.claim = {.kind = solution.claim.kind,
                     .assuming = AssumingOf(builder_.universe(), solution.claim)};
    return absl::OkStatus();
  }

  [[nodiscard]] bool has_environment() const { return request_.installed != nullptr; }

  absl::Status TellChange(const Solution& solution) {
    const CondaSolved solved{.request = request_, .builder = builder_, .solution = solution};
    TellKept(solved, answer_.solution);
    absl::StatusOr<Transaction> transaction = TransactionOf(solved, answer_.solution);
    if (!transaction.ok()) return transaction.status();
    answer_.transaction = *std::move(transaction);
    return absl::OkStatus();
  }

  absl::Status TellConflict(const Conflict& conflict) {
    answer_.claim.assuming = AssumingOf(builder_.universe(), conflict.claim);
    if (!options_.explain_conflict) return absl::OkStatus();
    const conda::CondaNotation notation(request_, builder_);
    const CondaCoreWords words(builder_, notation);
    const auto tell = [&](const Problem& problem, const Conflict& of) {
      answer_.conflict = CoreLines(builder_.universe(), words, problem, of);
      if (!options_.explain_sentences) return;
      answer_.explanation = explain::Explain(builder_.universe(), problem, of, notation,
                                             {.work_max = kSentencesWorkMax});
    };
    if (options_.strategy != StrategyKind::kCdcl) {
      tell(builder_.problem(), conflict);
      return absl::OkStatus();
    }
    const uint64_t work_max = answer_.counters.work / kCoreWorkShare + kCoreWorkMin;
    const CoreLimits limits{.work_max = work_max, .all_work_max = work_max};
    const absl::StatusOr<Core> core =
        MinimalCore(search_, builder_.problem(), conflict, options_.budget.cancel, limits);
    if (!core.ok()) return core.status();
    answer_.claim.assuming = AssumingOf(builder_.universe(), core->conflict.claim);
    tell(core->problem, core->conflict);
    return absl::OkStatus();
  }

  absl::Status Check() {
    const uint64_t begun_us = options_.now_us();
    std::vector<check::CondaPin> pins;
    for (const ChosenPackage& chosen : answer_.solution) {
      pins.push_back({.name = chosen.name,
                      .version = chosen.version,
                      .build = chosen.build,
                      .channel = chosen.channel,
                      .subdir = chosen.subdir,
                      .fn = {}});  // to hold it against the record's would read its files
      // An installed record may differ from a channel's in its file alone.
      if (!has_environment() || chosen.files.empty()) continue;
      pins.back().fn = chosen.files.front().name;
      pins.back().sha256 = chosen.files.front().sha256;
      pins.back().md5 = chosen.files.front().md5;
    }
    const absl::StatusOr<check::CheckReport> checked = Verify(request_, sources_, pins);
    if (!checked.ok()) return checked.status();
    answer_.check.ran = true;
    answer_.check.cost = checked->cost;
    answer_.timings.check_us = options_.now_us() - begun_us;
    if (checked->accepted()) return absl::OkStatus();
    std::string message = "our bug: the checker refuses the answer";
    for (const check::Violation& one : checked->violations) {
      message += Cat("; ", check::Sentence(one));
    }
    return absl::InternalError(message);
  }

  const conda::ResolveRequest& request_;
  const std::span<const metadata::Source* const> sources_;
  const ResolveOptions& options_;
  conda::UniverseBuilder builder_;
  Search search_;
  Answer answer_;
};

}  // namespace

absl::StatusOr<Answer> Resolve(const conda::ResolveRequest& request,
                               std::span<const metadata::Source* const> sources,
                               const ResolveOptions& options) {
  const auto pipeline = std::make_shared<CondaPipeline>(request, sources, options);
  if (options.remains != nullptr) *options.remains = pipeline;
  return pipeline->Run();
}

}  // namespace accord::engine
