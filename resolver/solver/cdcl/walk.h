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
  Walk(const Universe& universe, SatCore& core, Encoder& encoder)
      : universe_(universe), core_(core), encoder_(encoder), agenda_(universe) {}

  // D = {} and the problem's requirements open.
  void Begin(const Problem& problem);
  void BeginAnew() { Begin(*problem_); }

  // How options are picked. kCanonical: the best that is not refuted. kFeasible: one that already
  // holds, or held last time, before the best; the result is a valid set and nothing more.
  enum class Mode { kCanonical, kFeasible };

  // One step, after propagation. kDecide: decide `decision`, which enters D at once. kEntered: D
  // grew by a candidate that holds already, or a soft requirement's packages were opened. kDone:
  // nothing is open, D is the answer. kNeeds: a soft requirement's packages, in `needs`.
  enum class Step { kEntered, kDecide, kDone, kNeeds };
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
    EntryIndex previous = kRequest;  // of the same package
  };
  // What a step did, to be undone.
  struct Done {
    enum class Kind : uint8_t { kTook, kEntered, kUnmet };
    Kind kind = Kind::kTook;
    OpenRequirement took;
    uint32_t level = 0;  // the core's when it was done; follows what stands before
  };
  struct Waiting {  // a requirement whose condition D does not meet yet
    OpenRequirement open;
    EntryIndex bringer = kRequest;
    uint64_t bringer_serial = 0;
  };

  void Enter(SolvableId solvable, const OpenRequirement& open);
  void Leave();
  void Bring(EntryIndex bringer, const OpenRequirement& open);
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
  Step NotMet(const OpenRequirement& open);

  const Universe& universe_;
  SatCore& core_;
  Encoder& encoder_;
  const Problem* problem_ = nullptr;

  Agenda agenda_;
  std::vector<Entry> d_;
  std::vector<EntryIndex> last_of_domain_;  // by domain: into d_, or kRequest
  std::vector<Done> log_;
  std::vector<uint32_t> unmet_soft_;
  uint64_t serial_ = 0;
  absl::flat_hash_map<PackageId, std::vector<Waiting>> waiting_;
  absl::flat_hash_map<PackageId, std::vector<VersionSetId>> favored_;
};

}  // namespace accord::cdcl
