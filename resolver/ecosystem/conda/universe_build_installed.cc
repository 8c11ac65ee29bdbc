// An environment that is there into the Problem, in the words of the neutral model: what was asked
// for earlier is requested, the rest of what is there is soft, its records are favoured or locked,
// what is to be removed is excluded (docs/ecosystems/conda.md).
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {
namespace {

using Names = std::set<std::string, std::less<>>;

Names NamesOf(const std::vector<PlacedText>& texts) {
  Names names;
  for (const PlacedText& text : texts) names.insert(LowerText(text.text));
  return names;
}

}  // namespace

absl::Status UniverseBuilder::Build::CheckChange() {
  const EnvironmentChange& change = request_.change;
  for (const std::vector<PlacedText>* names : {&change.update, &change.remove}) {
    for (const PlacedText& text : *names) {
      const absl::StatusOr<const metadata::PackageFacts*> facts =
          request_.installed->Find(LowerText(text.text));
      if (!facts.ok()) return facts.status();
      if (*facts == nullptr) {
        return InvalidInput(
            text.place, Cat("a package that is installed is wanted, found ", Quoted(text.text)));
      }
    }
  }
  const bool updates = change.update_all || !change.update.empty();
  if (!change.remove.empty() && (updates || !request_.specs.empty())) {
    return InvalidInput(change.remove.front().place,
                        "what is removed changes nothing else: ask for the rest apart from it");
  }
  if (change.freeze && updates) {
    return InvalidInput("freeze", "what is there cannot stay as it is and be updated");
  }
  if (change.prune && request_.installed->asked().empty()) {
    return InvalidInput(
        "prune", Cat("all would go, as nothing was asked for: ", request_.installed->place()));
  }
  return absl::OkStatus();
}

absl::StatusOr<UniverseBuilder::Build::Wishes> UniverseBuilder::Build::ReadWishes() {
  Wishes wishes;
  if (request_.installed == nullptr) return wishes;
  ACCORD_RETURN_IF_ERROR(CheckChange());
  const Installed& installed = *request_.installed;
  const EnvironmentChange& change = request_.change;
  const bool removes = !change.remove.empty();
  const Names removed = NamesOf(change.remove);
  const Names updated = NamesOf(change.update);
  Names named;     // what was asked for earlier of these is past, or has its place
  Names required;  // whatever conditions hold
  for (const RequestedPackage& one : requested_) {
    named.emplace(universe_.name(one.package));
    if (!one.sets.empty()) required.emplace(universe_.name(one.package));
  }
  std::map<std::string_view, const AskedSpec*> earlier;
  for (const AskedSpec& asked : installed.asked()) earlier.emplace(asked.name, &asked);
  // What is removed takes along what needs it, also what somebody asked for.
  const auto ask = [&](const std::string& name, std::vector<PlacedText>& to) -> absl::Status {
    const auto asked = earlier.find(name);
    if (removes || asked == earlier.end() || !named.insert(name).second) return absl::OkStatus();
    const absl::StatusOr<ReadSpec*> spec = ReadPlaced(asked->second->spec);
    if (!spec.ok()) return spec.status();
    if (!(*spec)->when.valid()) required.insert(name);
    to.push_back(asked->second->spec);
    return absl::OkStatus();
  };
  for (const PlacedText& one : change.update) {
    const std::string name = LowerText(one.text);
    ACCORD_RETURN_IF_ERROR(ask(name, wishes.named));
    if (required.insert(name).second) wishes.named.push_back({name, one.place});
  }
  const bool requests_all = change.freeze || (change.update_all && earlier.empty());
  for (const std::string& name : installed.names()) {
    ACCORD_RETURN_IF_ERROR(ask(name, wishes.earlier));
    if (!change.update_all && !updated.contains(name)) wishes.favored.push_back(name);
    if (removed.contains(name)) continue;
    if (change.freeze || removes) wishes.locked.push_back(name);
    if (required.contains(name)) continue;
    const PlacedText text{name, std::string(installed.place())};
    const bool is_pruned = change.prune && !(removes && earlier.contains(name));
    if (requests_all) {
      wishes.earlier.push_back(text);
    } else if (!change.update_all && !is_pruned) {
      wishes.kept.push_back(text);
    }
  }
  wishes.removed = change.remove;
  return wishes;
}

absl::StatusOr<VersionSetId> UniverseBuilder::Build::InstalledSet(const std::string& name) {
  const PackageId package = universe_.AddPackage(name);
  ACCORD_RETURN_IF_ERROR(Load(package));
  const Position position = *State(package).candidates->installed();
  const std::string_view label =
      universe_.Text(universe_.solvable(universe_.at(package, position)).version);
  const VersionSetId set = universe_.AddSet(package, Cat(name, " ", label, " (installed)"));
  const PositionRange only[] = {{position, position}};
  if (!universe_.set(set).known) universe_.SetMembers(set, only);
  return set;
}

absl::Status UniverseBuilder::Build::AddLimitsOf(const Wishes& wishes) {
  const auto add = [&](const std::vector<std::string>& names, std::vector<Restriction>& to) {
    for (const std::string& name : names) {
      const absl::StatusOr<VersionSetId> set = InstalledSet(name);
      if (!set.ok()) return set.status();
      to.push_back({.set = *set, .reason = universe_.AddText(request_.installed->place())});
    }
    return absl::OkStatus();
  };
  ACCORD_RETURN_IF_ERROR(add(wishes.favored, problem_.favored));
  ACCORD_RETURN_IF_ERROR(add(wishes.locked, problem_.locked));
  for (const PlacedText& text : wishes.removed) {
    const absl::StatusOr<ReadSpec*> spec =
        ReadPlaced({.text = LowerText(text.text), .place = text.place});
    if (!spec.ok()) return spec.status();
    problem_.excluded.push_back({.set = (*spec)->set, .reason = universe_.AddText(text.place)});
  }
  return absl::OkStatus();
}

absl::Status UniverseBuilder::Build::AddKept(const std::vector<PlacedText>& names) {
  std::vector<RequestedPackage> kept;
  std::vector<RequirementId> requirements;
  for (const PlacedText& text : names) {
    const absl::StatusOr<ReadSpec*> spec = ReadPlaced(text);
    if (!spec.ok()) return spec.status();
    AddRequirements(**spec, {}, "", requirements);
    kept.push_back({.package = (*spec)->package});
  }
  // A requirer goes first: what it needs follows it to another version, and it need not go.
  const absl::StatusOr<std::vector<uint32_t>> order = OrderOf(kept);
  if (!order.ok()) return order.status();
  for (uint32_t i = 0; i < order->size(); ++i) {
    problem_.soft.push_back({.requirement = requirements[(*order)[i]],
                             .priority = static_cast<int32_t>(requested_.size() + i)});
  }
  return absl::OkStatus();
}

}  // namespace accord::conda
