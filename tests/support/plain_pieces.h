// A world as what a frontend would say of it, in pieces: for facts that come in any grouping and
// order.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/plain.h"
#include "model/world_spec.h"
#include "tests/oracle/random.h"

namespace accord::testing {

// Everything at once. The world is well-formed.
inline std::shared_ptr<const engine::PlainFacts> AllFacts(const WorldSpec& spec) {
  auto facts =
      engine::Apply(*engine::PlainFacts::None(), {.put = spec.packages, .groups = spec.groups});
  ACCORD_CHECK(facts.ok());
  return *std::move(facts);
}

inline engine::PlainRequest RequestOf(const WorldSpec& spec, bool closed) {
  engine::PlainRequest request;
  static_cast<RequestSpec&>(request) = spec;
  request.closed = closed;
  return request;
}

class PlainPieces {
 public:
  // The spec outlives it.
  PlainPieces(const WorldSpec& spec, Rng& rng) : spec_(spec), index_(spec), rng_(rng) {}

  [[nodiscard]] const std::shared_ptr<const engine::PlainFacts>& facts() const { return facts_; }

  // Some of what is wanted, one piece at least, and some that is not; in one update or in several.
  void Say(const std::vector<engine::Wanted>& wanted) {
    size_t said = 0;
    do {
      engine::PlainUpdate update;
      for (const engine::Wanted& one : wanted) {
        if (!rng_.Percent(60)) continue;
        ++said;
        if (one.candidates.empty()) SayPackage(one.package, update);
        for (const Position position : one.candidates) SayNeeds(one.package, position, update);
      }
      for (const PackageSpec& package : spec_.packages) {
        if (rng_.Percent(10)) SayPackage(package.name, update);
        const auto position = static_cast<Position>(rng_.Below(package.candidates.size() + 1));
        if (rng_.Percent(10)) SayNeeds(package.name, position, update);
      }
      for (const GroupSpec& group : spec_.groups) {
        if (rng_.Percent(10)) SayGroup(group, update);
      }
      Apply(std::move(update));
    } while (said == 0 || rng_.Percent(30));
  }
  void SayGroups() {
    engine::PlainUpdate update;
    for (const GroupSpec& group : spec_.groups) SayGroup(group, update);
    Apply(std::move(update));
  }
  [[nodiscard]] bool AreGroupsSaid() const { return groups_.size() == spec_.groups.size(); }

 private:
  // Once whole or with needs that follow; again it is said as it was.
  void SayPackage(const std::string& name, engine::PlainUpdate& update) {
    if (!packages_.insert(name).second) return;
    const PackageSpec* package = index_.Find(name);
    if (package == nullptr || (package->nonexistent && package->coexistence == Coexistence::kOne)) {
      update.absent.push_back(name);
      return;
    }
    PackageSpec put = *package;
    for (Position i = 0; i < put.candidates.size(); ++i) {
      CandidateSpec& candidate = put.candidates[i];
      if (rng_.Percent(50)) {
        needs_.emplace(name, i);
      } else {
        candidate = {.version = candidate.version, .pending = true};
      }
    }
    update.put.push_back(std::move(put));
  }

  // Of a package that was said in an earlier update.
  void SayNeeds(const std::string& name, Position position, engine::PlainUpdate& update) {
    const engine::PlainPackage* said = facts_->Find(name);
    if (said == nullptr || position >= said->candidates.size()) return;
    if (!needs_.emplace(name, position).second) return;
    const CandidateSpec& candidate = index_.Find(name)->candidates[position];
    update.needs.push_back({.package = name,
                            .candidate = position,
                            .requirements = candidate.requirements,
                            .constraints = candidate.constraints,
                            .unknown = candidate.unknown});
  }

  void SayGroup(const GroupSpec& group, engine::PlainUpdate& update) {
    if (groups_.insert(group.name).second) update.groups.push_back(group);
  }

  void Apply(engine::PlainUpdate update) {
    auto facts = engine::Apply(*facts_, std::move(update));
    ACCORD_CHECK(facts.ok());
    facts_ = *std::move(facts);
  }

  const WorldSpec& spec_;
  const SpecIndex index_;
  Rng& rng_;
  std::shared_ptr<const engine::PlainFacts> facts_ = engine::PlainFacts::None();
  std::set<std::string> packages_;
  std::set<std::pair<std::string, Position>> needs_;
  std::set<std::string> groups_;
};

}  // namespace accord::testing
