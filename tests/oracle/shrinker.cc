#include "tests/oracle/shrinker.h"

#include "base/check.h"
#include "tests/oracle/world_edits.h"

namespace accord {
namespace {

using Edit = std::function<void(WorldSpec&)>;

// Every step that can be tried on this world, the big ones first. A step names its place by
// indices, so it applies to an equal copy of the world.
class Steps {
 public:
  explicit Steps(WorldSpec& spec) {
    AddPackages(spec);
    AddLists(spec);
    AddCandidates(spec);
    AddParts(spec);
  }
  [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }

 private:
  void Add(Edit edit) { edits_.push_back(std::move(edit)); }

  // list(spec) is a vector of the spec; one step takes away each of its items.
  template <class List>
  void AddErasures(WorldSpec& spec, const List& list) {
    for (size_t i = list(spec).size(); i-- > 0;) {
      Add([list, i](WorldSpec& changed) {
        auto& items = list(changed);
        items.erase(items.begin() + static_cast<ptrdiff_t>(i));
      });
    }
  }

  void AddPackages(const WorldSpec& spec) {
    for (size_t p = spec.packages.size(); p-- > 0;) {
      Add([p](WorldSpec& changed) { RemovePackage(changed, p); });
    }
  }

  void AddLists(WorldSpec& spec) {
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.groups; });
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.soft; });
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.requirements; });
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.constraints; });
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.locked; });
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.favored; });
    AddErasures(spec, [](WorldSpec& s) -> auto& { return s.excluded; });
  }

  void AddCandidates(WorldSpec& spec) {
    for (size_t p = 0; p < spec.packages.size(); ++p) {
      for (Position c = static_cast<Position>(spec.packages[p].candidates.size()); c-- > 0;) {
        Add([p, c](WorldSpec& changed) { RemoveCandidate(changed, p, c); });
        AddErasures(spec, [p, c](WorldSpec& s) -> auto& {
          return s.packages[p].candidates[c].requirements;
        });
        AddErasures(spec, [p, c](WorldSpec& s) -> auto& {
          return s.packages[p].candidates[c].constraints;
        });
        if (spec.packages[p].candidates[c].unknown) {
          Add([p, c](WorldSpec& s) { s.packages[p].candidates[c].unknown.reset(); });
        }
      }
      AddPackageParts(spec.packages[p], p);
    }
  }

  void AddPackageParts(const PackageSpec& package, size_t p) {
    if (!package.preference.empty()) {
      Add([p](WorldSpec& s) { s.packages[p].preference.clear(); });
    }
    if (package.coexistence == Coexistence::kAny) {
      Add([p](WorldSpec& s) { s.packages[p].coexistence = Coexistence::kOne; });
    }
    if (package.unknown) {
      Add([p](WorldSpec& s) { s.packages[p].unknown.reset(); });
    }
  }

  void AddParts(WorldSpec& spec) {
    for (size_t g = 0; g < spec.groups.size(); ++g) {
      AddErasures(spec, [g](WorldSpec& s) -> auto& { return s.groups[g].members; });
    }
    size_t requirements = 0;
    ForEachRequirement(spec, [&](RequirementSpec& requirement) {
      AddRequirementParts(requirement, requirements++);
    });
    size_t constraints = 0;
    ForEachConstraint(spec, [&](ConstraintSpec& constraint) {
      const size_t at = constraints++;
      if (!constraint.when) return;
      Add([at](WorldSpec& s) {
        size_t i = 0;
        ForEachConstraint(s, [&](ConstraintSpec& c) {
          if (i++ == at) c.when.reset();
        });
      });
    });
    for (size_t i = 0; i < spec.requirements.size(); ++i) {
      if (spec.requirements[i].priority == 0) continue;
      Add([i](WorldSpec& s) { s.requirements[i].priority = 0; });
    }
    size_t sets = 0;
    ForEachSet(spec, [&](SetSpec& set) {
      const size_t at = sets++;
      if (!set.allowed) return;
      Add([at](WorldSpec& s) {
        size_t i = 0;
        ForEachSet(s, [&](SetSpec& other) {
          if (i++ == at) other.allowed.reset();
        });
      });
    });
  }

  static Edit OnRequirement(size_t at, std::function<void(RequirementSpec&)> change) {
    return [at, change = std::move(change)](WorldSpec& spec) {
      size_t i = 0;
      ForEachRequirement(spec, [&](RequirementSpec& requirement) {
        if (i++ == at) change(requirement);
      });
    };
  }

  void AddRequirementParts(const RequirementSpec& requirement, size_t at) {
    for (size_t a = requirement.alternatives.size(); a-- > 0;) {
      Add(OnRequirement(at, [a](RequirementSpec& r) {
        r.alternatives.erase(r.alternatives.begin() + static_cast<ptrdiff_t>(a));
      }));
    }
    if (!requirement.when) return;
    Add(OnRequirement(at, [](RequirementSpec& r) { r.when.reset(); }));
    for (size_t c = 0; c < requirement.when->children.size(); ++c) {
      Add(OnRequirement(at, [c](RequirementSpec& r) {
        const ConditionSpec child = r.when->children[c];
        r.when = child;
      }));
    }
  }

  std::vector<Edit> edits_;
};

}  // namespace

WorldSpec Shrink(WorldSpec spec, const Fails& fails) {
  ACCORD_CHECK(fails(spec));
  for (bool smaller = true; smaller;) {
    smaller = false;
    const Steps steps(spec);
    for (const Edit& edit : steps.edits()) {
      WorldSpec tried = spec;
      edit(tried);
      if (tried == spec || !fails(tried)) continue;
      spec = std::move(tried);
      smaller = true;
      break;
    }
  }
  return spec;
}

}  // namespace accord
