#include "solver/libsolv/encoding.h"

// libsolv's Id and Solvable are global: ::Id, ::Solvable. Without :: they are ours.
extern "C" {
#include <solv/pool.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/solver.h>
}

#include <bit>
#include <string>

#include "base/error.h"
#include "solver/libsolv/members.h"

namespace accord {
namespace {

using Dep = ::Id;         // a name, or names joined by "or"
using Number = uint32_t;  // of a libsolv package within the encoding

constexpr size_t kPairwiseMax = 4;

// A libsolv package in the making. Written into the pool at once at the end: libsolv copies a
// dependency list each time another package's was touched in between.
struct Draft {
  Dep name = 0;
  Dep version = 0;
  std::vector<Dep> provides;
  std::vector<Dep> requires_all;
  std::vector<Dep> conflicts;
};

struct PoolDeleter {
  void operator()(Pool* pool) const { pool_free(pool); }
};
struct SolverDeleter {
  void operator()(Solver* solver) const { solver_free(solver); }
};

class Jobs {
 public:
  Jobs() { queue_init(&queue_); }
  ~Jobs() { queue_free(&queue_); }
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;
  void Add(int how, ::Id what) { queue_push2(&queue_, how, what); }
  Queue* queue() { return &queue_; }

 private:
  Queue queue_;
};

}  // namespace

class Encoding::Impl {
 public:
  Impl(const Universe& universe, const Problem& problem, const Reach& reach)
      : universe_(universe),
        problem_(problem),
        candidates_(reach.candidates),
        pool_(pool_create()),
        number_of_(universe.solvable_count(), kNone),
        gate_of_(universe.set_count(), 0),
        only_of_(universe.set_count(), 0),
        members_of_(universe.set_count(), 0),
        denial_of_(universe.condition_count(), 0),
        bearer_of_(universe.dependency_set_count(), 0) {
    // Plain numbers as versions compare as numbers under RPM's rules.
    pool_setdisttype(pool_.get(), DISTTYPE_RPM);
    nothing_ = Name("nothing", 0);  // nobody provides it
    AddCandidates();
    AddGroups();
    for (const SolvableId id : candidates_) {
      const Dep bearer = Bearer(universe_.solvable(id).dependencies);
      if (bearer != 0) drafts_[number_of_[id]].requires_all.push_back(bearer);
    }
    AddRequest();
    Write();
  }

  std::optional<std::vector<SolvableId>> Solve();
  const Counters& counters() const { return counters_; }

 private:
  static constexpr Number kNone = ~Number{0};

  Dep Name(std::string_view kind, uint32_t number) {
    return pool_str2id(pool_.get(), Cat(kind, number).c_str(), 1);
  }
  // A package that provides nothing but its name.
  Number AddDraft(std::string_view kind, uint32_t number) {
    const Dep name = Name(kind, number);
    drafts_.push_back({.name = name, .version = ID_EMPTY, .provides = {name}});
    return static_cast<Number>(drafts_.size() - 1);
  }
  Dep Or(Dep left, Dep right) {
    return left == 0 ? right : pool_rel2id(pool_.get(), left, right, REL_OR, 1);
  }

  void AddCandidates();
  void AddGroups();
  void AddAtMostOne(const std::vector<SolvableId>& members);
  void AddRequest();
  Dep Bearer(DependencySetId id);
  Dep Needed(RequirementId id);
  Dep Allowed(ConstraintId id);
  Dep MembersOf(VersionSetId id);
  Dep Gate(VersionSetId id);
  Dep Only(VersionSetId id);
  Dep Denial(ConditionId id);
  void Write();

  const Universe& universe_;
  const Problem& problem_;
  const std::vector<SolvableId>& candidates_;
  std::unique_ptr<Pool, PoolDeleter> pool_;
  std::vector<Draft> drafts_;  // the candidates, in their order, then the auxiliary packages
  IdVector<SolvableId, Number> number_of_;
  IdVector<VersionSetId, Dep> gate_of_;
  IdVector<VersionSetId, Dep> only_of_;
  IdVector<VersionSetId, Dep> members_of_;
  IdVector<ConditionId, Dep> denial_of_;
  IdVector<DependencySetId, Dep> bearer_of_;
  Dep nothing_ = 0;
  uint32_t bits_ = 0;
  Number request_ = kNone;
  std::vector<Number> soft_;
  ::Id first_ = 0;  // libsolv's id of drafts_[0]
  Counters counters_;
};

void Encoding::Impl::AddCandidates() {
  PackageId previous;
  std::vector<uint32_t> rank;  // of each position; the largest is preferred
  for (const SolvableId id : candidates_) {
    const PackageId package_id = universe_.solvable(id).package;
    const Package& package = universe_.package(package_id);
    if (package_id != previous) {
      previous = package_id;
      ++counters_.packages;
      rank.resize(package.count);
      for (uint32_t i = 0; i < package.count; ++i) {
        if (package.preference.empty()) {
          rank[i] = i + 1;
        } else {
          rank[package.preference[i]] = package.count - i;
        }
      }
    }
    number_of_[id] = static_cast<Number>(drafts_.size());
    Draft draft;
    draft.name = Name("package", package_id.value());
    draft.version = Name("", rank[universe_.position(id)]);
    draft.provides = {Name("candidate", id.value())};
    drafts_.push_back(std::move(draft));
  }
  counters_.candidates = counters_.candidates_looked_at = candidates_.size();
}

void Encoding::Impl::AddGroups() {
  std::vector<SolvableId> members;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    const PackageId package = universe_.solvable(candidates_[i]).package;
    members.push_back(candidates_[i]);
    const bool is_last =
        i + 1 == candidates_.size() || universe_.solvable(candidates_[i + 1]).package != package;
    if (!is_last) continue;
    if (universe_.package(package).coexistence == Coexistence::kOne) AddAtMostOne(members);
    members.clear();
  }
  for (uint32_t group = 0; group < universe_.group_count(); ++group) {
    members.clear();
    for (const SolvableId id : universe_.group(GroupId(group)).members) {
      if (number_of_[id] != kNone) members.push_back(id);
    }
    AddAtMostOne(members);
  }
}

void Encoding::Impl::AddAtMostOne(const std::vector<SolvableId>& members) {
  if (members.size() <= kPairwiseMax) {
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (members[i] == members[j]) continue;
        drafts_[number_of_[members[i]]].conflicts.push_back(Name("candidate", members[j].value()));
      }
    }
    return;
  }
  for (size_t bit = 0; bit < std::bit_width(members.size() - 1); ++bit) {
    const Number zero = AddDraft("zero", bits_);
    const Number one = AddDraft("one", bits_);
    ++bits_;
    drafts_[zero].conflicts.push_back(drafts_[one].name);
    for (size_t i = 0; i < members.size(); ++i) {
      const Dep spelled = drafts_[(i >> bit & 1) != 0 ? one : zero].name;
      drafts_[number_of_[members[i]]].requires_all.push_back(spelled);
    }
  }
}

void Encoding::Impl::AddRequest() {
  std::vector<Dep> all;
  for (const AskedRequirement& asked : problem_.requirements) {
    all.push_back(Needed(asked.requirement));
  }
  for (const ConstraintId id : problem_.constraints) all.push_back(Allowed(id));
  request_ = AddDraft("request", 0);
  drafts_[request_].requires_all = std::move(all);
  for (uint32_t i = 0; i < problem_.soft.size(); ++i) {
    const Dep needed = Needed(problem_.soft[i].requirement);
    if (needed == nothing_) continue;
    soft_.push_back(AddDraft("soft", i));
    drafts_[soft_.back()].requires_all = {needed};
  }
}

// The package that bears a dependency set; 0 if the set asks for nothing.
Dep Encoding::Impl::Bearer(DependencySetId id) {
  const DependencySet& dependencies = universe_.dependency_set(id);
  if (dependencies.requirements.empty() && dependencies.constraints.empty()) return 0;
  if (bearer_of_[id] != 0) return bearer_of_[id];
  std::vector<Dep> all;
  for (const RequirementId requirement : dependencies.requirements) {
    all.push_back(Needed(requirement));
  }
  for (const ConstraintId constraint : dependencies.constraints) all.push_back(Allowed(constraint));
  const Number bearer = AddDraft("dependencies", id.value());
  drafts_[bearer].requires_all = std::move(all);
  return bearer_of_[id] = drafts_[bearer].name;
}

// n(condition) or g(S1) or g(S2) or ...
Dep Encoding::Impl::Needed(RequirementId id) {
  const Requirement& requirement = universe_.requirement(id);
  Dep any = requirement.condition.valid() ? Denial(requirement.condition) : 0;
  for (const VersionSetId set : requirement.alternatives) {
    if (const Dep gate = Gate(set); gate != 0) any = Or(any, gate);
  }
  ++counters_.clauses_requirement;
  return any == 0 ? nothing_ : any;
}

// n(condition) or o(S)
Dep Encoding::Impl::Allowed(ConstraintId id) {
  const Constraint& constraint = universe_.constraint(id);
  const Dep denial = constraint.condition.valid() ? Denial(constraint.condition) : 0;
  ++counters_.clauses_other;
  return Or(denial, Only(constraint.set));
}

// The name that the set's members provide; 0 if none of them can be chosen.
Dep Encoding::Impl::MembersOf(VersionSetId id) {
  id = universe_.set(id).same_members;
  if (members_of_[id] != 0) return members_of_[id];
  Dep name = 0;
  ForEachMember(universe_, id, [&](SolvableId member) {
    if (number_of_[member] == kNone) return;
    if (name == 0) name = Name("set", id.value());
    drafts_[number_of_[member]].provides.push_back(name);
  });
  return members_of_[id] = name;
}

Dep Encoding::Impl::Gate(VersionSetId id) {
  id = universe_.set(id).same_members;
  if (gate_of_[id] != 0) return gate_of_[id];
  const Dep members = MembersOf(id);
  if (members == 0) return 0;
  const Number gate = AddDraft("gate", id.value());
  drafts_[gate].requires_all.push_back(members);
  ++counters_.gates;
  return gate_of_[id] = drafts_[gate].name;
}

Dep Encoding::Impl::Only(VersionSetId id) {
  const PackageId package = universe_.set(id).package;
  // Sets of a package that does not exist, or is not known, need not have members.
  if (only_of_[id] != 0) return only_of_[id];
  const Number only = AddDraft("only", id.value());
  const Dep outside = Name("outside", id.value());
  drafts_[only].conflicts.push_back(outside);
  for (Position position = 0; position < universe_.package(package).count; ++position) {
    const Number other = number_of_[universe_.at(package, position)];
    if (other != kNone && !universe_.Contains(id, position)) {
      drafts_[other].provides.push_back(outside);
    }
  }
  ++counters_.gates;
  return only_of_[id] = drafts_[only].name;
}

Dep Encoding::Impl::Denial(ConditionId id) {
  if (denial_of_[id] != 0) return denial_of_[id];
  const Condition& condition = universe_.condition(id);
  Draft draft;
  draft.name = Name("denial", id.value());
  draft.version = ID_EMPTY;
  draft.provides = {draft.name};
  switch (condition.kind) {
    case Condition::Kind::kHas:
      if (const Dep members = MembersOf(condition.set); members != 0) {
        draft.conflicts.push_back(members);
      }
      break;
    case Condition::Kind::kAnd: {
      Dep any = 0;
      for (const ConditionId child : condition.children) any = Or(any, Denial(child));
      draft.requires_all.push_back(any);
      break;
    }
    case Condition::Kind::kOr:
      for (const ConditionId child : condition.children) {
        draft.requires_all.push_back(Denial(child));
      }
      break;
  }
  drafts_.push_back(std::move(draft));
  ++counters_.clauses_condition;
  return denial_of_[id] = drafts_.back().name;
}

void Encoding::Impl::Write() {
  Repo* repo = repo_create(pool_.get(), "accord");
  first_ = repo_add_solvable_block(repo, static_cast<int>(drafts_.size()));
  for (size_t i = 0; i < drafts_.size(); ++i) {
    const Draft& draft = drafts_[i];
    ::Solvable* solvable = pool_id2solvable(pool_.get(), first_ + static_cast<::Id>(i));
    solvable->name = draft.name;
    solvable->evr = draft.version;
    solvable->arch = ARCH_NOARCH;
    const auto write = [repo](Offset list, const std::vector<Dep>& deps) {
      for (const Dep dep : deps) list = repo_addid(repo, list, dep);
      return list;
    };
    solvable->dep_provides = write(solvable->dep_provides, draft.provides);
    solvable->dep_requires = write(solvable->dep_requires, draft.requires_all);
    solvable->dep_conflicts = write(solvable->dep_conflicts, draft.conflicts);
  }
  drafts_ = {};
  pool_createwhatprovides(pool_.get());
}

std::optional<std::vector<SolvableId>> Encoding::Impl::Solve() {
  const std::unique_ptr<Solver, SolverDeleter> solver(solver_create(pool_.get()));
  Jobs jobs;
  jobs.Add(SOLVER_MULTIVERSION | SOLVER_SOLVABLE_ALL, 0);
  for (const Restriction& favored : problem_.favored) {
    ForEachMember(universe_, favored.set, [&](SolvableId id) {
      if (number_of_[id] == kNone) return;
      jobs.Add(SOLVER_FAVOR | SOLVER_SOLVABLE, first_ + static_cast<::Id>(number_of_[id]));
    });
  }
  jobs.Add(SOLVER_INSTALL | SOLVER_SOLVABLE, first_ + static_cast<::Id>(request_));
  for (const Number soft : soft_) {
    jobs.Add(SOLVER_INSTALL | SOLVER_SOLVABLE | SOLVER_WEAK, first_ + static_cast<::Id>(soft));
  }
  if (solver_solve(solver.get(), jobs.queue()) != 0) return std::nullopt;
  std::vector<SolvableId> chosen;
  for (const SolvableId id : candidates_) {
    const ::Id solvable = first_ + static_cast<::Id>(number_of_[id]);
    if (solver_get_decisionlevel(solver.get(), solvable) > 0) chosen.push_back(id);
  }
  return chosen;
}

Encoding::Encoding(const Universe& universe, const Problem& problem, const Reach& reach)
    : impl_(std::make_unique<Impl>(universe, problem, reach)) {}
Encoding::~Encoding() = default;

std::optional<std::vector<SolvableId>> Encoding::Solve() { return impl_->Solve(); }
const Counters& Encoding::counters() const { return impl_->counters(); }

}  // namespace accord
