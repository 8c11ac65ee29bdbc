#include "ecosystem/conda/tied_candidates.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace accord::conda {
namespace {

// One of the group, on its way through the names that it needs.
struct Tied {
  Position position = 0;
  uint32_t channel = 0;  // whose numbers the texts have
  std::vector<NeededName> names;
  size_t next = 0;             // in names
  std::vector<uint32_t> best;  // by name that makes a difference

  [[nodiscard]] std::optional<std::string_view> NextName() const {
    return next < names.size() ? std::optional(names[next].name) : std::nullopt;
  }
  // Those on this name, which is the next one or stands behind it.
  [[nodiscard]] std::span<const NeededName> Take(std::string_view name) {
    const size_t begin = next;
    while (next < names.size() && names[next].name == name) ++next;
    return std::span(names).subspan(begin, next - begin);
  }
};

using OfName = std::vector<std::span<const NeededName>>;  // beside the group

class Group {
 public:
  Group(const Candidates& candidates, const std::vector<Position>& positions,
        NeededVersions& needed)
      : needed_(needed) {
    for (const Position position : positions) {
      group_.push_back({.position = position,
                        .channel = candidates.admitted()[position].channel,
                        .names = needed.NamesOf(position)});
    }
  }

  absl::StatusOr<std::vector<Position>> Order() {
    while (!all_differ_) {
      const std::optional<std::string_view> name = SmallestNext();
      if (!name) break;
      OfName of_name;
      for (Tied& one : group_) of_name.push_back(one.Take(*name));
      if (!MakesADifference(of_name)) continue;
      ACCORD_RETURN_IF_ERROR(Compare(of_name));
    }
    std::ranges::stable_sort(group_, std::greater(), &Tied::best);
    std::vector<Position> ordered;
    for (const Tied& one : group_) ordered.push_back(one.position);
    return ordered;
  }

 private:
  [[nodiscard]] std::optional<std::string_view> SmallestNext() const {
    std::optional<std::string_view> smallest;
    for (const Tied& one : group_) {
      const std::optional<std::string_view> own = one.NextName();
      if (own && (!smallest || *own < *smallest)) smallest = own;
    }
    return smallest;
  }

  // Not if all that need the name ask for it with the same texts, as far as their numbers tell.
  [[nodiscard]] bool MakesADifference(const OfName& of_name) const {
    std::optional<size_t> first;
    for (size_t i = 0; i < group_.size(); ++i) {
      if (of_name[i].empty()) continue;
      if (first && (group_[*first].channel != group_[i].channel ||
                    !std::ranges::equal(of_name[*first], of_name[i]))) {
        return true;
      }
      first = i;
    }
    return false;
  }

  absl::Status Compare(const OfName& of_name) {
    std::vector<std::optional<uint32_t>> best(group_.size());
    uint32_t best_of_all = 0;
    for (size_t i = 0; i < group_.size(); ++i) {
      if (of_name[i].empty()) continue;
      const absl::StatusOr<std::optional<uint32_t>> found =
          needed_.BestOf(group_[i].position, of_name[i]);
      if (!found.ok()) return found.status();
      best[i] = *found;
      best_of_all = std::max(best_of_all, found->value_or(0));
    }
    for (size_t i = 0; i < group_.size(); ++i) {
      group_[i].best.push_back(best[i].value_or(best_of_all));
    }
    all_differ_ = AllDiffer();
    return absl::OkStatus();
  }

  // Then further names change nothing.
  [[nodiscard]] bool AllDiffer() const {
    for (size_t i = 0; i < group_.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (group_[i].best == group_[j].best) return false;
      }
    }
    return true;
  }

  NeededVersions& needed_;
  std::vector<Tied> group_;
  bool all_differ_ = false;
};

}  // namespace

absl::StatusOr<std::vector<Position>> ByWhatTheyNeed(const Candidates& candidates,
                                                     std::vector<Position> tied,
                                                     NeededVersions& needed) {
  const auto needs_of = [&](Position position) {
    return std::pair(candidates.admitted()[position].channel, needed.NeedsOf(position));
  };
  const auto first = needs_of(tied.front());
  const auto is_alike = [&](Position position) { return needs_of(position) == first; };
  if (std::ranges::all_of(tied, is_alike)) return tied;
  return Group(candidates, tied, needed).Order();
}

}  // namespace accord::conda
