// What is right, found without cleverness: lists every valid set of a tiny world and walks design
// section 5 word by word over that list. Reads WorldSpec and shares no code with any solver or
// with the Universe.
#pragma once

#include <string>
#include <vector>

#include "model/world_spec.h"

namespace accord {

// Worlds with more candidates are refused (Oracle::Fits).
inline constexpr size_t kOracleCandidatesMax = 24;

struct OracleMember {
  std::string package;
  Position position = 0;
  uint32_t depth = 0;
  std::string text;  // of the requirement that it was added for
  bool operator==(const OracleMember&) const = default;
};

struct OracleAnswer {
  bool satisfiable = false;
  std::vector<OracleMember> members;  // in the order they entered D
  std::vector<uint32_t> unmet_soft;   // ascending
  bool operator==(const OracleAnswer&) const = default;
};

using Chosen = std::vector<std::pair<std::string, Position>>;

class Oracle {
 public:
  [[nodiscard]] static bool Fits(const WorldSpec& spec);

  // Lists the valid sets. The spec must fit and be well-formed.
  explicit Oracle(const WorldSpec& spec);

  [[nodiscard]] bool satisfiable() const { return !valid_.empty(); }
  [[nodiscard]] size_t valid_count() const { return valid_.size(); }
  [[nodiscard]] bool IsValid(const Chosen& chosen) const;
  // Does some valid set hold all of these?
  [[nodiscard]] bool IsInValidSet(const Chosen& chosen) const;
  // At most so many valid sets, spread over all of them.
  [[nodiscard]] std::vector<Chosen> SomeValidSets(size_t count_max) const;
  [[nodiscard]] OracleAnswer Canonical() const;

 private:
  using Mask = uint32_t;  // candidates, in the order of the spec

  struct Formula {
    Condition::Kind kind = Condition::Kind::kHas;
    Mask has = 0;
    std::vector<Formula> children;
  };
  struct Need {
    std::vector<std::vector<Mask>> options;  // of each alternative, best first, one bit each
    Mask any = 0;                            // all of them
    bool definite = false;
    std::string name;  // of the first alternative's package
    std::string text;
    std::vector<Formula> when;  // none or one
  };
  struct Limit {
    Mask outside = 0;  // of the package, what the constraint does not allow
    std::vector<Formula> when;
  };
  struct Candidate {
    size_t package = 0;
    Position position = 0;
    bool barred = false;  // excluded, not the locked one, or its dependencies are not known
    std::vector<Need> needs;
    std::vector<Limit> limits;
  };
  struct Asked {
    Need need;
    int32_t priority = 0;
  };
  struct Open;
  class WalkState;

  [[nodiscard]] static bool Holds(const Formula& formula, Mask set);
  [[nodiscard]] static bool Holds(const std::vector<Formula>& when, Mask set);
  [[nodiscard]] static bool Allows(const std::vector<Limit>& limits, Mask set);
  [[nodiscard]] static bool Meets(const Need& need, Mask set);
  [[nodiscard]] bool IsValidMask(Mask set) const;
  [[nodiscard]] bool MayGrow(Mask set) const;
  void List(Mask chosen, size_t next);

  [[nodiscard]] Mask MaskOf(const SetSpec& set) const;
  [[nodiscard]] Mask MaskOf(const Chosen& chosen) const;
  [[nodiscard]] Mask PackageMask(const std::string& package) const;
  [[nodiscard]] Formula Compile(const ConditionSpec& condition) const;
  [[nodiscard]] Need Compile(const RequirementSpec& requirement, const SpecIndex& index) const;
  [[nodiscard]] Limit Compile(const ConstraintSpec& constraint) const;
  void CompilePackages(const SpecIndex& index);
  void CompileRequest(const SpecIndex& index);

  const WorldSpec& spec_;
  std::vector<Candidate> candidates_;
  std::vector<size_t> first_;    // of each package
  std::vector<Mask> exclusive_;  // at most one of each
  std::vector<Asked> asked_;
  std::vector<Asked> soft_;
  std::vector<Limit> limits_;
  Mask favored_ = 0;
  std::vector<Mask> valid_;
};

}  // namespace accord
