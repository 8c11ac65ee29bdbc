// An environment that is there into the Problem, in the words of the neutral model: what was asked
// for earlier is requested, the rest of what is there is soft, its records are favoured or locked,
// what is to be removed is excluded (docs/ecosystems/conda.md).
#include <algorithm>
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
  Names said;  // those with a wish of their own
  for (const RequestedPackage& one : requested_) said.emplace(universe_.name(one.package));
  said.insert(removed.begin(), removed.end());
  for (const AskedSpec& asked : installed.asked()) {
    if (!said.insert(asked.name).second) continue;
    std::vector<PlacedText>& to = removes                        ? wishes.kept
                                  : updated.contains(asked.name) ? wishes.named
                                                                 : wishes.earlier;
    // What is removed takes along what needs it, also what somebody asked for.
    to.push_back(removes ? PlacedText{asked.name, asked.spec.place} : asked.spec);
  }
  for (const PlacedText& one : change.update) {
    std::string name = LowerText(one.text);
    if (said.insert(name).second) wishes.named.push_back({std::move(name), one.place});
  }
  const bool requests_all = change.freeze || (change.update_all && installed.asked().empty());
  for (const std::string& name : installed.names()) {
    if (!change.update_all && !updated.contains(name)) wishes.favored.push_back(name);
    if ((change.freeze || removes) && !removed.contains(name)) wishes.locked.push_back(name);
    if (said.contains(name)) continue;
    const PlacedText text{name, std::string(installed.place())};
    if (requests_all && !removes) {
      wishes.earlier.push_back(text);
    } else if (!change.prune && !change.update_all) {
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
