#include "tests/oracle/features.h"

#include <algorithm>

#include "tests/oracle/world_edits.h"

namespace accord {
namespace {

template <class Predicate>
bool AnyRequirement(const WorldSpec& spec, const Predicate& predicate) {
  WorldSpec copy = spec;
  bool any = false;
  ForEachRequirement(copy, [&](RequirementSpec& r) { any = any || predicate(r); });
  return any;
}

template <class Predicate>
bool AnyPackage(const WorldSpec& spec, const Predicate& predicate) {
  return std::any_of(spec.packages.begin(), spec.packages.end(), predicate);
}

template <class Predicate>
bool AnyCandidate(const WorldSpec& spec, const Predicate& predicate) {
  return AnyPackage(spec, [&](const PackageSpec& package) {
    return std::any_of(package.candidates.begin(), package.candidates.end(), predicate);
  });
}

bool IsExtra(const PackageSpec& package) { return package.name.ends_with("[x]"); }

bool Overlap(const WorldSpec& spec) {
  for (const GroupSpec& a : spec.groups) {
    for (const GroupSpec& b : spec.groups) {
      if (&a == &b) continue;
      for (const auto& member : a.members) {
        if (std::count(b.members.begin(), b.members.end(), member) > 0) return true;
      }
    }
  }
  return false;
}

bool HasKind(const std::optional<ConditionSpec>& when, Condition::Kind kind) {
  return when && when->kind == kind && when->children.size() != 1;
}

template <Condition::Kind kKind>
bool HasFormula(const WorldSpec& spec) {
  return AnyRequirement(spec, [](const RequirementSpec& r) { return HasKind(r.when, kKind); });
}

// and <-> or
template <Condition::Kind kKind>
void TurnFormula(WorldSpec& spec) {
  ForEachRequirement(spec, [](RequirementSpec& r) {
    if (!HasKind(r.when, kKind)) return;
    r.when->kind = kKind == Condition::Kind::kAnd ? Condition::Kind::kOr : Condition::Kind::kAnd;
  });
}

bool IsEmpty(const RequirementSpec& requirement) {
  return requirement.alternatives.empty() ||
         std::any_of(requirement.alternatives.begin(), requirement.alternatives.end(),
                     [](const SetSpec& set) { return set.allowed && set.allowed->empty(); });
}

bool NeedsItself(const PackageSpec& package) {
  const auto of_package = [&](const SetSpec& set) { return set.package == package.name; };
  return std::any_of(
      package.candidates.begin(), package.candidates.end(), [&](const CandidateSpec& candidate) {
        return std::any_of(candidate.requirements.begin(), candidate.requirements.end(),
                           [&](const RequirementSpec& r) {
                             return std::any_of(r.alternatives.begin(), r.alternatives.end(),
                                                of_package);
                           });
      });
}

void DropSelfNeeds(WorldSpec& spec) {
  for (PackageSpec& package : spec.packages) {
    for (CandidateSpec& candidate : package.candidates) {
      std::erase_if(candidate.requirements, [&](const RequirementSpec& r) {
        return std::any_of(r.alternatives.begin(), r.alternatives.end(),
                           [&](const SetSpec& set) { return set.package == package.name; });
      });
    }
  }
}

bool NamesGhost(const RequirementSpec& requirement) {
  return std::any_of(requirement.alternatives.begin(), requirement.alternatives.end(),
                     [](const SetSpec& set) { return set.package == "ghost"; });
}

bool IsNegative(const AskedSpec& asked) { return asked.priority < 0; }

const Feature kFeatures[] = {
    {"alternatives",
     [](const WorldSpec& s) {
       return AnyRequirement(s, [](const RequirementSpec& r) { return r.alternatives.size() > 1; });
     },
     [](WorldSpec& s) {
       ForEachRequirement(s, [](RequirementSpec& r) {
         if (r.alternatives.size() > 1) r.alternatives.resize(1);
       });
     }},
    {"conditions",
     [](const WorldSpec& s) {
       return AnyRequirement(s, [](const RequirementSpec& r) { return r.when.has_value(); });
     },
     [](WorldSpec& s) { ForEachRequirement(s, [](RequirementSpec& r) { r.when.reset(); }); }},
    {"and", HasFormula<Condition::Kind::kAnd>, TurnFormula<Condition::Kind::kAnd>},
    {"or", HasFormula<Condition::Kind::kOr>, TurnFormula<Condition::Kind::kOr>},
    {"constraints",
     [](const WorldSpec& s) {
       return AnyCandidate(s, [](const CandidateSpec& c) { return !c.constraints.empty(); });
     },
     [](WorldSpec& s) {
       for (PackageSpec& p : s.packages) {
         for (CandidateSpec& c : p.candidates) c.constraints.clear();
       }
     }},
    {"conditions of constraints",
     [](const WorldSpec& s) {
       WorldSpec copy = s;
       bool any = false;
       ForEachConstraint(copy, [&](ConstraintSpec& c) { any = any || c.when.has_value(); });
       return any;
     },
     [](WorldSpec& s) { ForEachConstraint(s, [](ConstraintSpec& c) { c.when.reset(); }); }},
    {"constraints of the request", [](const WorldSpec& s) { return !s.constraints.empty(); },
     [](WorldSpec& s) { s.constraints.clear(); }},
    {"extras", [](const WorldSpec& s) { return AnyPackage(s, IsExtra); },
     [](WorldSpec& s) {
       std::erase_if(s.requirements, [](const AskedSpec& a) {
         return !a.requirement.alternatives.empty() &&
                a.requirement.alternatives[0].package.ends_with("[x]");
       });
     }},
    {"groups", [](const WorldSpec& s) { return !s.groups.empty(); },
     [](WorldSpec& s) { s.groups.clear(); }},
    {"overlapping groups", Overlap, [](WorldSpec& s) { s.groups.resize(1); }},
    {"coexistence",
     [](const WorldSpec& s) {
       return AnyPackage(s,
                         [](const PackageSpec& p) { return p.coexistence == Coexistence::kAny; });
     },
     [](WorldSpec& s) {
       for (PackageSpec& p : s.packages) p.coexistence = Coexistence::kOne;
     }},
    {"preferences",
     [](const WorldSpec& s) {
       return AnyPackage(s, [](const PackageSpec& p) { return !p.preference.empty(); });
     },
     [](WorldSpec& s) {
       for (PackageSpec& p : s.packages) p.preference.clear();
     }},
    {"unknown packages",
     [](const WorldSpec& s) {
       return AnyPackage(s, [](const PackageSpec& p) { return p.unknown.has_value(); });
     },
     [](WorldSpec& s) {
       for (PackageSpec& p : s.packages) {
         if (!p.unknown) continue;
         p.unknown.reset();
         p.candidates.push_back({.version = "1"});
       }
     }},
    {"unknown dependencies",
     [](const WorldSpec& s) {
       return AnyCandidate(s, [](const CandidateSpec& c) { return c.unknown.has_value(); });
     },
     [](WorldSpec& s) {
       for (PackageSpec& p : s.packages) {
         for (CandidateSpec& c : p.candidates) c.unknown.reset();
       }
     }},
    {"names that do not exist", [](const WorldSpec& s) { return AnyRequirement(s, NamesGhost); },
     [](WorldSpec& s) {
       s.packages.push_back({.name = "ghost", .candidates = {{.version = "1"}}});
     }},
    {"empty sets", [](const WorldSpec& s) { return AnyRequirement(s, IsEmpty); },
     [](WorldSpec& s) {
       ForEachRequirement(s, [](RequirementSpec& r) {
         for (SetSpec& set : r.alternatives) {
           if (set.allowed && set.allowed->empty()) set.allowed.reset();
         }
       });
     }},
    {"needs of itself", [](const WorldSpec& s) { return AnyPackage(s, NeedsItself); },
     DropSelfNeeds},
    {"soft requirements", [](const WorldSpec& s) { return !s.soft.empty(); },
     [](WorldSpec& s) { s.soft.clear(); }},
    {"favoured", [](const WorldSpec& s) { return !s.favored.empty(); },
     [](WorldSpec& s) { s.favored.clear(); }},
    {"locked", [](const WorldSpec& s) { return !s.locked.empty(); },
     [](WorldSpec& s) { s.locked.clear(); }},
    {"excluded", [](const WorldSpec& s) { return !s.excluded.empty(); },
     [](WorldSpec& s) { s.excluded.clear(); }},
    {"priorities",
     [](const WorldSpec& s) {
       return std::any_of(s.requirements.begin(), s.requirements.end(),
                          [](const AskedSpec& a) { return a.priority != 0; });
     },
     [](WorldSpec& s) {
       for (AskedSpec& a : s.requirements) a.priority = 0;
     }},
    {"negative priorities",
     [](const WorldSpec& s) {
       return std::any_of(s.requirements.begin(), s.requirements.end(), IsNegative);
     },
     [](WorldSpec& s) {
       for (AskedSpec& a : s.requirements) a.priority = std::max(a.priority, 0);
     }},
};

}  // namespace

std::span<const Feature> Features() { return kFeatures; }

}  // namespace accord
