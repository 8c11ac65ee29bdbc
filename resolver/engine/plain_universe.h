// Plain facts (plain_facts.h) as a Universe that grows on demand. Internal to this folder.
//
// What is added, and in which order, is what a search asks for, whatever else is known: one that
// waited in between goes the same way as one that did not.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "engine/plain_facts.h"
#include "engine/plain_request.h"
#include "engine/solve.h"
#include "model/spec_adder.h"
#include "model/supplier.h"

namespace accord::engine {

inline constexpr size_t kHintsMax = 64;

// Not thread-safe.
class PlainUniverse final : public Supplier, private SpecAdder {
 public:
  PlainUniverse(std::shared_ptr<const PlainFacts> facts, bool closed)
      : facts_(std::move(facts)), closed_(closed) {}

  Universe& universe() override { return universe_; }
  const Universe& universe() const override { return universe_; }

  // All of the needs, or nothing and Waiting: wanted() says what of them is missing.
  absl::Status Supply(const Needs& needs) override;
  [[nodiscard]] const std::vector<Wanted>& wanted() const { return wanted_; }
  // After Waiting: of packages that were read, the candidate that comes next if the better ones do
  // not do, where it is still to be said what it needs. kHintsMax at most.
  [[nodiscard]] std::vector<Wanted> Hints() const;
  [[nodiscard]] size_t packages_read() const { return packages_read_; }

  using SpecAdder::AddRequest;
  VersionSetId AddSet(const SetSpec& spec) override;
  // Finds or makes it; pending where it is new.
  PackageId AddPackage(std::string_view name) {
    const PackageId found = universe_.FindPackage(name);
    return found.valid() ? found : universe_.AddPackage(name);
  }

  // Goes on with other facts. False, and nothing happens: what was read is not so there.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const PlainFacts> facts);

 private:
  std::string TextOf(const RequirementSpec& spec) const override { return PositionText(spec); }
  std::string TextOf(const ConstraintSpec& spec) const override { return PositionText(spec); }

  // What is said of the package; null: nobody spoke of it.
  [[nodiscard]] const PlainPackage* Said(PackageId package) const {
    return facts_->Find(universe_.name(package));
  }
  [[nodiscard]] bool IsSaid(PackageId package) const;
  [[nodiscard]] bool IsSaid(SolvableId candidate) const;
  [[nodiscard]] bool IsAsRead(PackageId package, const PlainPackage* now) const;
  // The best candidate that was not read yet; none: all were, or what it needs is said.
  [[nodiscard]] std::optional<Position> NextUnsaid(PackageId package) const;
  void ReadPackage(PackageId package);
  void ReadNeeds(SolvableId candidate);
  void SetMembersOf(VersionSetId set, const std::vector<PositionRange>& allowed);
  GroupId GroupOf(const std::string& name);

  std::shared_ptr<const PlainFacts> facts_;
  const bool closed_;
  std::vector<Wanted> wanted_;
  size_t packages_read_ = 0;
  IdVector<PackageId, std::shared_ptr<const PlainPackage>> read_;  // null: not read, or unspoken of
  // Sets of packages that are pending, with what they allow.
  struct Awaiting {
    VersionSetId set;
    std::vector<PositionRange> allowed;
  };
  absl::flat_hash_map<PackageId, std::vector<Awaiting>> awaiting_;
  TextMap<GroupId> groups_;
};

}  // namespace accord::engine
