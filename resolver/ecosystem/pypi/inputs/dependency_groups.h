// Dependency groups (PEP 735): named lists of requirements and of other groups, from the table
// [dependency-groups] of a pyproject.toml. What a group holds is judged when it is asked for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"

namespace accord::pypi {

inline constexpr size_t kGroupDepthMax = 200;             // includes within each other
inline constexpr size_t kGroupRequirementsMax = 100'000;  // of all groups asked for, in all

// A requirement, or the name of a group to include.
struct GroupItem {
  bool is_include = false;
  std::string text;  // the requirement, or the group as it is spelled
  std::string place;
  friend bool operator==(const GroupItem& a, const GroupItem& b) {
    return a.is_include == b.is_include && a.text == b.text;
  }
};

class DependencyGroups {
 public:
  // `toml` is the whole document; one without the table has no groups. Errors: InvalidInput if it
  // is no TOML, the table is none, or two names are one in normal form; LimitReached.
  [[nodiscard]] static absl::StatusOr<DependencyGroups> Parse(std::string_view toml,
                                                              std::string_view place);

  // Normal names, sorted.
  [[nodiscard]] std::vector<std::string> Names() const;

  // The items as written. Errors: InvalidInput if there is no such group, or it is not a list of
  // PEP 508 texts and {include-group = "name"}.
  [[nodiscard]] absl::StatusOr<std::vector<GroupItem>> LookUp(std::string_view group) const;

  // The requirements of the groups in order, each include replaced by what it includes, as often as
  // it is included. Errors: as LookUp; InvalidInput if a group includes itself; LimitReached.
  [[nodiscard]] absl::StatusOr<std::vector<PlacedText>> Resolve(
      const std::vector<std::string>& groups) const;

 private:
  struct Group {
    std::string spelled;
    std::string place;
    std::vector<GroupItem> items;
    absl::Status fault;  // why it cannot be used
  };
  class Walk;

  [[nodiscard]] absl::StatusOr<const Group*> Find(std::string_view group) const;

  std::string place_;
  std::map<std::string, Group, std::less<>> groups_;  // by normal name
};

}  // namespace accord::pypi
