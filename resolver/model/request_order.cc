#include "model/request_order.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <string_view>

#include "base/check.h"

namespace accord {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// Tarjan's algorithm with a stack of its own: requests may name thousands of packages in a chain.
class Components {
 public:
  explicit Components(const std::vector<std::vector<uint32_t>>& next)
      : next_(next), index_(next.size(), kNone), low_(next.size(), 0), of_(next.size(), kNone) {
    for (uint32_t node = 0; node < next.size(); ++node) {
      if (index_[node] == kNone) Visit(node);
    }
  }

  [[nodiscard]] uint32_t count() const { return count_; }
  [[nodiscard]] uint32_t of(uint32_t node) const { return of_[node]; }

 private:
  struct Frame {
    uint32_t node;
    size_t edge = 0;
  };

  void Visit(uint32_t root) {
    std::vector<Frame> frames = {Enter(root)};
    while (!frames.empty()) {
      Frame& frame = frames.back();
      const uint32_t node = frame.node;
      if (frame.edge < next_[node].size()) {
        const uint32_t to = next_[node][frame.edge++];
        if (index_[to] == kNone) {
          frames.push_back(Enter(to));
        } else if (of_[to] == kNone) {
          low_[node] = std::min(low_[node], index_[to]);
        }
        continue;
      }
      frames.pop_back();
      if (!frames.empty()) {
        const uint32_t parent = frames.back().node;
        low_[parent] = std::min(low_[parent], low_[node]);
      }
      if (low_[node] == index_[node]) Close(node);
    }
  }

  Frame Enter(uint32_t node) {
    index_[node] = low_[node] = entered_++;
    stack_.push_back(node);
    return {.node = node};
  }

  void Close(uint32_t root) {
    uint32_t node = kNone;
    do {
      node = stack_.back();
      stack_.pop_back();
      of_[node] = count_;
    } while (node != root);
    ++count_;
  }

  const std::vector<std::vector<uint32_t>>& next_;
  std::vector<uint32_t> index_;  // when a node was entered
  std::vector<uint32_t> low_;    // the earliest node on the stack that it reaches
  std::vector<uint32_t> of_;     // its component, once closed
  std::vector<uint32_t> stack_;
  uint32_t entered_ = 0;
  uint32_t count_ = 0;
};

}  // namespace

std::vector<uint32_t> RequirerFirst(std::span<const std::string_view> names,
                                    std::span<const RequirerEdge> edges) {
  std::vector<std::vector<uint32_t>> next(names.size());
  for (const auto& [from, to] : edges) {
    ACCORD_CHECK(from < names.size() && to < names.size());
    next[from].push_back(to);
  }
  const Components components(next);

  std::vector<uint32_t> by_name(names.size());
  for (uint32_t node = 0; node < names.size(); ++node) by_name[node] = node;
  std::sort(by_name.begin(), by_name.end(),
            [&](uint32_t a, uint32_t b) { return names[a] < names[b]; });
  std::vector<std::vector<uint32_t>> members(components.count());  // each sorted by name
  std::vector<uint32_t> rank(components.count(), kNone);           // of the smallest name
  for (uint32_t i = 0; i < by_name.size(); ++i) {
    const uint32_t component = components.of(by_name[i]);
    if (rank[component] == kNone) rank[component] = i;
    members[component].push_back(by_name[i]);
  }

  std::vector<uint32_t> untaken_edges_into(components.count(), 0);
  for (const auto& [from, to] : edges) {
    if (components.of(from) != components.of(to)) ++untaken_edges_into[components.of(to)];
  }
  using Ready = std::pair<uint32_t, uint32_t>;  // rank, component
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (uint32_t component = 0; component < components.count(); ++component) {
    if (untaken_edges_into[component] == 0) ready.emplace(rank[component], component);
  }
  std::vector<uint32_t> order;
  order.reserve(names.size());
  while (!ready.empty()) {
    const uint32_t taken = ready.top().second;
    ready.pop();
    for (const uint32_t node : members[taken]) {
      order.push_back(node);
      for (const uint32_t to : next[node]) {
        const uint32_t component = components.of(to);
        if (component == taken) continue;
        if (--untaken_edges_into[component] == 0) ready.emplace(rank[component], component);
      }
    }
  }
  return order;
}

}  // namespace accord
