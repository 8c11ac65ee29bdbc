#include "tests/oracle/generator.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace accord {
namespace {

// Neither the order of these bytes nor their lengths follow the order of creation.
constexpr std::array<std::string_view, 8> kNames{"m", "B", "a-b", "a", "z", "\xC3\xA9", "aa", "M0"};
constexpr std::array<std::string_view, 5> kVersions{"0.9", "0.10", "1.0", "2", "10"};

class Generator {
 public:
  Generator(const Knobs& knobs, Rng& rng) : knobs_(knobs), rng_(rng) {}

  WorldSpec Generate() {
    AddPackages();
    AddFeatures();
    for (PackageSpec& package : spec_.packages) AddDependencies(package);
    AddGroups();
    AddRequest();
    return std::move(spec_);
  }

 private:
  static std::string VersionName(uint32_t v) {
    return v < kVersions.size() ? std::string(kVersions[v]) : Cat(v + 6);
  }

  void AddPackages() {
    std::vector<std::string> names(kNames.begin(), kNames.end());
    while (names.size() < knobs_.packages_max) names.push_back(Cat("p", names.size()));
    rng_.Shuffle(names);
    uint32_t left = knobs_.candidates_max;
    const uint32_t packages = rng_.In(2, knobs_.packages_max);
    for (uint32_t i = 0; i < packages; ++i) {
      PackageSpec package{.name = std::string(names[i])};
      names_.push_back(package.name);
      if (rng_.Percent(knobs_.coexist)) package.coexistence = Coexistence::kAny;
      if (rng_.Percent(knobs_.unknown_packages)) {
        package.unknown = "the index did not answer";
      } else {
        const uint32_t versions = std::min(left, rng_.In(1, knobs_.versions_max));
        left -= versions;
        for (uint32_t v = 0; v < versions; ++v) {
          package.candidates.push_back({.version = VersionName(v)});
        }
        AddPreference(package);
      }
      spec_.packages.push_back(std::move(package));
    }
    extras_left_ = left;
  }

  void AddPreference(PackageSpec& package) {
    if (package.candidates.empty() || !rng_.Percent(knobs_.preferences)) return;
    for (Position i = 0; i < package.candidates.size(); ++i) package.preference.push_back(i);
    if (rng_.Percent(60)) rng_.Shuffle(package.preference);
  }

  // `p[x]`: a package with one candidate; p's candidates need more when it is there.
  void AddFeatures() {
    for (size_t i = 0; i < names_.size() && extras_left_ > 0; ++i) {
      if (spec_.packages[i].candidates.empty() || !rng_.Percent(knobs_.features)) continue;
      PackageSpec extra{.name = Cat(names_[i], "[x]")};
      extra.candidates.push_back({.version = ""});
      spec_.packages.push_back(std::move(extra));
      --extras_left_;
    }
    extras_begin_ = names_.size();
    for (size_t i = extras_begin_; i < spec_.packages.size(); ++i) {
      names_.push_back(spec_.packages[i].name);
    }
  }

  const PackageSpec* Find(std::string_view name) const {
    const auto found = std::find_if(spec_.packages.begin(), spec_.packages.end(),
                                    [&](const PackageSpec& p) { return p.name == name; });
    return found == spec_.packages.end() ? nullptr : &*found;
  }

  SetSpec SetOf(std::string_view name) {
    SetSpec set{.package = std::string(name), .allowed = {}};
    const PackageSpec* package = Find(name);
    const size_t count = package ? package->candidates.size() : 0;
    if (rng_.Percent(25)) return set;
    PositionCollector kept;
    if (!rng_.Percent(knobs_.empty_sets)) {
      for (Position i = 0; i < count; ++i) {
        if (!rng_.Percent(knobs_.narrow)) kept.Add(i);
      }
      if (kept.ranges().empty() && count > 0) kept.Add(rng_.Below(count));
    }
    set.allowed = kept.ranges();
    return set;
  }

  SetSpec AnySet() {
    if (rng_.Percent(knobs_.nonexistent)) return SetOf("ghost");
    return SetOf(names_[rng_.Below(names_.size())]);
  }

  std::optional<ConditionSpec> MaybeCondition() {
    if (!rng_.Percent(knobs_.conditions)) return std::nullopt;
    return AnyCondition(2);
  }

  ConditionSpec AnyCondition(uint32_t depth_max) {
    ConditionSpec condition;
    if (depth_max == 0 || rng_.Percent(55)) {
      condition.has = AnySet();
      return condition;
    }
    condition.kind = rng_.Percent(50) ? Condition::Kind::kAnd : Condition::Kind::kOr;
    const uint32_t children = rng_.In(1, 3);
    for (uint32_t i = 0; i < children; ++i) {
      condition.children.push_back(AnyCondition(depth_max - 1));
    }
    return condition;
  }

  // Unlike every other, and in no relation to names or order.
  std::string NewText() { return Cat(rng_.Below(1000), "#", ++texts_); }

  RequirementSpec AnyRequirement() {
    if (!made_.empty() && rng_.Percent(knobs_.shared)) return made_[rng_.Below(made_.size())];
    RequirementSpec requirement;
    const uint32_t more = rng_.Percent(knobs_.alternatives) ? rng_.In(1, 2) : 0;
    for (uint32_t i = 0; i <= more; ++i) requirement.alternatives.push_back(AnySet());
    if (knobs_.empty_sets > 0 && rng_.Percent(2)) requirement.alternatives.clear();
    requirement.when = MaybeCondition();
    requirement.text = NewText();
    made_.push_back(requirement);
    return requirement;
  }

  ConstraintSpec AnyConstraint() {
    SetSpec set = AnySet();
    if (!set.allowed) set = AnySet();  // one that allows everything says nothing: rarely
    std::optional<ConditionSpec> when = MaybeCondition();
    if (!when && knobs_.conditions > 0 && rng_.Percent(40)) when = AnyCondition(1);
    return {.set = std::move(set), .when = std::move(when), .text = NewText()};
  }

  void AddDependencies(PackageSpec& package) {
    const bool has_extra = Find(package.name + "[x]") != nullptr;
    for (CandidateSpec& candidate : package.candidates) {
      if (rng_.Percent(knobs_.unknown_dependencies)) {
        candidate.unknown = "its metadata is damaged";
        continue;
      }
      for (uint32_t i = 0; i < knobs_.needs_max; ++i) {
        if (rng_.Percent(knobs_.density)) candidate.requirements.push_back(AnyRequirement());
      }
      if (has_extra) {
        RequirementSpec requirement = AnyRequirement();
        requirement.when = ConditionSpec{.has = {.package = package.name + "[x]"}};
        requirement.text = NewText();
        candidate.requirements.push_back(std::move(requirement));
      }
      if (rng_.Percent(knobs_.constraints)) candidate.constraints.push_back(AnyConstraint());
    }
  }

  void AddGroups() {
    const uint32_t groups = rng_.In(0, knobs_.groups_max);
    for (uint32_t g = 0; g < groups; ++g) {
      GroupSpec group{.name = Cat("group ", g), .members = {}};
      for (const PackageSpec& package : spec_.packages) {
        for (Position i = 0; i < package.candidates.size(); ++i) {
          if (rng_.Percent(30)) group.members.emplace_back(package.name, i);
        }
      }
      spec_.groups.push_back(std::move(group));
    }
  }

  AskedSpec Asked() {
    AskedSpec asked{.requirement = AnyRequirement()};
    if (knobs_.priorities) asked.priority = static_cast<int32_t>(rng_.Below(5)) - 2;
    return asked;
  }

  // An extra asked for is asked for with its package.
  void AskForExtra() {
    if (names_.size() == extras_begin_ || !rng_.Percent(60)) return;
    const std::string& extra = names_[extras_begin_ + rng_.Below(names_.size() - extras_begin_)];
    for (const std::string& name : {extra, extra.substr(0, extra.size() - 3)}) {
      AskedSpec asked = Asked();
      asked.requirement = {.alternatives = {SetOf(name)}, .when = {}, .text = NewText()};
      spec_.requirements.push_back(std::move(asked));
    }
  }

  std::vector<RestrictionSpec> Restrictions(uint32_t count_max, std::string_view reason) {
    std::vector<RestrictionSpec> restrictions;
    const uint32_t count = rng_.In(0, count_max);
    for (uint32_t i = 0; i < count; ++i) {
      restrictions.push_back({.set = AnySet(), .reason = std::string(reason)});
    }
    return restrictions;
  }

  void AddRequest() {
    const uint32_t asked = rng_.In(1, knobs_.asked_max);
    for (uint32_t i = 0; i < asked; ++i) spec_.requirements.push_back(Asked());
    AskForExtra();
    const uint32_t soft = rng_.In(0, knobs_.soft_max);
    for (uint32_t i = 0; i < soft; ++i) spec_.soft.push_back(Asked());
    const uint32_t constraints = rng_.In(0, knobs_.asked_constraints_max);
    for (uint32_t i = 0; i < constraints; ++i) spec_.constraints.push_back(AnyConstraint());
    spec_.locked = Restrictions(knobs_.locked_max, "as installed");
    spec_.favored = Restrictions(knobs_.favored_max, "installed");
    spec_.excluded = Restrictions(knobs_.excluded_max, "withdrawn");
    if (!knobs_.empty_sets) return;
    // An empty exclusion says nothing, and an empty lock forbids a package: both are allowed.
    for (RestrictionSpec& excluded : spec_.excluded) {
      if (rng_.Percent(20)) excluded.set.allowed = std::vector<PositionRange>();
    }
  }

  const Knobs& knobs_;
  Rng& rng_;
  WorldSpec spec_;
  std::vector<std::string> names_;  // packages, then extras
  size_t extras_begin_ = 0;
  uint32_t extras_left_ = 0;
  uint32_t texts_ = 0;
  std::vector<RequirementSpec> made_;
};

// Many candidates with many narrow needs, every other one of them a choice: the walk has to refute
// options by several conflicts, and learnt clauses grow.
Knobs HardKnobs(Rng& rng) {
  Knobs knobs;
  knobs.packages_max = 8;
  knobs.versions_max = rng.In(2, 4);
  knobs.candidates_max = 18;
  knobs.needs_max = rng.In(2, 4);
  knobs.asked_max = rng.In(2, 5);
  knobs.density = rng.In(50, 90);
  knobs.narrow = rng.In(40, 65);
  knobs.alternatives = rng.In(20, 70);
  knobs.conditions = rng.Percent(50) ? rng.In(5, 30) : 0;
  knobs.constraints = rng.Percent(40) ? rng.In(10, 50) : 0;
  knobs.groups_max = rng.Percent(40) ? rng.In(1, 4) : 0;
  knobs.coexist = rng.Percent(30) ? rng.In(10, 40) : 0;
  knobs.preferences = rng.Percent(50) ? 60 : 0;
  knobs.soft_max = rng.Percent(30) ? rng.In(1, 3) : 0;
  knobs.favored_max = rng.Percent(30) ? rng.In(1, 2) : 0;
  knobs.priorities = rng.Percent(50);
  return knobs;
}

}  // namespace

Knobs RandomKnobs(Rng& rng) {
  if (rng.Percent(20)) return HardKnobs(rng);
  Knobs knobs;
  const auto sometimes = [&](uint32_t low, uint32_t high) {
    return rng.Percent(45) ? rng.In(low, high) : 0;
  };
  knobs.packages_max = rng.In(2, 7);
  knobs.versions_max = rng.In(1, 4);
  knobs.needs_max = rng.In(1, 3);
  knobs.asked_max = rng.In(1, 4);
  knobs.density = rng.In(20, 80);
  knobs.narrow = rng.In(20, 75);
  knobs.alternatives = sometimes(10, 60);
  knobs.conditions = sometimes(10, 60);
  knobs.constraints = sometimes(10, 70);
  knobs.shared = sometimes(10, 50);
  knobs.features = sometimes(20, 60);
  knobs.groups_max = sometimes(1, 3);
  knobs.coexist = sometimes(20, 80);
  knobs.preferences = sometimes(30, 100);
  knobs.unknown_packages = sometimes(5, 25) / 2;
  knobs.unknown_dependencies = sometimes(5, 25);
  knobs.nonexistent = sometimes(3, 12);
  knobs.empty_sets = sometimes(2, 10);
  knobs.soft_max = sometimes(1, 3);
  knobs.favored_max = sometimes(1, 3);
  knobs.locked_max = sometimes(1, 2);
  knobs.excluded_max = sometimes(1, 2);
  knobs.asked_constraints_max = sometimes(1, 2);
  knobs.priorities = rng.Percent(50);
  return knobs;
}

WorldSpec GenerateWorld(const Knobs& knobs, Rng& rng) { return Generator(knobs, rng).Generate(); }

WorldSpec GenerateWorld(uint64_t seed) {
  Rng rng(seed);
  const Knobs knobs = RandomKnobs(rng);
  return GenerateWorld(knobs, rng);
}

}  // namespace accord
