#include "engine/why_version.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include "base/error.h"
#include "engine/core_lines.h"
#include "engine/members.h"
#include "engine/minimal_core.h"

namespace accord::engine {
namespace {

// A text that limits the versions of one package.
struct Limit {
  Holder holder;
  VersionSetId set;
  bool excludes = false;  // what is in the set; else what is not
  bool of_request = false;
};

// The positions that are preferred to the chosen one.
std::vector<PositionRange> BetterThan(const Package& package, Position chosen) {
  if (package.preference.empty()) return Normalized({{chosen + 1, package.count - 1}});
  std::vector<PositionRange> better;
  for (const Position position : package.preference) {
    if (position == chosen) break;
    better.push_back({position, position});
  }
  return Normalized(std::move(better));
}

class Questions {
 public:
  Questions(const Solved& solved, const WhyLimits& limits)
      : solved_(solved),
        ecosystem_(solved.ecosystem),
        limits_(limits),
        universe_(solved.ecosystem.supplier().universe()),
        before_(universe_) {}

  absl::StatusOr<std::vector<WhyVersion>> AskAll(PackageId only);

 private:
  absl::Status Ask(size_t member, WhyVersion& why);
  [[nodiscard]] std::vector<Limit> LimitsOn(PackageId package) const;
  void AddLimitsOfRequest(PackageId package, std::vector<Limit>& limits) const;
  [[nodiscard]] bool LeavesOut(const Limit& limit, Position position) const {
    return universe_.Contains(limit.set, position) == limit.excludes;
  }
  [[nodiscard]] bool LeaveNone(const std::vector<Limit>& limits,
                               const std::vector<PositionRange>& better) const;
  bool TellLimits(std::vector<Limit> limits, const std::vector<PositionRange>& better,
                  WhyVersion& why) const;
  absl::Status AskSolver(size_t member, const std::vector<PositionRange>& better, WhyVersion& why);
  void TellCore(const Core& core, WhyVersion& why) const;
  // "flask 2.3.3"; of an extra, which has no version of its own, "flask[async]".
  [[nodiscard]] std::string LabelOf(SolvableId candidate) const {
    const PackageId package = universe_.solvable(candidate).package;
    if (ecosystem_.BaseOf(package) == package) return universe_.Label(candidate);
    return std::string(universe_.name(package));
  }
  RequirementId AddWish(PackageId package, const std::vector<PositionRange>& ranges,
                        std::string_view text);

  const Solved& solved_;
  const Ecosystem& ecosystem_;
  const WhyLimits& limits_;
  Universe& universe_;
  Members before_;  // what the walk chose before the member in question
  std::map<RequirementId, SolvableId>
      kept_;  // wishes that keep a member; invalid: a better version
  uint64_t work_ = 0;
};

absl::StatusOr<std::vector<WhyVersion>> Questions::AskAll(PackageId only) {
  std::vector<WhyVersion> all;
  const std::vector<Member>& members = solved_.solution.members;
  for (size_t i = 0; i < members.size(); ++i) {
    const PackageId package = universe_.solvable(members[i].solvable).package;
    const bool has_version = ecosystem_.BaseOf(package) == package && !ecosystem_.IsGiven(package);
    if (has_version && (!only.valid() || only == package)) {
      all.emplace_back();
      ACCORD_RETURN_IF_ERROR(Ask(i, all.back()));
    }
    before_.Add(members[i].solvable);
  }
  std::sort(all.begin(), all.end(),
            [](const WhyVersion& a, const WhyVersion& b) { return a.name < b.name; });
  return all;
}

absl::Status Questions::Ask(size_t member, WhyVersion& why) {
  const SolvableId chosen = solved_.solution.members[member].solvable;
  const PackageId id = universe_.solvable(chosen).package;
  const Package& package = universe_.package(id);
  const Position position = universe_.position(chosen);
  const Position best = package.preference.empty() ? package.count - 1 : package.preference.front();
  const SolvableId best_one = universe_.at(id, best);
  why.name = std::string(universe_.name(id));
  why.version = ecosystem_.VersionBeside(chosen, best_one);
  why.best = ecosystem_.VersionBeside(best_one, chosen);
  why.best_is_newer = best > position;
  why.best_is_other_build = best != position && ecosystem_.AreOneVersion(best_one, chosen);
  const SolvableId newest = universe_.at(id, package.count - 1);
  why.newest = ecosystem_.VersionOf(newest);
  const std::vector<PositionRange> better = BetterThan(package, position);
  if (better.empty()) {
    if (ecosystem_.AreOneVersion(newest, chosen)) {
      why.newest = why.version;
      why.newer_out = ecosystem_.NewerLeftOut(chosen);
    }
    return absl::OkStatus();
  }
  if (TellLimits(LimitsOn(id), better, why)) return absl::OkStatus();
  return AskSolver(member, better, why);
}

// ---- what texts leave out by themselves

std::vector<Limit> Questions::LimitsOn(PackageId package) const {
  std::vector<Limit> limits;
  AddLimitsOfRequest(package, limits);
  for (const Member& member : solved_.solution.members) {
    const Solvable& bringer = universe_.solvable(member.solvable);
    if (bringer.package == package) continue;
    if (!before_.Of(bringer.package).valid()) continue;
    if (bringer.dependencies_known != Knowledge::kKnown) continue;
    for (const RequirementId id : universe_.dependency_set(bringer.dependencies).requirements) {
      const Requirement& requirement = universe_.requirement(id);
      if (!universe_.IsDefinite(id) || !before_.Holds(requirement.condition)) continue;
      const VersionSetId set = requirement.alternatives.front();
      if (universe_.set(set).package != package) continue;
      limits.push_back({.holder = {.who = universe_.Label(member.solvable),
                                   .requirement = std::string(universe_.Text(requirement.text))},
                        .set = set});
    }
    for (const ConstraintId id : universe_.dependency_set(bringer.dependencies).constraints) {
      const Constraint& constraint = universe_.constraint(id);
      if (universe_.set(constraint.set).package != package) continue;
      if (!before_.Holds(constraint.condition)) continue;
      limits.push_back({.holder = {.who = universe_.Label(member.solvable),
                                   .requirement = std::string(universe_.Text(constraint.text))},
                        .set = constraint.set});
    }
  }
  std::sort(limits.begin(), limits.end(), [](const Limit& a, const Limit& b) {
    return std::tie(b.of_request, a.holder) < std::tie(a.of_request, b.holder);
  });
  return limits;
}

void Questions::AddLimitsOfRequest(PackageId package, std::vector<Limit>& limits) const {
  const auto add = [&](std::string_view who, std::string text, VersionSetId set, bool excludes) {
    if (universe_.set(set).package != package) return;
    limits.push_back({.holder = {.who = std::string(who), .requirement = std::move(text)},
                      .set = set,
                      .excludes = excludes,
                      .of_request = true});
  };
  const auto text_of = [&](VersionSetId set) { return ecosystem_.notation().OfSet(set); };
  const Problem& problem = ecosystem_.problem();
  for (const AskedRequirement& asked : problem.requirements) {
    const Requirement& requirement = universe_.requirement(asked.requirement);
    if (!universe_.IsDefinite(asked.requirement) || !before_.Holds(requirement.condition)) continue;
    const VersionSetId set = requirement.alternatives.front();
    add("request", text_of(set), set, false);
  }
  for (const ConstraintId id : problem.constraints) {
    const Constraint& constraint = universe_.constraint(id);
    if (!before_.Holds(constraint.condition)) continue;
    add("constraint", text_of(constraint.set), constraint.set, false);
  }
  for (const Restriction& lock : problem.locked) add("lock", text_of(lock.set), lock.set, false);
  for (const Restriction& one : problem.excluded) add("exclusion", text_of(one.set), one.set, true);
}

bool Questions::LeaveNone(const std::vector<Limit>& limits,
                          const std::vector<PositionRange>& better) const {
  for (const PositionRange& range : better) {
    for (Position position = range.first; position <= range.last; ++position) {
      const auto leaves_out = [&](const Limit& limit) { return LeavesOut(limit, position); };
      if (std::ranges::none_of(limits, leaves_out)) return false;
    }
  }
  return true;
}

// The request's texts, if they do; else each text that does alone; else some that do together.
bool Questions::TellLimits(std::vector<Limit> limits, const std::vector<PositionRange>& better,
                           WhyVersion& why) const {
  if (!LeaveNone(limits, better)) return false;
  const auto tell = [&](WhyVersionKind kind, const std::vector<Limit>& those) {
    why.kind = kind;
    for (const Limit& limit : those) {
      why.holders.push_back(limit.holder);
      why.holders.back().alone = LeaveNone({limit}, better);
    }
    std::sort(why.holders.begin(), why.holders.end());
  };
  const auto minimal = [&](std::vector<Limit> those) {
    for (size_t i = those.size(); i-- > 0;) {
      std::vector<Limit> fewer = those;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (LeaveNone(fewer, better)) those = std::move(fewer);
    }
    return those;
  };
  std::vector<Limit> of_request;
  std::vector<Limit> alone;
  for (const Limit& limit : limits) {
    if (limit.of_request) of_request.push_back(limit);
    if (LeaveNone({limit}, better)) alone.push_back(limit);
  }
  if (LeaveNone(of_request, better)) {
    tell(WhyVersionKind::kRequest, minimal(std::move(of_request)));
  } else if (!alone.empty()) {
    tell(WhyVersionKind::kHeld, alone);
  } else {
    tell(WhyVersionKind::kHeld, minimal(std::move(limits)));
  }
  return true;
}

// ---- what only a search shows

RequirementId Questions::AddWish(PackageId package, const std::vector<PositionRange>& ranges,
                                 std::string_view text) {
  return universe_.AddRequirement({.alternatives = {universe_.AddSetOf(package, ranges)},
                                   .condition = {},
                                   .text = universe_.AddText(text)});
}

absl::Status Questions::AskSolver(size_t member, const std::vector<PositionRange>& better,
                                  WhyVersion& why) {
  why.kind = WhyVersionKind::kNotExamined;
  if (solved_.solution.claim.kind != ClaimKind::kCanonical || work_ >= limits_.work_max) {
    return absl::OkStatus();
  }
  const std::vector<Member>& members = solved_.solution.members;
  Problem problem = ecosystem_.problem();
  problem.soft.clear();
  kept_.clear();
  int32_t priority = std::numeric_limits<int32_t>::min();
  const auto wish = [&](PackageId package, const std::vector<PositionRange>& ranges,
                        SolvableId kept) {
    const RequirementId id = AddWish(
        package, ranges, Cat(kept.valid() ? "kept: " : "better: ", universe_.name(package)));
    kept_[id] = kept;
    problem.requirements.push_back({.requirement = id, .priority = priority++});
  };
  for (size_t i = 0; i < member; ++i) {
    const Position position = universe_.position(members[i].solvable);
    wish(universe_.solvable(members[i].solvable).package, {{position, position}},
         members[i].solvable);
  }
  wish(universe_.solvable(members[member].solvable).package, better, {});
  absl::StatusOr<Outcome> outcome =
      solved_.search.Solve(problem, solved_.budget.WithWork(limits_.work_max - work_));
  if (!outcome.ok()) return outcome.status();
  work_ += solved_.search.counters().work;
  if (std::holds_alternative<Solution>(*outcome)) why.kind = WhyVersionKind::kFavoured;
  const Conflict* conflict = std::get_if<Conflict>(&*outcome);
  if (conflict == nullptr) return absl::OkStatus();
  const absl::StatusOr<Core> core =
      MinimalCore(solved_.search, problem, *conflict, solved_.budget,
                  {.work_max = limits_.core_question_work_max,
                   .all_work_max = limits_.work_max > work_ ? limits_.work_max - work_ : 0});
  if (!core.ok()) return core.status();
  work_ += core->work;
  TellCore(*core, why);
  return absl::OkStatus();
}

// Holders are the wishes and requirements that are left, with what of theirs the conflict used.
void Questions::TellCore(const Core& core, WhyVersion& why) const {
  why.kind = WhyVersionKind::kImpossible;
  const auto text_of = [&](RequirementId id) {
    return std::string(universe_.Text(universe_.requirement(id).text));
  };
  for (const AskedRequirement& asked : core.problem.requirements) {
    const auto kept = kept_.find(asked.requirement);
    if (kept == kept_.end()) {
      why.holders.push_back({.who = "request", .requirement = text_of(asked.requirement)});
      continue;
    }
    const SolvableId holder = kept->second;
    if (!holder.valid()) continue;
    const size_t told = why.holders.size();
    for (const Reason& reason : core.conflict.core) {
      const bool needs = reason.kind == Reason::Kind::kDependency;
      if (!needs && reason.kind != Reason::Kind::kConstraint) continue;
      if (reason.dependencies != universe_.solvable(holder).dependencies) continue;
      why.holders.push_back(
          {.who = LabelOf(holder),
           .requirement =
               needs ? text_of(reason.requirement)
                     : std::string(universe_.Text(universe_.constraint(reason.constraint).text))});
    }
    if (told == why.holders.size()) why.holders.push_back({.who = LabelOf(holder)});
  }
  std::sort(why.holders.begin(), why.holders.end());
  for (CoreLine& line : CoreLines(ecosystem_, core.problem, core.conflict)) {
    if (line.kind == CoreLineKind::kOneVersion || line.kind == CoreLineKind::kRequest) continue;
    why.lines.push_back(std::move(line));
  }
}

}  // namespace

absl::StatusOr<std::vector<WhyVersion>> WhyVersions(const Solved& solved, const WhyLimits& limits,
                                                    PackageId only) {
  return Questions(solved, limits).AskAll(only);
}

}  // namespace accord::engine
