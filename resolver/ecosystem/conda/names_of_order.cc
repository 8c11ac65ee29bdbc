#include "ecosystem/conda/names_of_order.h"

#include <map>
#include <set>
#include <utility>

#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/needs_of_records.h"
#include "ecosystem/conda/record_words.h"

namespace accord::conda {
namespace {

// Orders nothing and remembers what it was asked: where all that is needed is equally good, every
// name is asked for.
class AskedNames final : public NeedsOfRecords {
 public:
  AskedNames(const Candidates& candidates, Dialect dialect)
      : NeedsOfRecords(candidates), dialect_(dialect) {}

  std::optional<std::string_view> NameOf(Position position, uint32_t requirement) override {
    const metadata::PackageFacts& facts = FactsOf(position);
    if (!facts.requirement_marker(requirement).empty()) return std::nullopt;
    if (facts.is_plain(requirement)) return facts.requirement_name(requirement);
    const auto [entry, is_new] = read_.try_emplace({ChannelOf(position), requirement});
    if (is_new) entry->second = NameIn(SplitMarker(facts.RequirementText(requirement)).spec);
    return entry->second;
  }

  absl::StatusOr<std::optional<uint32_t>> BestOf(Position position,
                                                 std::span<const uint32_t> of_name) override {
    names_.emplace(*NameOf(position, of_name.front()));
    return 0;
  }

  [[nodiscard]] std::vector<std::string> names() const { return {names_.begin(), names_.end()}; }

 private:
  [[nodiscard]] std::optional<std::string> NameIn(std::string_view text) const {
    const absl::StatusOr<MatchSpec> spec = MatchSpec::Parse(text, {.dialect = dialect_});
    if (!spec.ok() || spec->name.kind() != TextMatch::Kind::kExact) return std::nullopt;
    return spec->name.Canonical();
  }

  const Dialect dialect_;
  // Of those that cannot be cut, by channel and number; each stays where it is.
  std::map<std::pair<uint32_t, uint32_t>, std::optional<std::string>> read_;
  std::set<std::string> names_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> NamesOfOrder(const Candidates& candidates,
                                                      const ResolveRequest& request) {
  AskedNames asked(candidates, request.dialect);
  // Which candidates are equal otherwise does not hang on which of them are better.
  const absl::StatusOr<std::vector<Position>> order =
      BestFirst(candidates, request.channel_priority, /*lowest=*/false, asked);
  if (!order.ok()) return order.status();
  return asked.names();
}

}  // namespace accord::conda
