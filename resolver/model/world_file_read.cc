// accord-world/1 as text -> WorldSpec. The first thing found wrong is kept and ends the reading.
#include <optional>

#include "base/error.h"
#include "model/strict_json.h"
#include "model/world_file.h"
#include "model/world_reader.h"

namespace accord {
namespace {

class WorldFile {
 public:
  WorldFile(std::string_view place, const WorldLimits& limits)
      : limits_(limits),
        read_({.rules = {.place = place},
               .count_of = [this](std::string_view package) { return CountOf(package); }}) {}

  absl::StatusOr<WorldSpec> Read(const JsonNode& root) {
    const JsonSpot at{root};
    if (!read_.Fields(at, {"format", "packages", "groups", "request"})) return read_.status();
    if (const std::string format = read_.TextOf(at, "format"); format != "accord-world/1") {
      read_.Fail(at, Cat("format 'accord-world/1' expected, not ", Quoted(format)));
    }
    WorldSpec spec;
    read_.EachMember(at, "packages", [&](const JsonSpot& item) { CountPackage(item); });
    read_.EachMember(at, "packages", [&](const JsonSpot& item) {
      spec.packages.push_back(read_.Package(item, item.key));
    });
    read_.EachItem(at, "groups",
                   [&](const JsonSpot& item) { spec.groups.push_back(read_.Group(item)); });
    if (const JsonNode* request = root.Find("request"); request != nullptr && read_.ok()) {
      static_cast<RequestSpec&>(spec) = read_.Request(JsonSpot{*request, &at, "request"});
    }
    if (!read_.ok()) return read_.status();
    return spec;
  }

 private:
  // First every package's number of candidates: sets may speak of packages that come later.
  void CountPackage(const JsonSpot& at) {
    if (!read_.Expect(at, JsonNode::Kind::kObject)) return;
    if (counts_.size() >= limits_.packages_max) {
      return read_.FailLimit(at, Cat("more than ", limits_.packages_max, " packages"));
    }
    const JsonNode* candidates = at.node.Find("candidates");
    const size_t count = candidates ? candidates->items.size() : 0;
    candidates_ += count;
    if (candidates_ > limits_.candidates_max) {
      return read_.FailLimit(at, Cat("more than ", limits_.candidates_max, " candidates"));
    }
    counts_.emplace(at.key, count);
  }

  // A name that is not listed has none.
  [[nodiscard]] std::optional<size_t> CountOf(std::string_view package) const {
    const auto found = counts_.find(package);
    return found == counts_.end() ? 0 : found->second;
  }

  const WorldLimits& limits_;
  WorldReader read_;
  absl::flat_hash_map<std::string_view, size_t, TextHash, TextEqual> counts_;
  size_t candidates_ = 0;
};

}  // namespace

absl::StatusOr<WorldSpec> ParseWorldSpec(std::string_view text, std::string_view place,
                                         const WorldLimits& limits) {
  const absl::StatusOr<JsonNode> root =
      ParseStrictJson(text, place, {.bytes_max = limits.bytes_max, .depth_max = limits.depth_max});
  if (!root.ok()) return root.status();
  return WorldFile(place, limits).Read(*root);
}

absl::StatusOr<World> ParseWorld(std::string_view text, std::string_view place,
                                 const WorldLimits& limits) {
  const absl::StatusOr<WorldSpec> spec = ParseWorldSpec(text, place, limits);
  if (!spec.ok()) return spec.status();
  return Build(*spec);
}

}  // namespace accord
