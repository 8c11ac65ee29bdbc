#include "model/world_spec.h"

#include "base/error.h"
#include "model/set_text.h"

namespace accord {
namespace {

std::string Text(const SetSpec& set, const SpecIndex& index) {
  const PackageSpec* package = index.Find(set.package);
  if (!set.allowed) return set.package;
  return SetText(set.package, package ? package->candidates.size() : 0, *set.allowed,
                 [&](Position position) -> const std::string& {
                   return package->candidates[position].version;
                 });
}

std::string Text(const ConditionSpec& condition, const SpecIndex& index) {
  if (condition.kind == Condition::Kind::kHas) return Text(condition.has, index);
  const std::string_view word = condition.kind == Condition::Kind::kAnd ? " and " : " or ";
  std::string out;
  for (const ConditionSpec& child : condition.children) {
    if (!out.empty()) out += word;
    const std::string inner = Text(child, index);
    out += child.children.size() > 1 ? Cat("(", inner, ")") : inner;
  }
  return out;
}

std::string WhenText(const std::optional<ConditionSpec>& when, const SpecIndex& index) {
  return when ? " if " + Text(*when, index) : "";
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
  std::string out;
  for (const SetSpec& alternative : requirement.alternatives) {
    if (!out.empty()) out += " | ";
    out += Text(alternative, index);
  }
  if (out.empty()) out = "nothing";
  return out + WhenText(requirement.when, index);
}

std::string DerivedText(const ConstraintSpec& constraint, const SpecIndex& index) {
  return Text(constraint.set, index) + WhenText(constraint.when, index);
}

}  // namespace accord
