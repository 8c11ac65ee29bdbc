#include "ecosystem/conda/preference.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "ecosystem/conda/tied_candidates.h"

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
    std::vector<Position> best_first;
    best_first.reserve(ranks_.size());
    while (best_first.size() < ranks_.size()) {
      const Rank& first = ranks_[best_first.size()];
      std::vector<Position> tied;
      for (size_t i = best_first.size(); i < ranks_.size() && ranks_[i].IsTiedWith(first); ++i) {
        tied.push_back(ranks_[i].position);
      }
      const absl::StatusOr<std::vector<Position>> ordered =
          ByWhatTheyNeed(candidates_, std::move(tied), needed_);
      if (!ordered.ok()) return ordered.status();
      best_first.insert(best_first.end(), ordered->begin(), ordered->end());
    }
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
