#include "engine/core_lines.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace accord::engine {
namespace {

// From so many lines on, one package's needs of another become one line: 1,400 versions of boto3
// each need their own range of botocore.
constexpr size_t kLinesOfOnePairMax = 3;

class Lines {
 public:
  Lines(const Ecosystem& ecosystem, const Problem& problem)
      : ecosystem_(ecosystem),
        universe_(ecosystem.universe()),
        notation_(ecosystem.notation()),
        problem_(problem) {}

  void Read(const Conflict& conflict);
  void AddNeeds();
  void AddLimits();
  void AddNotAdmitted();
  [[nodiscard]] std::vector<CoreLine> Finish();

 private:
  void Add(CoreLineKind kind, std::string text, std::string place = "") {
    lines_.push_back({.kind = kind, .text = std::move(text), .place = std::move(place)});
  }
  void ReadReason(const Reason& reason);
  void ReadOptions(RequirementId requirement);
  [[nodiscard]] std::string VersionsOf(PackageId package, const std::set<SolvableId>& some) const;

  const Ecosystem& ecosystem_;
  const Universe& universe_;
  const Notation& notation_;
  const Problem& problem_;
  std::vector<CoreLine> lines_;
  std::map<DependencySetId, std::vector<SolvableId>> bringers_;
  std::vector<std::pair<DependencySetId, RequirementId>> needs_;
  std::vector<std::pair<DependencySetId, ConstraintId>> limits_;
  std::set<PackageId> without_option_;  // a requirement of the core has no candidate there
};

void Lines::ReadReason(const Reason& reason) {
  switch (reason.kind) {
    case Reason::Kind::kRequirement:
      Add(CoreLineKind::kRequest,
          Cat("request: ", universe_.Text(universe_.requirement(reason.requirement).text)),
          notation_.PlaceOf(reason.requirement));
      ReadOptions(reason.requirement);
      break;
    case Reason::Kind::kRequestConstraint:
      Add(CoreLineKind::kConstraint,
          Cat("constraint: ", universe_.Text(universe_.constraint(reason.constraint).text)));
      break;
    case Reason::Kind::kConstraint:
      limits_.emplace_back(reason.dependencies, reason.constraint);
      break;
    case Reason::Kind::kLock: {
      const Restriction& lock = problem_.locked[reason.restriction];
      Add(CoreLineKind::kLock, Cat("locked: ", notation_.OfSet(lock.set)),
          std::string(universe_.Text(lock.reason)));
      break;
    }
    case Reason::Kind::kExclusion: {
      const Restriction& exclusion = problem_.excluded[reason.restriction];
      Add(CoreLineKind::kExclusion, Cat("excluded: ", notation_.OfSet(exclusion.set)),
          std::string(universe_.Text(exclusion.reason)));
      break;
    }
    case Reason::Kind::kDependency:
      needs_.emplace_back(reason.dependencies, reason.requirement);
      ReadOptions(reason.requirement);
      break;
    case Reason::Kind::kBrings:
      bringers_[reason.dependencies].push_back(reason.solvable);
      break;
    case Reason::Kind::kOnePerPackage:
      Add(CoreLineKind::kOneVersion,
          Cat("one version of ", universe_.name(reason.package), " at most"));
      break;
    case Reason::Kind::kNonexistent:
      Add(CoreLineKind::kNonexistent, Cat(universe_.name(reason.package), " does not exist"));
      break;
    case Reason::Kind::kPackageUnavailable:
      Add(CoreLineKind::kUnavailable,
          Cat(universe_.name(reason.package), " is unknown: ",
              universe_.Text(universe_.package(reason.package).unavailable_reason)));
      break;
    case Reason::Kind::kDependenciesUnavailable:
      Add(CoreLineKind::kUnavailable,
          Cat("what ", universe_.Label(reason.solvable), " needs is unknown: ",
              universe_.Text(universe_.solvable(reason.solvable).unavailable_reason)));
      break;
    case Reason::Kind::kGroup:
      Add(CoreLineKind::kOneVersion,
          Cat("one member of the group '", universe_.Text(universe_.group(reason.group).name),
              "' at most"));
      break;
    case Reason::Kind::kNoCandidate:  // said by ReadOptions, in the words of the requirement
      break;
  }
}

void Lines::ReadOptions(RequirementId requirement) {
  for (const VersionSetId set : universe_.requirement(requirement).alternatives) {
    const PackageId package = universe_.set(set).package;
    if (!universe_.set(set).known || universe_.set(set).count > 0) continue;
    if (universe_.package(package).knowledge != Knowledge::kKnown) continue;
    Add(CoreLineKind::kNoCandidate, Cat("no admitted version is ", notation_.OfSet(set)));
    without_option_.insert(package);
  }
}

void Lines::Read(const Conflict& conflict) {
  for (const Reason& reason : conflict.core) ReadReason(reason);
}

// "2.2.0 .. 2.3.3 (9 versions)" or "2.2.0"
std::string Lines::VersionsOf(PackageId package, const std::set<SolvableId>& some) const {
  const auto version = [&](SolvableId id) {
    return universe_.Text(universe_.solvable(id).version);
  };
  std::string text(universe_.name(package));
  text += Cat(" ", version(*some.begin()));
  if (some.size() == 1) return text;
  const size_t span = some.rbegin()->value() - some.begin()->value() + 1;
  return text + Cat(span == some.size() ? " .. " : " ... ", version(*some.rbegin()), " (",
                    some.size(), " versions)");
}

void Lines::AddNeeds() {
  // By bringer and needed package, then by text: who needs it.
  using Pair = std::pair<PackageId, PackageId>;
  std::map<Pair, std::map<std::string_view, std::set<SolvableId>>> by_pair;
  for (const auto& [dependencies, requirement] : needs_) {
    const std::vector<VersionSetId>& sets = universe_.requirement(requirement).alternatives;
    const PackageId needed = sets.empty() ? PackageId() : universe_.set(sets.front()).package;
    const std::string_view text = universe_.Text(universe_.requirement(requirement).text);
    for (const SolvableId bringer : bringers_[dependencies]) {
      by_pair[{universe_.solvable(bringer).package, needed}][text].insert(bringer);
    }
  }
  for (const auto& [pair, texts] : by_pair) {
    if (texts.size() <= kLinesOfOnePairMax) {
      for (const auto& [text, who] : texts) {
        Add(CoreLineKind::kDependency,
            Cat(VersionsOf(pair.first, who), who.size() == 1 ? " needs " : " need ", text));
      }
      continue;
    }
    std::set<SolvableId> all;
    for (const auto& [text, who] : texts) all.insert(who.begin(), who.end());
    const SolvableId newest = *all.rbegin();
    std::string_view needs_newest;
    for (const auto& [text, who] : texts) {
      if (who.contains(newest)) needs_newest = text;
    }
    Add(CoreLineKind::kDependency,
        Cat(VersionsOf(pair.first, all), " need ", universe_.name(pair.second), " in ",
            texts.size(), " ways, e.g. ", universe_.Label(newest), " needs ", needs_newest));
  }
}

// "framekit 2.2 allows only parqkit <9": conda's `constrains`.
void Lines::AddLimits() {
  std::map<std::pair<PackageId, std::string_view>, std::set<SolvableId>> by_text;
  for (const auto& [dependencies, constraint] : limits_) {
    const std::string_view text = universe_.Text(universe_.constraint(constraint).text);
    for (const SolvableId bringer : bringers_[dependencies]) {
      by_text[{universe_.solvable(bringer).package, text}].insert(bringer);
    }
  }
  for (const auto& [limit, who] : by_text) {
    Add(CoreLineKind::kDependency,
        Cat(VersionsOf(limit.first, who), who.size() == 1 ? " allows" : " allow", " only ",
            limit.second));
  }
}

void Lines::AddNotAdmitted() {
  for (const PackageId package : without_option_) {
    for (std::string& text : ecosystem_.LeftOutLines(package)) {
      Add(CoreLineKind::kNotAdmitted, std::move(text));
    }
  }
}

std::vector<CoreLine> Lines::Finish() {
  const auto key = [](const CoreLine& line) { return std::tie(line.kind, line.text); };
  std::sort(lines_.begin(), lines_.end(),
            [&](const CoreLine& a, const CoreLine& b) { return key(a) < key(b); });
  lines_.erase(std::unique(lines_.begin(), lines_.end(),
                           [&](const CoreLine& a, const CoreLine& b) { return key(a) == key(b); }),
               lines_.end());
  return std::move(lines_);
}

}  // namespace

std::vector<CoreLine> CoreLines(const Ecosystem& ecosystem, const Problem& problem,
                                const Conflict& conflict) {
  Lines lines(ecosystem, problem);
  lines.Read(conflict);
  lines.AddNeeds();
  lines.AddLimits();
  lines.AddNotAdmitted();
  return lines.Finish();
}

}  // namespace accord::engine
