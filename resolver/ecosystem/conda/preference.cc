#include "ecosystem/conda/preference.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace accord::conda {
namespace {

uint32_t WordCount(std::string_view text) {
  uint32_t words = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) ++words;
  }
  return words;
}

class Preference {
 public:
  Preference(const Candidates& candidates, ChannelPriority priority, bool lowest,
             NeededVersions& needed)
      : candidates_(candidates), lowest_(lowest), needed_(needed) {
    NumberEqualVersions();
    const auto count = static_cast<Position>(candidates.admitted().size());
    for (Position position = 0; position < count; ++position) {
      Rank rank = {.position = position};
      const Candidate& candidate = candidates.admitted()[position];
      if (priority != ChannelPriority::kDisabled) rank.channel = candidate.channel;
      rank.features = WordCount(candidates.track_features(position));
      rank.version = equal_versions_[candidate.version];
      rank.build_number = candidate.build_number;
      ranks_.push_back(rank);
    }
  }

  absl::StatusOr<std::vector<Position>> Run() {
    std::ranges::sort(ranks_, [this](const Rank& a, const Rank& b) { return Better(a, b); });
    for (size_t begin = 0; begin < ranks_.size();) {
      size_t end = begin + 1;
      while (end < ranks_.size() && ranks_[end].IsTiedWith(ranks_[begin])) ++end;
      ACCORD_RETURN_IF_ERROR(OrderTied(std::span(ranks_).subspan(begin, end - begin)));
      begin = end;
    }
    std::vector<Position> best_first;
    best_first.reserve(ranks_.size());
    for (const Rank& rank : ranks_) best_first.push_back(rank.position);
    if (std::ranges::is_sorted(best_first, std::greater())) best_first.clear();
    return best_first;
  }

 private:
  struct Rank {
    uint32_t channel = 0;
    uint32_t features = 0;
    uint32_t version = 0;
    uint64_t build_number = 0;
    Position position = 0;

    [[nodiscard]] bool IsTiedWith(const Rank& other) const {
      return std::tie(channel, features, version, build_number) ==
             std::tie(other.channel, other.features, other.version, other.build_number);
    }
  };

  // What a candidate asks of one name. Texts have numbers of their channel.
  struct OfName {
    uint32_t channel = 0;
    std::span<const NeededName> texts;
  };

  [[nodiscard]] bool Better(const Rank& a, const Rank& b) const {
    if (a.channel != b.channel) return a.channel < b.channel;
    if (a.features != b.features) return a.features < b.features;
    if (a.version != b.version) return (a.version > b.version) != lowest_;
    return std::tie(a.build_number, a.position) > std::tie(b.build_number, b.position);
  }

  void NumberEqualVersions() {
    uint32_t number = 0;
    for (uint32_t version = 0; version < candidates_.version_count(); ++version) {
      if (version > 0 && !candidates_.EqualToNext(version - 1)) ++number;
      equal_versions_.push_back(number);
    }
  }

  // Pairwise "better versions of shared dependencies" is no order; vectors over all names of the
  // group are one: what a candidate does not need counts as equal to the best.
  absl::Status OrderTied(std::span<Rank> tied) {
    const auto needs_of = [&](const Rank& rank) {
      return std::pair(candidates_.admitted()[rank.position].channel,
                       needed_.NeedsOf(rank.position));
    };
    const auto first = needs_of(tied.front());
    if (std::ranges::all_of(tied, [&](const Rank& r) { return needs_of(r) == first; })) {
      return absl::OkStatus();
    }
    struct Entry {
      Rank rank;
      std::vector<NeededName> names;
      size_t next = 0;             // in names
      std::vector<uint32_t> best;  // by name that makes a difference
    };
    std::vector<Entry> group;
    for (const Rank& rank : tied) {
      group.push_back({.rank = rank, .names = needed_.NamesOf(rank.position)});
    }
    const auto next_of = [](Entry& entry, std::string_view name) {
      const auto begin = entry.names.begin() + static_cast<std::ptrdiff_t>(entry.next);
      const auto end = std::find_if(begin, entry.names.end(),
                                    [&](const NeededName& n) { return n.name != name; });
      entry.next = static_cast<size_t>(end - entry.names.begin());
      return std::span<const NeededName>(begin, end);
    };
    while (true) {
      std::optional<std::string_view> name;
      for (const Entry& entry : group) {
        if (entry.next == entry.names.size()) continue;
        const std::string_view own = entry.names[entry.next].name;
        if (!name || own < *name) name = own;
      }
      if (!name) break;
      std::vector<OfName> of_name;
      for (Entry& entry : group) {
        of_name.push_back({.channel = candidates_.admitted()[entry.rank.position].channel,
                           .texts = next_of(entry, *name)});
      }
      if (!MakesADifference(of_name)) continue;
      std::vector<std::optional<uint32_t>> best(group.size());
      uint32_t best_of_all = 0;
      for (size_t i = 0; i < group.size(); ++i) {
        if (of_name[i].texts.empty()) continue;
        const absl::StatusOr<std::optional<uint32_t>> found =
            needed_.BestOf(group[i].rank.position, of_name[i].texts);
        if (!found.ok()) return found.status();
        best[i] = *found;
        best_of_all = std::max(best_of_all, found->value_or(0));
      }
      for (size_t i = 0; i < group.size(); ++i) {
        group[i].best.push_back(best[i].value_or(best_of_all));
      }
    }
    std::ranges::stable_sort(group, std::greater(), &Entry::best);
    for (size_t i = 0; i < group.size(); ++i) tied[i] = group[i].rank;
    return absl::OkStatus();
  }

  // Not if all that need the name ask for it with the same texts, as far as their numbers tell.
  [[nodiscard]] static bool MakesADifference(const std::vector<OfName>& of_name) {
    const OfName* first = nullptr;
    for (const OfName& one : of_name) {
      if (one.texts.empty()) continue;
      if (first != nullptr &&
          (first->channel != one.channel || !std::ranges::equal(first->texts, one.texts))) {
        return true;
      }
      first = &one;
    }
    return false;
  }

  const Candidates& candidates_;
  const bool lowest_;
  NeededVersions& needed_;
  std::vector<uint32_t> equal_versions_;  // by version
  std::vector<Rank> ranks_;
};

}  // namespace

absl::StatusOr<std::vector<Position>> BestFirst(const Candidates& candidates,
                                                ChannelPriority priority, bool lowest,
                                                NeededVersions& needed) {
  return Preference(candidates, priority, lowest, needed).Run();
}

}  // namespace accord::conda
