// The canonical walk of docs/solver.md over the trail of the SAT core: D, the open requirements,
// and which option is next. The core refutes; the walk alone chooses.
#pragma once

#include <vector>

#include "model/outcome.h"
#include "solver/cdcl/agenda.h"
#include "solver/cdcl/encoder.h"

namespace accord::cdcl {

class Walk {
 public:
  Walk(const Universe& universe, SatCore& core, Encoder& encoder, Arena& arena)
      : universe_(universe), core_(core), encoder_(encoder), arena_(arena) {}

  // D = {} and the problem's requirements open.
  void Begin(const Problem& problem);
  void BeginAnew() { Begin(*problem_); }

  // How options are picked. kCanonical: the best that is not refuted. kFeasible: one that already
  // holds, or held last time, before the best; the result is a valid set and nothing more.
  enum class Mode { kCanonical, kFeasible };

  // Goes on, after propagation, as long as D grows by candidates that hold already. kDecide: decide
  // `decision`; it enters D when it holds and its dependencies are clauses. kOpened: packages of a
  // soft requirement were opened, or an option was ruled out, propagate first. kNeeds: such
  // packages, in `needs`, are not known. kDone: nothing is open, D is the answer.
  enum class Step { kOpened, kDecide, kDone, kNeeds };
  [[nodiscard]] Step Next(Mode mode, Lit& decision, Needs& needs);

  // Follows the core: what entered D above the core's present level leaves it.
  void Follow();

  [[nodiscard]] Solution Answer() const;
  // For each option that was passed over because it is refuted a literal on the trail that refutes
  // it: what the choice of D rests on.
  [[nodiscard]] std::vector<Lit> Refuted() const;
  // The packages that could not be known among the alternatives that were passed over.
  [[nodiscard]] std::vector<PackageId> PassedOverUnknown() const;

 private:
  struct Entry {
    SolvableId solvable;
    RequirementId requirement;
    EntryIndex required_by = kRequest;
    uint32_t depth = 0;
    uint64_t serial = 0;
    uint64_t lasting = 0;            // 0: none
    EntryIndex previous = kRequest;  // of the same package
    EntryIndex folded_before = kRequest;
  };
  // What was last expanded at an index of D, and may have left it since. Its requirements without a
  // condition are on the agenda as long as none was dropped: when the same candidate enters at the
  // same index and depth, they are its requirements again.
  struct Expanded {
    SolvableId solvable;
    uint32_t depth = 0;
    uint64_t lasting = 0;  // 0: some was dropped
  };
  // What a step did, to be undone.
  struct Done {
    enum class Kind : uint8_t { kTook, kEntered, kUnmet };
    Kind kind = Kind::kTook;
    Agenda::Slot took = 0;
    uint32_t level = 0;  // the core's when it was done; follows what stands before
  };
  struct Waiting {  // a requirement whose condition D does not meet yet
    OpenRequirement open;
    uint64_t bringer_lasting = 0;
  };

  void Enter(SolvableId solvable, Agenda::Slot took);
  void Leave();
  void ExpandBeforeNext();
  void Expand(EntryIndex entry);
  [[nodiscard]] uint64_t LastingAt(EntryIndex entry, SolvableId solvable, uint32_t depth) const;
  void Drop(Agenda::Slot took);
  void TakeDecided();
  void Bring(EntryIndex bringer, const OpenRequirement& asked, bool is_new);
  void WaitFor(ConditionId condition, const OpenRequirement& open);
  void OpenConditional(EntryIndex entry);
  [[nodiscard]] bool Holds(const OpenRequirement& open) const;
  [[nodiscard]] bool HoldsOption(RequirementId requirement) const;
  // The earliest entry of D with which the condition holds; kRequest if it does not hold.
  [[nodiscard]] EntryIndex WhenTrue(ConditionId condition) const;
  void PackagesOf(ConditionId condition, std::vector<PackageId>& packages) const;
  [[nodiscard]] SolvableId Pick(RequirementId requirement, Mode mode) const;
  [[nodiscard]] SolvableId PickBest(RequirementId requirement) const;
  [[nodiscard]] SolvableId PickHighest(VersionSetId set) const;
  [[nodiscard]] bool IsHighestFirst(PackageId package) const;
  [[nodiscard]] Value ValueOf(SolvableId solvable) const;
  template <class Visit>  // visit(SolvableId) -> bool: go on?
  void ForOptions(RequirementId requirement, Visit visit) const;
  template <class Visit>
  bool ForPreferred(VersionSetId set, bool favored, Visit visit) const;
  [[nodiscard]] bool IsFavored(SolvableId solvable) const;
  [[nodiscard]] EntryIndex LastOf(PackageId package) const;
  [[nodiscard]] bool OpenPackagesOf(RequirementId requirement, Needs& needs);
  void NotMet(Agenda::Slot took);

  const Universe& universe_;
  SatCore& core_;
  Encoder& encoder_;
  Arena& arena_;
  const Problem* problem_ = nullptr;

  Agenda agenda_{universe_, arena_};
  // What was decided last, until its candidate holds and enters D or the core went back.
  struct Decided {
    Agenda::Slot took = 0;
    SolvableId option;  // invalid: none
  };
  Decided decided_;
  ArenaVector<Entry> d_{arena_};
  ArenaVector<EntryIndex> last_of_domain_{arena_};  // by domain: into d_, or kRequest
  // By depth: the last entry of D whose requirements are not on the agenda yet, or kRequest; by
  // folded_before the others. They go there when nothing is left that comes before them: most of
  // what backtracking makes leave D never had any there.
  ArenaVector<EntryIndex> folded_{arena_};
  size_t first_folded_ = 0;                 // no depth below has any
  ArenaVector<Expanded> expanded_{arena_};  // by index of D
  ArenaVector<Done> log_{arena_};
  ArenaVector<uint32_t> unmet_soft_{arena_};
  uint64_t serial_ = 0;
  absl::flat_hash_map<PackageId, std::vector<Waiting>> waiting_;
  absl::flat_hash_map<PackageId, std::vector<VersionSetId>> favored_;
};

}  // namespace accord::cdcl
