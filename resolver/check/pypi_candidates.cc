#include "check/pypi_candidates.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"
#include "metadata/later_source.h"

namespace accord::check {
namespace {

using metadata::MetadataRecord;
using metadata::PackageFacts;

// "==V" or "===V" alone.
bool IsSolePin(const pypi::SpecifierSet& set) {
  if (set.specifiers().size() != 1) return false;
  const pypi::SpecifierOperator op = set.specifiers().front().op();
  return op == pypi::SpecifierOperator::kEqual || op == pypi::SpecifierOperator::kArbitrary;
}

Fault Unreadable(const absl::Status& status) {
  return {ViolationKind::kUnreadable, "requirements that can be read",
          std::string(Message(status))};
}

// Somebody says that there is none of the name in any source, or that it cannot be known.
bool IsDenied(const metadata::LaterSource& source, std::string_view name) {
  using Kind = metadata::LaterSource::Lack::Kind;
  const Kind kind = source.LackOf(name).kind;
  return kind == Kind::kNonexistent || kind == Kind::kUnavailable;
}

// What is said of the version's best file: in its list, or since.
void FindMetadata(const Place& place, uint32_t version, Verdict& verdict) {
  std::optional<uint32_t> metadata = place.package->metadata_of(version);
  const metadata::FileRecord* const best = verdict.files.empty() ? nullptr : verdict.files.front();
  if (best != nullptr && best->metadata) metadata = best->metadata;
  if (metadata) {
    verdict.metadata = place.package->ToMetadata(*metadata);
    return;
  }
  verdict.unknown_because = place.package->unknown_because(version);
  const metadata::LaterSource* const later = place.source->later();
  if (later == nullptr || best == nullptr) return;
  const auto told = later->MetadataOf(place.package->name(), best->name);
  if (told.facts != nullptr) verdict.metadata = told.facts->ToMetadata(0);
  if (!told.unknown_because.empty()) verdict.unknown_because = told.unknown_because;
}

}  // namespace

bool InSpecifiers(const pypi::SpecifierSet& set, const pypi::Candidate& candidate,
                  CheckCost& cost) {
  ++cost.matches;
  return std::ranges::all_of(set.specifiers(), [&](const pypi::Specifier& specifier) {
    return Matches(specifier, candidate);
  });
}

absl::StatusOr<std::vector<Place>> Candidates::PlacesOf(std::string_view name) const {
  std::vector<Place> places;
  for (const metadata::Source* source : question_.sources) {
    const absl::StatusOr<const PackageFacts*> found = source->Find(name);
    if (!found.ok()) return found.status();
    if (*found == nullptr) {
      if (source->later() != nullptr && IsDenied(*source->later(), name)) break;
      continue;
    }
    places.push_back({.source = source, .package = *found});
    if (question_.request->indexes == pypi::IndexPolicy::kFirstIndex) break;
  }
  return places;
}

absl::StatusOr<Candidates::Named*> Candidates::NamedOf(const std::string& name) {
  const auto [entry, is_new] = named_.try_emplace(name);
  Named& named = entry->second;
  if (!is_new) return &named;
  const pypi::ResolveRequest& request = *question_.request;
  named.policy = request.prereleases;
  for (const pypi::PrereleasesOf& one : request.prereleases_of) {
    if (pypi::NormalizeName(one.name) == name) named.policy = one.policy;
  }
  absl::StatusOr<FileRules> rules = RulesOf(request, pythons_, name);
  if (!rules.ok()) return rules.status();
  named.rules = *std::move(rules);
  return &named;
}

// A sole pin of the request; or any lock, or what an earlier answer has.
bool Candidates::MayBeYanked(const std::string& name, const pypi::Candidate& candidate) {
  const auto inside = [&](const pypi::SpecifierSet& set) {
    return InSpecifiers(set, candidate, cost_);
  };
  return AnyOfName(wishes_.locked, name, inside) || AnyOfName(wishes_.favored, name, inside) ||
         RequestNames(wishes_, name,
                      [&](const pypi::SpecifierSet& set) { return IsSolePin(set) && inside(set); });
}

std::optional<Fault> Candidates::FaultOf(const std::string& name, const Need& need) {
  if (need.marker != nullptr) {
    ++cost_.markers;
    if (!need.marker->holds.ok()) return Unreadable(need.marker->holds.status());
    if (!*need.marker->holds) return std::nullopt;
  }
  if (need.url.empty()) return std::nullopt;
  const std::string needed = pypi::NormalizeName(need.name);
  if (!OverridesOf(wishes_, name, needed).empty()) return std::nullopt;
  const auto requested = wishes_.urls.find(needed);
  if (requested != wishes_.urls.end() && requested->second.contains(need.url)) {
    return std::nullopt;
  }
  return Fault{ViolationKind::kNeedsAddress, "nothing by URL but what the request asks for",
               pypi::Requirement::Parse(need.text)->Text()};
}

// Every text is read, so that the first fault does not hide what is needed besides.
void Candidates::JudgeMetadata(const std::string& name, const FileRules& rules, Verdict& verdict) {
  MetadataRecord& metadata = *verdict.metadata;
  const auto note = [&](std::optional<Fault> fault) {
    if (!verdict.fault) verdict.fault = std::move(fault);
  };
  if (!rules.pythons->Admit(metadata.requires_language)) {
    note(Fault{ViolationKind::kLanguageVersion, Cat("Python ", metadata.requires_language),
               Cat("the environment has ", python_.Text())});
  }
  if (question_.request->no_deps) return;
  verdict.needs.reserve(metadata.requirements.size());
  for (std::string& text : metadata.requirements) {
    ++cost_.texts;
    absl::StatusOr<Need> need = needs_.Read(std::move(text));
    if (!need.ok()) {
      note(Unreadable(need.status()));
      continue;
    }
    if (std::optional<Fault> fault = FaultOf(name, *need)) note(std::move(fault));
    verdict.needs.push_back(*std::move(need));
  }
}

absl::StatusOr<const metadata::PackageFiles*> Candidates::FilesOf(const PackageFacts& package,
                                                                  const FileRules& rules) {
  if (!package.has_files()) return &no_files_;
  const auto known = files_.find(&package);
  if (known != files_.end()) return &known->second;
  absl::StatusOr<metadata::PackageFiles> read = package.ReadFiles(
      rules.hashes_wanted ? metadata::FileDetail::kAll : metadata::FileDetail::kNames);
  if (!read.ok()) return read.status();
  return &files_.emplace(&package, *std::move(read)).first->second;
}

absl::StatusOr<Verdict> Candidates::Judge(const Place& place, uint32_t version) {
  const PackageFacts& package = *place.package;
  const std::string name(package.name());
  const absl::StatusOr<Named*> named = NamedOf(name);
  if (!named.ok()) return named.status();
  const FileRules& rules = (*named)->rules;
  const absl::StatusOr<const metadata::PackageFiles*> of_package = FilesOf(package, rules);
  if (!of_package.ok()) return of_package.status();
  const std::span<const metadata::FileRecord> of = (*of_package)->of(version);
  const bool may_be_yanked = std::ranges::any_of(of, &metadata::FileRecord::yanked) &&
                             MayBeYanked(name, pypi::Candidate(package.version(version)));
  FilesVerdict files = JudgeFiles(of, rules, may_be_yanked);
  Verdict verdict{.files = std::move(files.fitting), .fault = std::move(files.fault)};
  FindMetadata(place, version, verdict);
  if (verdict.metadata) JudgeMetadata(name, rules, verdict);
  return verdict;
}

absl::StatusOr<Verdict> Candidates::JudgeDirect(const std::string& name, MetadataRecord metadata) {
  const absl::StatusOr<Named*> named = NamedOf(name);
  if (!named.ok()) return named.status();
  Verdict verdict{.metadata = std::move(metadata)};
  JudgeMetadata(name, (*named)->rules, verdict);
  return verdict;
}

absl::StatusOr<const std::vector<pypi::Candidate>*> Candidates::FinalsOf(const std::string& name) {
  const absl::StatusOr<Named*> named = NamedOf(name);
  if (!named.ok()) return named.status();
  std::optional<std::vector<pypi::Candidate>>& finals = (*named)->finals;
  if (finals) return &*finals;
  finals.emplace();
  const absl::StatusOr<std::vector<Place>> places = PlacesOf(name);
  if (!places.ok()) return places.status();
  for (const Place& place : *places) {
    std::set<pypi::Version> seen;  // of equal versions of a source the first counts
    for (uint32_t version = 0; version < place.package->version_count(); ++version) {
      pypi::Candidate candidate(place.package->version(version));
      if (candidate.version() == nullptr || candidate.is_prerelease()) continue;
      if (!seen.insert(*candidate.version()).second) continue;
      const absl::StatusOr<Verdict> verdict = Judge(place, version);
      if (!verdict.ok()) return verdict.status();
      if (!verdict->fault) finals->push_back(std::move(candidate));
    }
  }
  return &*finals;
}

absl::StatusOr<std::string> Candidates::PrereleaseFault(const std::string& name) {
  using enum pypi::PrereleasePolicy;
  const absl::StatusOr<Named*> named = NamedOf(name);
  if (!named.ok()) return named.status();
  const pypi::PrereleasePolicy policy = (*named)->policy;
  if (policy == kAllow || policy == kPep440) return std::string();
  if (policy == kDisallow) return std::string("this is one");
  const bool is_named = RequestNames(
      wishes_, name, [](const pypi::SpecifierSet& set) { return set.NamesPrerelease(); });
  if (policy != kIfNecessary && is_named) return std::string();
  if (policy == kExplicit) return std::string("this is one, and the request names none");
  const auto finals = FinalsOf(name);
  if (!finals.ok()) return finals.status();
  if ((*finals)->empty()) return std::string();
  return Cat("this is one, and there is ", (*finals)->front().text());
}

absl::StatusOr<bool> Candidates::IsFilteredOut(const std::string& name,
                                               const pypi::Candidate& candidate,
                                               const pypi::SpecifierSet& set) {
  if (!candidate.is_prerelease() || set.NamesPrerelease()) return false;
  const absl::StatusOr<Named*> named = NamedOf(name);
  if (!named.ok()) return named.status();
  if ((*named)->policy != pypi::PrereleasePolicy::kPep440) return false;
  const auto finals = FinalsOf(name);
  if (!finals.ok()) return finals.status();
  return std::ranges::any_of(
      **finals, [&](const pypi::Candidate& one) { return InSpecifiers(set, one, cost_); });
}

}  // namespace accord::check
