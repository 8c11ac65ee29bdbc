#include "engine/plain_ecosystem.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "check/world_check.h"
#include "engine/members.h"
#include "engine/plain.h"
#include "engine/request_changes.h"
#include "engine/world_lines.h"
#include "model/set_text.h"
#include "model/world_reader.h"

namespace accord::engine {
namespace {

constexpr JsonLimits kWishLimits{.bytes_max = size_t{1} << 20, .depth_max = 8};

// Where parts of the request stand in it.
constexpr std::string_view kRequires = "/requires/";
constexpr std::string_view kConstrains = "/constrains/";

template <class Ids>
void SortUnique(Ids& ids) {
  std::ranges::sort(ids);
  const auto twice = std::ranges::unique(ids);
  ids.erase(twice.begin(), twice.end());
}

// "/requires/0, /requires/3": those of a list that meet the condition.
template <class List, class Meets>
std::string PlacesIn(std::string_view place, const List& list, Meets meets) {
  std::string places;
  for (size_t i = 0; i < list.size(); ++i) {
    if (meets(list[i])) places += Cat(places.empty() ? "" : ", ", place, i);
  }
  return places;
}

// What a question asks about: a name, or a set in the world file's JSON (WishOf).
absl::StatusOr<SetSpec> ParseWish(const PlacedText& text) {
  if (!text.text.starts_with('{')) return SetSpec{.package = text.text, .allowed = {}};
  const absl::StatusOr<JsonNode> node = ParseStrictJson(text.text, text.place, kWishLimits);
  if (!node.ok()) return node.status();
  WorldReader reader({.rules = {.place = text.place}});
  SetSpec set = reader.Set(JsonSpot{*node});
  if (!reader.ok()) return reader.status();
  return set;
}

}  // namespace

std::string WishOf(const SetSpec& set) {
  std::string text = Cat("{\"package\": ", JsonQuoted(set.package));
  if (!set.allowed) return text + "}";
  text += ", \"allowed\": [";
  for (const PositionRange& range : *set.allowed) {
    if (text.back() != '[') text += ", ";
    text += Cat("[", range.first, ", ", range.last, "]");
  }
  return text + "]}";
}

// ---- Words

std::string PlainNotation::OfSet(VersionSetId id) const {
  const VersionSet& set = universe_.set(id);
  const Package& package = universe_.package(set.package);
  if (package.knowledge == Knowledge::kKnown) return SetText(universe_, id);
  return std::string(set.text.valid() ? universe_.Text(set.text) : universe_.name(set.package));
}

std::string PlainNotation::OfRanges(PackageId package,
                                    std::span<const PositionRange> ranges) const {
  return SetText(
      universe_.name(package), universe_.package(package).count, ranges, [&](Position position) {
        return universe_.Text(universe_.solvable(universe_.at(package, position)).version);
      });
}

std::string PlainNotation::PlaceOf(RequirementId requirement) const {
  return PlacesIn(kRequires, problem_.requirements,
                  [&](const AskedRequirement& asked) { return asked.requirement == requirement; });
}

std::string PlainNotation::PlaceOf(ConstraintId constraint) const {
  return PlacesIn(kConstrains, problem_.constraints,
                  [&](ConstraintId one) { return one == constraint; });
}

// ---- The request

absl::Status PlainEcosystem::Begin() {
  if (!is_posed_) problem_ = universe_.AddRequest(request_);
  is_posed_ = true;
  ACCORD_RETURN_IF_ERROR(universe_.Supply(NeedsOfRequest()));
  ReadRequested();
  return absl::OkStatus();
}

// The packages that the search needs first; and those of which it must know how many candidates
// may coexist before it puts the request's requirements in order.
Needs PlainEcosystem::NeedsOfRequest() const {
  Needs needs;
  const auto add = [&](const Requirement& requirement) {
    for (const VersionSetId set : requirement.alternatives) {
      const PackageId package = universe().set(set).package;
      if (universe().package(package).knowledge == Knowledge::kPending) {
        needs.packages.push_back(package);
      }
    }
  };
  for (const AskedRequirement& asked : problem_.requirements) {
    const Requirement& requirement = universe().requirement(asked.requirement);
    if (!requirement.condition.valid()) add(requirement);
  }
  for (const AskedRequirement& asked : problem_.soft) {
    const Requirement& requirement = universe().requirement(asked.requirement);
    if (requirement.alternatives.size() == 1) add(requirement);
  }
  SortUnique(needs.packages);
  return needs;
}

// Each package that is the first alternative of a requirement.
void PlainEcosystem::ReadRequested() {
  std::map<std::string_view, RequestedPackage> by_name;
  for (const AskedRequirement& asked : problem_.requirements) {
    const Requirement& requirement = universe().requirement(asked.requirement);
    if (requirement.alternatives.empty()) continue;
    const VersionSetId set = requirement.alternatives.front();
    const PackageId package = universe().set(set).package;
    const auto [entry, is_new] = by_name.try_emplace(
        universe().name(package),
        RequestedPackage{.package = package, .extras = {}, .priority = asked.priority, .sets = {}});
    RequestedPackage& requested = entry->second;
    requested.priority = std::min(requested.priority, asked.priority);
    const bool always = !requirement.condition.valid() && requirement.alternatives.size() == 1;
    if (always) requested.sets.push_back(set);
  }
  for (auto& [name, requested] : by_name) requested_.push_back(std::move(requested));
}

// ---- Candidates

size_t PlainEcosystem::RankOf(SolvableId candidate) const {
  const Package& package = universe().package(universe().solvable(candidate).package);
  const Position position = universe().position(candidate);
  if (package.preference.empty()) return package.count - 1 - position;
  const auto found = std::ranges::find(package.preference, position);
  return static_cast<size_t>(found - package.preference.begin());
}

NewerCandidates PlainEcosystem::NewerThan(SolvableId chosen) const {
  const PackageId id = universe().solvable(chosen).package;
  const Package& package = universe().package(id);
  const size_t rank = RankOf(chosen);
  // Where several may be chosen, one does not keep another away.
  if (rank == 0 || package.coexistence == Coexistence::kAny) return {};
  // A package that is asked for under a condition, or as one of several, may be left out instead.
  const auto requested = std::ranges::find(requested_, id, &RequestedPackage::package);
  if (requested == requested_.end() || requested->sets.empty()) return {};
  const Position last = package.count - 1;
  if (package.preference.empty()) {
    return {.positions = {{universe().position(chosen) + 1, last}}, .newest = last};
  }
  std::vector<PositionRange> better;
  for (size_t i = 0; i < rank; ++i) {
    better.push_back({package.preference[i], package.preference[i]});
  }
  return {.positions = Normalized(std::move(better)), .newest = package.preference.front()};
}

bool PlainEcosystem::IsWorse(SolvableId other, SolvableId chosen) const {
  return RankOf(chosen) < RankOf(other);
}

// ---- The answer

// What is asked for softly is asked for by the request too.
absl::Status PlainEcosystem::TellChange(const Solution& solution, Answer& answer) {
  const Members members(universe(), solution);
  std::vector<SolvableId> told;  // who each of answer.solution is: by name, then position
  for (const Member& member : solution.members) told.push_back(member.solvable);
  std::ranges::sort(told, {}, [&](SolvableId id) {
    return std::pair(universe().name(universe().solvable(id).package), id);
  });
  for (const AskedRequirement& asked : problem_.soft) {
    const Requirement& requirement = universe().requirement(asked.requirement);
    if (!members.Holds(requirement.condition)) continue;
    for (const VersionSetId set : requirement.alternatives) {
      members.ForEachIn(set, [&](SolvableId member) {
        const auto at = std::ranges::find(told, member) - told.begin();
        ChosenPackage& met = answer.solution[static_cast<size_t>(at)];
        met.requested = true;
        met.required_by.push_back(
            {.who = "request", .requirement = std::string(universe().Text(requirement.text))});
        SortUnique(met.required_by);
      });
    }
  }
  return absl::OkStatus();
}

std::vector<Warning> PlainEcosystem::WarningsOf(const Solution& solution) const {
  return UnmetSoft(universe(), problem_, solution);
}

absl::StatusOr<CheckReport> PlainEcosystem::Check(const Solution& solution,
                                                  const std::vector<ChosenPackage>& told) const {
  CheckReport report{.ran = true};
  for (const check::Violation& violation : check::CheckWorld(universe(), problem_, solution)) {
    report.violations.push_back(check::Sentence(violation));
  }
  report.cost.pins = told.size();
  return report;
}

// ---- Questions

absl::StatusOr<Wish> PlainEcosystem::Suppose(const PlacedText& text) {
  const absl::StatusOr<SetSpec> spec = ParseWish(text);
  if (!spec.ok()) return spec.status();
  Wish wish{.package = universe_.AddPackage(spec->package), .is_name = !spec->allowed};
  if (universe().package(wish.package).knowledge == Knowledge::kPending) {
    ACCORD_RETURN_IF_ERROR(universe_.Supply({.packages = {wish.package}, .candidates = {}}));
  }
  const VersionSetId set = universe_.AddSet(*spec);
  wish.text = notation_.OfSet(set);
  const StringId words = universe_.universe().AddText(wish.text);
  wish.requirements.push_back(
      universe_.universe().AddRequirement({.alternatives = {set}, .condition = {}, .text = words}));
  return wish;
}

// ---- Changes of the request

std::vector<PlacedText> PlainEcosystem::TextsOf(RequestPart part) const {
  std::vector<PlacedText> texts;
  const auto add = [&](std::string_view place, StringId text) {
    texts.push_back(
        {.text = std::string(universe().Text(text)), .place = Cat(place, texts.size())});
  };
  switch (part) {
    case RequestPart::kRequirements:
      for (const AskedRequirement& asked : problem_.requirements) {
        add(kRequires, universe().requirement(asked.requirement).text);
      }
      break;
    case RequestPart::kConstraints:
      for (const ConstraintId id : problem_.constraints) {
        add(kConstrains, universe().constraint(id).text);
      }
      break;
    case RequestPart::kLocks:
      for (const Restriction& lock : problem_.locked) {
        add("/locked/", universe().set(lock.set).text);
      }
      break;
    case RequestPart::kExclusions:
      for (const Restriction& excluded : problem_.excluded) {
        add("/excluded/", universe().set(excluded.set).text);
      }
      break;
    case RequestPart::kOverrides:
      break;
  }
  return texts;
}

// By its place: names are opaque, and a text may be anything.
std::string PlainEcosystem::NameIn(const PlacedText& text) const {
  const size_t slash = text.place.rfind('/') + 1;
  const std::string_view list = std::string_view(text.place).substr(0, slash);
  const size_t index = std::stoul(text.place.substr(slash));
  VersionSetId set;
  if (list == kRequires) {
    const RequirementId id = problem_.requirements[index].requirement;
    if (universe().requirement(id).alternatives.empty()) return {};
    set = universe().requirement(id).alternatives.front();
  } else if (list == kConstrains) {
    set = universe().constraint(problem_.constraints[index]).set;
  } else {
    set = (list == "/locked/" ? problem_.locked : problem_.excluded)[index].set;
  }
  return std::string(universe().name(universe().set(set).package));
}

std::optional<Problem> PlainEcosystem::ProblemWithout(RequestPart part,
                                                      std::span<const size_t> texts) const {
  Problem problem = problem_;
  switch (part) {
    case RequestPart::kRequirements:
      EraseAt(texts, problem.requirements);
      break;
    case RequestPart::kConstraints:
      EraseAt(texts, problem.constraints);
      break;
    case RequestPart::kLocks:
      EraseAt(texts, problem.locked);
      break;
    case RequestPart::kExclusions:
      EraseAt(texts, problem.excluded);
      break;
    case RequestPart::kOverrides:
      break;
  }
  return problem;
}

absl::StatusOr<Answer> PlainEcosystem::SolveWithout(RequestPart, std::span<const size_t>,
                                                    const ResolveOptions&) const {
  return absl::InternalError("of a plain request the problem without texts is always there");
}

}  // namespace accord::engine
