// A world that says nothing of itself until it is asked: packages are pending, a candidate's
// dependencies too, groups get members as these arrive. For "lazy equals closed".
#pragma once

#include "model/outcome.h"
#include "model/world_builder.h"

namespace accord {

class LazyWorld {
 public:
  // The spec is well-formed and outlives the world.
  explicit LazyWorld(const WorldSpec& spec) : builder_(spec), problem_(builder_.AddRequest(spec)) {}

  [[nodiscard]] const Universe& universe() { return builder_.universe(); }
  [[nodiscard]] const Problem& problem() const { return problem_; }

  // What is pending. Revealing a package makes its candidates pending, and so on.
  [[nodiscard]] Needs Pending() {
    Needs pending;
    for (uint32_t i = 0; i < universe().package_count(); ++i) {
      if (IsPending(PackageId(i))) pending.packages.emplace_back(i);
    }
    for (uint32_t i = 0; i < universe().solvable_count(); ++i) {
      if (IsPending(SolvableId(i))) pending.candidates.emplace_back(i);
    }
    return pending;
  }
  [[nodiscard]] bool IsPending(PackageId id) {
    return universe().package(id).knowledge == Knowledge::kPending;
  }
  [[nodiscard]] bool IsPending(SolvableId id) {
    return universe().solvable(id).dependencies_known == Knowledge::kPending;
  }

  // All of these are pending.
  void Reveal(const Needs& needs) {
    for (const PackageId package : needs.packages) builder_.RevealPackage(package);
    for (const SolvableId solvable : needs.candidates) builder_.RevealDependencies(solvable);
  }

 private:
  WorldBuilder builder_;
  Problem problem_;
};

}  // namespace accord
