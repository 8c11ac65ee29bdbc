// The request into the Problem: what is asked, what limits it, and in which order it is decided.
#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

absl::Status UniverseBuilder::Build::Begin() {
  if (!is_asked_) ACCORD_RETURN_IF_ERROR(ReadAsked());
  is_asked_ = true;
  return SetPriorities(asked_);
}

absl::Status UniverseBuilder::Build::ReadAsked() {
  absl::StatusOr<AskedTexts> asked = ReadRequest(request_);
  if (!asked.ok()) return asked.status();
  asked_ = *std::move(asked);
  absl::StatusOr<FileChooser> files = FileChooser::Make(request_, texts_);
  if (!files.ok()) return files.status();
  files_.emplace(*std::move(files));
  admission_.emplace(request_, *files_, reader_);
  NoteWishes(asked_);
  ACCORD_RETURN_IF_ERROR(ReadUrls(asked_));
  AddRequested(asked_);
  AddLimits(asked_);
  return absl::OkStatus();
}

void UniverseBuilder::Build::NoteWishes(const AskedTexts& asked) {
  using Wish = Admission::Wish;
  const auto note = [&](const std::vector<Asked>& texts, Wish wish) {
    for (const Asked& one : texts) admission_->Note(one.name, one.specifiers, wish);
  };
  note(asked.requirements, Wish::kRequirement);
  note(asked.constraints, Wish::kRequirement);
  note(asked.locked, Wish::kLock);
  note(asked.favored, Wish::kFavor);
  for (const AskedOverride& one : asked.overrides) {
    const std::string& name = one.asked.name;
    overrides_[name].push_back({.from = &one, .specifiers = specifiers_.Add(one.asked.specifiers)});
    admission_->NoteOverride(name, one.dependant);
    if (!one.holds) continue;
    admission_->Note(name, one.asked.specifiers, Wish::kRequirement);
    if (!one.asked.url.empty()) admission_->NoteUrl(name, one.asked.url);
  }
}

// A name that the request asks for by URL has what is there, and no version of any index.
absl::Status UniverseBuilder::Build::ReadUrls(const AskedTexts& asked) {
  struct Urls {
    std::vector<std::string> urls;
    std::string place;
  };
  std::map<std::string, Urls> by_name;
  const auto note = [&](const Asked& one) {
    if (one.url.empty()) return;
    Urls& urls = by_name[one.name];
    if (urls.urls.empty()) urls.place = one.places.front();
    urls.urls.push_back(one.url);
    admission_->NoteUrl(one.name, one.url);
  };
  for (const Asked& one : asked.requirements) note(one);
  for (const AskedOverride& one : asked.overrides) {
    if (one.holds) note(one.asked);
  }
  for (auto& [name, urls] : by_name) {
    std::sort(urls.urls.begin(), urls.urls.end());
    urls.urls.erase(std::unique(urls.urls.begin(), urls.urls.end()), urls.urls.end());
    absl::StatusOr<std::unique_ptr<const DirectPackage>> direct =
        ReadDirectPackage(request_, name, urls.urls, urls.place);
    if (!direct.ok()) return direct.status();
    State(universe_.AddPackage(name)).direct = directs_.emplace_back(*std::move(direct)).get();
  }
  return absl::OkStatus();
}

void UniverseBuilder::Build::AddRequested(const AskedTexts& asked) {
  const auto ask = [&](RequirementId requirement, const Asked& one) {
    const auto [places, is_new] = places_.try_emplace(requirement);
    if (is_new) problem_.requirements.push_back({.requirement = requirement});
    places->second.insert(places->second.end(), one.places.begin(), one.places.end());
  };
  for (const Asked& one : asked.requirements) {
    const PackageId package = universe_.AddPackage(one.name);
    if (requested_.empty() || requested_.back().package != package) {
      requested_.push_back({.package = package});
      requested_packages_.insert(package);
    }
    RequestedPackage& requested = requested_.back();
    requested.sets.push_back(
        AddSet(package, {.specifiers = specifiers_.Add(one.specifiers), .url = one.url}));
    ask(AddRequirement(requested.sets.back(), {}, ""), one);
    for (const std::string& extra : one.extras) {
      ask(AddRequirement(AddEverything(AddExtra(package, extra)), {}, ""), one);
      requested.extras.push_back(extra);
    }
  }
  for (RequestedPackage& requested : requested_) {
    std::sort(requested.extras.begin(), requested.extras.end());
    requested.extras.erase(std::unique(requested.extras.begin(), requested.extras.end()),
                           requested.extras.end());
  }
}

absl::StatusOr<Supposed> UniverseBuilder::Build::Suppose(const PlacedText& text) {
  absl::StatusOr<Requirement> parsed = Requirement::Parse(text.text);
  if (!parsed.ok()) return At(text.place, parsed.status());
  if (!parsed->url.empty() || parsed->marker) {
    return InvalidInput(text.place, Cat("a name with extras and version specifiers is wanted, ",
                                        Quoted(text.text), " has a URL or a marker"));
  }
  Supposed supposed{.package = universe_.AddPackage(parsed->NormalName()),
                    .specifiers = parsed->specifiers};
  if (later_ != nullptr) {
    ACCORD_RETURN_IF_ERROR(Await({.packages = {supposed.package}, .candidates = {}}));
  }
  ACCORD_RETURN_IF_ERROR(Load(supposed.package));
  const VersionSetId set =
      AddSet(supposed.package, {.specifiers = specifiers_.Add(parsed->specifiers)});
  supposed.requirements.push_back(AddRequirement(set, {}, ""));
  std::string extras;
  for (const std::string& extra : parsed->NormalExtras()) {
    supposed.extras.push_back(AddExtra(supposed.package, extra));
    supposed.requirements.push_back(AddRequirement(AddEverything(supposed.extras.back()), {}, ""));
    extras += Cat(extras.empty() ? "[" : ",", extra);
  }
  if (!extras.empty()) extras += "]";
  supposed.text = Cat(parsed->NormalName(), extras, parsed->specifiers.Canonical());
  return supposed;
}

VersionSetId UniverseBuilder::Build::AddLimit(const Asked& asked) {
  return AddSet(universe_.AddPackage(asked.name),
                {.specifiers = specifiers_.Add(asked.specifiers), .url = {}, .limit = true});
}

void UniverseBuilder::Build::AddLimits(const AskedTexts& asked) {
  for (const Asked& one : asked.constraints) {
    const VersionSetId set = AddLimit(one);
    const StringId text = universe_.AddText(Cat(one.name, one.specifier_text));
    problem_.constraints.push_back(universe_.AddConstraint({.set = set, .text = text}));
    std::vector<std::string>& places = constraint_places_[problem_.constraints.back()];
    places.insert(places.end(), one.places.begin(), one.places.end());
  }
  problem_.locked = AddRestrictions(asked.locked);
  problem_.favored = AddRestrictions(asked.favored);
  problem_.excluded = AddRestrictions(asked.excluded);
}

std::vector<Restriction> UniverseBuilder::Build::AddRestrictions(const std::vector<Asked>& asked) {
  std::vector<Restriction> restrictions;
  for (const Asked& one : asked) {
    const VersionSetId set = AddLimit(one);
    restrictions.push_back({.set = set, .reason = universe_.AddText(one.places.front())});
  }
  return restrictions;
}

absl::Status UniverseBuilder::Build::SetPriorities(const AskedTexts& asked) {
  const auto count = static_cast<uint32_t>(requested_.size());
  std::vector<uint32_t> order(count);  // requested_ is sorted by name
  for (uint32_t i = 0; i < count; ++i) order[i] = i;
  if (request_.order == RequestOrder::kRequirerFirst) {
    if (later_ != nullptr) ACCORD_RETURN_IF_ERROR(AwaitRequested());
    std::vector<PackageId> packages;
    for (const RequestedPackage& requested : requested_) packages.push_back(requested.package);
    ReadTogether(packages);
    std::vector<std::string_view> names;
    std::vector<RequirerEdge> edges;
    for (uint32_t i = 0; i < count; ++i) {
      names.push_back(universe_.name(requested_[i].package));
      ACCORD_RETURN_IF_ERROR(AddEdges(i, edges));
    }
    order = RequirerFirst(names, edges);
  } else if (request_.order == RequestOrder::kAsGiven) {
    absl::flat_hash_map<PackageId, uint32_t> first_given;
    for (const Asked& one : asked.requirements) {
      const PackageId package = universe_.FindPackage(one.name);
      const auto entry = first_given.try_emplace(package, one.first_given).first;
      entry->second = std::min(entry->second, one.first_given);
    }
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return first_given[requested_[a].package] < first_given[requested_[b].package];
    });
  }
  absl::flat_hash_map<PackageId, int32_t> priorities;
  for (uint32_t i = 0; i < count; ++i) {
    requested_[order[i]].priority = static_cast<int32_t>(i);
    priorities[requested_[order[i]].package] = static_cast<int32_t>(i);
  }
  for (AskedRequirement& one : problem_.requirements) {
    const VersionSetId set = universe_.requirement(one.requirement).alternatives.front();
    const PackageId package = universe_.set(set).package;
    const PackageId base = State(package).base;
    one.priority = priorities[base.valid() ? base : package];
  }
  return absl::OkStatus();
}

SolvableId UniverseBuilder::Build::BestOf(PackageId id) {
  const Package& package = universe_.package(id);
  for (Position i = 0; i < package.count; ++i) {
    const Position position =
        package.preference.empty() ? package.count - 1 - i : package.preference[i];
    const SolvableId one = universe_.at(id, position);
    if (later_ == nullptr || !IsFaulty(one)) return one;
  }
  return SolvableId();
}

// What the requirer's best admitted candidate needs of the other requested packages, at once or
// under an extra that the request asks for.
absl::Status UniverseBuilder::Build::AddEdges(uint32_t requirer, std::vector<RequirerEdge>& edges) {
  const RequestedPackage& requested = requested_[requirer];
  ACCORD_RETURN_IF_ERROR(Load(requested.package));
  const SolvableId best = BestOf(requested.package);
  if (!best.valid()) return absl::OkStatus();
  const std::optional<KnownMetadata> metadata = MetadataOf(best);
  if (!metadata || request_.no_deps) return absl::OkStatus();
  const auto is_asked_for = [&](const std::string& extra) {
    return std::ranges::binary_search(requested.extras, extra);
  };
  const auto add_edge = [&](const Need& need, const ExtraCondition& when) {
    if (!when.always && !std::ranges::any_of(when.any_of, is_asked_for)) return;
    const auto needed = std::ranges::lower_bound(
        requested_, need.name, {},
        [&](const RequestedPackage& r) { return universe_.name(r.package); });
    if (needed != requested_.end() && universe_.name(needed->package) == need.name) {
      edges.emplace_back(requirer, static_cast<uint32_t>(needed - requested_.begin()));
    }
  };
  const metadata::Column requirements = metadata->facts->requirements_of(metadata->metadata);
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    ForEachNeedOf(requested.package, *metadata, requirements[i], add_edge);
  }
  return absl::OkStatus();
}

}  // namespace accord::pypi
