#include "ecosystem/pypi/inputs/dependency_groups.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/inputs/toml_text.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

absl::StatusOr<GroupItem> ReadItem(const toml::node& node, std::string_view place) {
  GroupItem item{.place = PlaceOf(place, node)};
  if (const auto* const text = node.as_string()) {
    const auto requirement = Requirement::Parse(text->get());
    if (!requirement.ok()) return At(item.place, requirement.status());
    item.text = text->get();
    return item;
  }
  const toml::table* const table = node.as_table();
  const toml::node* const include = table == nullptr ? nullptr : table->get("include-group");
  if (include == nullptr || table->size() != 1 || !include->is_string()) {
    return InvalidInput(item.place, Cat("a requirement or {include-group = \"name\"} is wanted, "
                                        "found a ",
                                        KindOf(node), " of another form"));
  }
  item.is_include = true;
  item.text = include->as_string()->get();
  return item;
}

absl::StatusOr<std::vector<GroupItem>> ReadItems(const toml::node& node, std::string_view place) {
  const toml::array* const list = node.as_array();
  if (list == nullptr) {
    return InvalidInput(PlaceOf(place, node), Cat("a list of requirements is wanted as a "
                                                  "dependency group, found a ",
                                                  KindOf(node)));
  }
  std::vector<GroupItem> items;
  for (const toml::node& entry : *list) {
    absl::StatusOr<GroupItem> item = ReadItem(entry, place);
    if (!item.ok()) return item.status();
    items.push_back(*std::move(item));
  }
  return items;
}

}  // namespace

// Depth first over includes, with the groups that are open.
class DependencyGroups::Walk {
 public:
  explicit Walk(const DependencyGroups& groups) : groups_(groups) {}

  absl::Status Add(std::string_view name, std::string_view place) {
    const absl::StatusOr<const Group*> group = groups_.Find(name);
    if (!group.ok()) return place.empty() ? group.status() : At(place, group.status());
    if (std::find(open_.begin(), open_.end(), *group) != open_.end()) {
      return InvalidInput(place, Cat("a group that does not include itself is wanted, ",
                                     Quoted((*group)->spelled), " does"));
    }
    if (open_.size() == kGroupDepthMax) {
      return LimitReached(place, Cat("includes are followed ", kGroupDepthMax, " deep"));
    }
    open_.push_back(*group);
    for (const GroupItem& item : (*group)->items) {
      if (steps_++ == kGroupRequirementsMax) {
        return LimitReached(item.place, Cat("groups may hold ", kGroupRequirementsMax,
                                            " requirements and includes in all"));
      }
      if (item.is_include) {
        ACCORD_RETURN_IF_ERROR(Add(item.text, item.place));
      } else {
        texts_.push_back({item.text, item.place});
      }
    }
    open_.pop_back();
    return absl::OkStatus();
  }

  std::vector<PlacedText> Take() { return std::move(texts_); }

 private:
  const DependencyGroups& groups_;
  std::vector<const Group*> open_;
  std::vector<PlacedText> texts_;
  size_t steps_ = 0;
};

absl::StatusOr<DependencyGroups> DependencyGroups::Parse(std::string_view toml,
                                                         std::string_view place) {
  const absl::StatusOr<toml::table> document = ReadToml(toml, place);
  if (!document.ok()) return document.status();
  const absl::StatusOr<const toml::table*> table = FindTable(*document, "dependency-groups", place);
  if (!table.ok()) return table.status();
  DependencyGroups groups;
  groups.place_ = place;
  if (*table == nullptr) return groups;
  for (const auto& [key, node] : **table) {
    const std::string where = PlaceOf(place, node);
    Group group{.spelled = std::string(key.str()), .place = where};
    absl::StatusOr<std::vector<GroupItem>> items = ReadItems(node, place);
    if (items.ok()) {
      group.items = *std::move(items);
    } else {
      group.fault = items.status();
    }
    const auto [entry, is_new] =
        groups.groups_.emplace(NormalizeName(group.spelled), std::move(group));
    if (!is_new) {
      return InvalidInput(
          where, Cat("groups of different names are wanted, ", Quoted(entry->second.spelled),
                     " and ", Quoted(key.str()), " are one"));
    }
  }
  return groups;
}

std::vector<std::string> DependencyGroups::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, group] : groups_) names.push_back(name);
  return names;
}

absl::StatusOr<const DependencyGroups::Group*> DependencyGroups::Find(
    std::string_view group) const {
  const auto found = groups_.find(NormalizeName(group));
  if (found == groups_.end()) {
    std::string known;
    for (const std::string& name : Names()) known += Cat(known.empty() ? "" : ", ", name);
    return InvalidInput(place_, Cat("a dependency group ", Quoted(group), " is wanted, there ",
                                    known.empty() ? "are none" : Cat("are ", known)));
  }
  if (!found->second.fault.ok()) return found->second.fault;
  return &found->second;
}

absl::StatusOr<std::vector<GroupItem>> DependencyGroups::LookUp(std::string_view group) const {
  const absl::StatusOr<const Group*> found = Find(group);
  if (!found.ok()) return found.status();
  return (*found)->items;
}

absl::StatusOr<std::vector<PlacedText>> DependencyGroups::Resolve(
    const std::vector<std::string>& groups) const {
  Walk walk(*this);
  for (const std::string& group : groups) ACCORD_RETURN_IF_ERROR(walk.Add(group, ""));
  return walk.Take();
}

}  // namespace accord::pypi
