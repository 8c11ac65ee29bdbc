// Puts a WorldSpec into a Universe piece by piece: what Build does at once, and what a test does
// that reveals a world lazily.
#pragma once

#include <string>
#include <string_view>

#include "model/spec_adder.h"
#include "model/world_spec.h"

namespace accord {

class WorldBuilder final : public SpecAdder {
 public:
  // The spec is well-formed and outlives the builder. Groups exist at once, without members.
  explicit WorldBuilder(const WorldSpec& spec);

  // The package as it is declared, pending until it is revealed.
  PackageId AddPackage(std::string_view name);
  // Its candidates arrive, or that there are none; groups get their members among them.
  void RevealPackage(PackageId package);
  // What the candidate needs arrives.
  void RevealDependencies(SolvableId solvable);

 private:
  VersionSetId AddSet(const SetSpec& spec) override;
  std::string TextOf(const RequirementSpec& spec) const override {
    return DerivedText(spec, index_);
  }
  std::string TextOf(const ConstraintSpec& spec) const override {
    return DerivedText(spec, index_);
  }

  const WorldSpec& spec_;
  SpecIndex index_;
};

}  // namespace accord
