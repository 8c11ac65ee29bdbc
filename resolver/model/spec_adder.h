// A Universe into which requirements, constraints and requests are put as specs say them. How a set
// gets its members, and what the text of a requirement is that has none of its own, is for who
// derives from it.
#pragma once

#include <optional>
#include <string>

#include "model/world_spec.h"

namespace accord {

class SpecAdder {
 public:
  SpecAdder() = default;
  SpecAdder(const SpecAdder&) = delete;
  SpecAdder& operator=(const SpecAdder&) = delete;
  virtual ~SpecAdder() = default;

  [[nodiscard]] Universe& universe() { return universe_; }

  // The packages of sets are added, and stay pending.
  [[nodiscard]] DependencySetId AddNeeds(const CandidateSpec& candidate);
  [[nodiscard]] Problem AddRequest(const RequestSpec& request);

 protected:
  virtual VersionSetId AddSet(const SetSpec& spec) = 0;
  [[nodiscard]] virtual std::string TextOf(const RequirementSpec& spec) const = 0;
  [[nodiscard]] virtual std::string TextOf(const ConstraintSpec& spec) const = 0;

  Universe universe_;

 private:
  ConditionId Add(const std::optional<ConditionSpec>& spec);
  ConditionId AddCondition(const ConditionSpec& spec);
  RequirementId Add(const RequirementSpec& spec);
  ConstraintId Add(const ConstraintSpec& spec);
  Restriction Add(const RestrictionSpec& spec);
  AskedRequirement Asked(const AskedSpec& spec);
};

}  // namespace accord
