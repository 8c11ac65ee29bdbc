// What a frontend with rules of its own has said of its packages, in the world file's words
// (docs/world-file.md): an immutable snapshot, which shares with newer ones what did not change.
// Thread-safe, as constants are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "base/interner.h"
#include "engine/shared_names.h"
#include "model/world_spec.h"

namespace accord::engine {

// All that was said of one name.
struct PlainPackage {
  std::string name;
  // Of the list of candidates: not said (kPending), here, absent, or why it cannot be known.
  Knowledge knowledge = Knowledge::kPending;
  std::string reason;  // kUnavailable
  Coexistence coexistence = Coexistence::kOne;
  std::vector<std::shared_ptr<const CandidateSpec>> candidates;  // by position
  std::vector<Position> preference;                              // as in PackageSpec
  std::vector<std::pair<std::string, Position>> groups;          // group and member; sorted
};

// What a candidate needs, said after its package was put.
struct PlainNeeds {
  std::string package;
  Position candidate = 0;
  std::vector<RequirementSpec> requirements;
  std::vector<ConstraintSpec> constraints;
  std::optional<std::string> unknown;  // why that cannot be known; then it lists none
};

struct PlainError {
  std::string package;
  std::string reason;
};

// A package has one entry at most among put, drop, absent and errors, and each replaces what was
// said of it before, needs of candidates included. Groups outlive that: one of the same name is
// replaced, and one without members is gone.
struct PlainUpdate {
  std::vector<PackageSpec> put;  // candidates may be pending
  std::vector<PlainNeeds> needs;
  std::vector<std::string> drop;  // as if nobody had spoken of it
  std::vector<std::string> absent;
  std::vector<PlainError> errors;
  std::vector<GroupSpec> groups;
};

struct PlainLimits {
  size_t packages_max = 1'000'000;
  size_t candidates_max = 4'000'000;
};

class PlainFacts {
 public:
  // Nobody has spoken yet.
  [[nodiscard]] static std::shared_ptr<const PlainFacts> None();

  // Null: nobody spoke of it.
  [[nodiscard]] const PlainPackage* Find(std::string_view name) const {
    return packages_.Find(name);
  }
  [[nodiscard]] std::shared_ptr<const PlainPackage> Share(std::string_view name) const {
    return packages_.Share(name);
  }
  [[nodiscard]] size_t package_count() const { return packages_.size(); }
  [[nodiscard]] size_t candidate_count() const { return candidate_count_; }

 private:
  friend class PlainChange;
  SharedNames<PlainPackage> packages_;
  // The members of each group: few, and changed rarely.
  std::shared_ptr<const TextMap<GroupSpec>> groups_;
  size_t candidate_count_ = 0;
};

// All of the update or nothing. What is said again as it was stays the same object. A position that
// a package has not is refused where its candidates are known afterwards; where they come later
// than who speaks of them, such positions are nobody's.
//
// Errors: InvalidInput or LimitReached at a JSON Pointer into the update, with this struct's and
// the world file's names: "/put/0/candidates/1/requires/0/allowed/0: ...", where "any" and "when"
// stand as in the file and ranges are counted after they were normalized.
[[nodiscard]] absl::StatusOr<std::shared_ptr<const PlainFacts>> Apply(
    const PlainFacts& facts, PlainUpdate update, const PlainLimits& limits = {});

}  // namespace accord::engine
