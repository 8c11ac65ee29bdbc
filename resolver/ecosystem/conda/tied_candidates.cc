#include "ecosystem/conda/tied_candidates.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/error.h"

namespace accord::conda {
namespace {

// One of the group.
struct Tied {
  Position position = 0;
  uint32_t channel = 0;  // whose numbers the requirements have
  metadata::Column requirements;
  std::vector<uint32_t> on_names;  // of these those on names_, in the order of names_
  std::vector<size_t> ends;        // in on_names, by name
  std::vector<uint32_t> best;      // by name that makes a difference

  [[nodiscard]] std::span<const uint32_t> On(size_t name) const {
    const size_t begin = name == 0 ? 0 : ends[name - 1];
    return std::span(on_names).subspan(begin, ends[name] - begin);
  }
};

using OfName = std::vector<std::span<const uint32_t>>;  // beside the group

class Group {
 public:
  Group(const Candidates& candidates, const std::vector<Position>& positions,
        NeededVersions& needed)
      : needed_(needed) {
    for (const Position position : positions) {
      group_.push_back({.position = position,
                        .channel = candidates.admitted()[position].channel,
                        .requirements = needed.RequirementsOf(position)});
    }
    FindNames();
    for (Tied& one : group_) FindRequirements(one);
  }

  absl::StatusOr<std::vector<Position>> Order() {
    for (size_t name = 0; name < names_.size() && !all_differ_; ++name) {
      OfName of_name;
      for (const Tied& one : group_) of_name.push_back(one.On(name));
      if (MakesADifference(of_name)) ACCORD_RETURN_IF_ERROR(Compare(of_name));
    }
    std::ranges::stable_sort(group_, std::greater(), &Tied::best);
    std::vector<Position> ordered;
    for (const Tied& one : group_) ordered.push_back(one.position);
    return ordered;
  }

 private:
  // Those that not all need with the same texts, as far as their numbers tell.
  void FindNames() {
    const std::vector<uint32_t> common = CommonRequirements();
    absl::flat_hash_set<const char*> seen;  // a channel has each name once
    for (const Tied& one : group_) {
      auto next = common.begin();
      for (uint32_t i = 0; i < one.requirements.size(); ++i) {
        const uint32_t requirement = one.requirements[i];
        while (next != common.end() && *next < requirement) ++next;
        if (next != common.end() && *next == requirement) continue;
        const std::optional<std::string_view> name = needed_.NameOf(one.position, requirement);
        if (name && seen.insert(name->data()).second) names_.push_back(*name);
      }
    }
    std::ranges::sort(names_);
    names_.erase(std::ranges::unique(names_).begin(), names_.end());
  }

  [[nodiscard]] std::vector<uint32_t> CommonRequirements() const {
    std::vector<uint32_t> common;
    for (uint32_t i = 0; i < group_.front().requirements.size(); ++i) {
      common.push_back(group_.front().requirements[i]);
    }
    for (const Tied& one : std::span(group_).subspan(1)) {
      if (one.channel != group_.front().channel) return {};
      uint32_t at = 0;
      std::erase_if(common, [&](uint32_t requirement) {
        while (at < one.requirements.size() && one.requirements[at] < requirement) ++at;
        return at == one.requirements.size() || one.requirements[at] != requirement;
      });
    }
    return common;
  }

  // Requirements stand in the order of their texts, which is nearly that of names.
  void FindRequirements(Tied& one) const {
    std::vector<std::pair<size_t, uint32_t>> found;  // name, requirement
    auto at = names_.begin();
    for (uint32_t i = 0; i < one.requirements.size(); ++i) {
      const uint32_t requirement = one.requirements[i];
      const std::optional<std::string_view> name = needed_.NameOf(one.position, requirement);
      if (!name) continue;
      if (at != names_.begin() && *name <= *(at - 1)) at = std::ranges::lower_bound(names_, *name);
      while (at != names_.end() && *at < *name) ++at;
      if (at == names_.end() || *at != *name) continue;
      found.emplace_back(static_cast<size_t>(at - names_.begin()), requirement);
    }
    std::ranges::sort(found);
    one.ends.assign(names_.size(), 0);
    for (const auto& [name, requirement] : found) {
      one.on_names.push_back(requirement);
      ++one.ends[name];
    }
    std::partial_sum(one.ends.begin(), one.ends.end(), one.ends.begin());
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
  std::vector<std::string_view> names_;  // sorted, each once
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
