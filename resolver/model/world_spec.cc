#include "model/world_spec.h"

#include <functional>

#include "base/error.h"
#include "model/set_text.h"

namespace accord {
namespace {

// How a set is written.
using SetWriter = std::function<std::string(const SetSpec&)>;

SetWriter ByVersions(const SpecIndex& index) {
  return [&index](const SetSpec& set) {
    const PackageSpec* package = index.Find(set.package);
    if (!set.allowed) return set.package;
    return SetText(set.package, package ? package->candidates.size() : 0, *set.allowed,
                   [&](Position position) -> const std::string& {
                     return package->candidates[position].version;
                   });
  };
}

std::string ByPositions(const SetSpec& set) {
  if (!set.allowed) return set.package;
  std::string out = Cat(set.package, " [");
  for (const PositionRange& range : *set.allowed) {
    if (out.back() != '[') out += ", ";
    out += Cat(range.first);
    if (range.first != range.last) out += Cat("..", range.last);
  }
  return out + "]";
}

std::string Text(const ConditionSpec& condition, const SetWriter& write) {
  if (condition.kind == Condition::Kind::kHas) return write(condition.has);
  const std::string_view word = condition.kind == Condition::Kind::kAnd ? " and " : " or ";
  std::string out;
  for (const ConditionSpec& child : condition.children) {
    if (!out.empty()) out += word;
    const std::string inner = Text(child, write);
    out += child.children.size() > 1 ? Cat("(", inner, ")") : inner;
  }
  return out;
}

std::string WhenText(const std::optional<ConditionSpec>& when, const SetWriter& write) {
  return when ? " if " + Text(*when, write) : "";
}

std::string Text(const RequirementSpec& requirement, const SetWriter& write) {
  std::string out;
  for (const SetSpec& alternative : requirement.alternatives) {
    if (!out.empty()) out += " | ";
    out += write(alternative);
  }
  if (out.empty()) out = "nothing";
  return out + WhenText(requirement.when, write);
}

std::string Text(const ConstraintSpec& constraint, const SetWriter& write) {
  return write(constraint.set) + WhenText(constraint.when, write);
}

}  // namespace

SpecIndex::SpecIndex(const WorldSpec& spec) {
  for (const PackageSpec& package : spec.packages) {
    ACCORD_CHECK(packages_.emplace(package.name, &package).second);
  }
}

const PackageSpec* SpecIndex::Find(std::string_view package) const {
  const auto found = packages_.find(package);
  return found == packages_.end() ? nullptr : found->second;
}

std::string DerivedText(const RequirementSpec& requirement, const SpecIndex& index) {
  return Text(requirement, ByVersions(index));
}
std::string DerivedText(const ConstraintSpec& constraint, const SpecIndex& index) {
  return Text(constraint, ByVersions(index));
}

std::string PositionText(const SetSpec& set) { return ByPositions(set); }
std::string PositionText(const RequirementSpec& requirement) {
  return Text(requirement, ByPositions);
}
std::string PositionText(const ConstraintSpec& constraint) { return Text(constraint, ByPositions); }

}  // namespace accord
