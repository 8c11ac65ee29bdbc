#include "engine/pypi_ecosystem.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/version.h"
#include "engine/check_answer.h"
#include "engine/members.h"
#include "engine/verify.h"

namespace accord::engine {
namespace {

using pypi::NotAdmitted;
using pypi::NotAdmittedKind;

// Those that are in, best first; then those that another target could use.
std::vector<ChosenFile> FilesOf(const pypi::CandidateFacts& facts) {
  std::vector<uint32_t> order = facts.choice.best_first;
  const size_t fitting = order.size();
  for (uint32_t i = 0; i < facts.choice.verdicts.size(); ++i) {
    const pypi::FileFault fault = facts.choice.verdicts[i].fault;
    if (fault == pypi::FileFault::kTags || fault == pypi::FileFault::kRequiresPython) {
      order.push_back(i);
    }
  }
  const auto begin = order.begin() + static_cast<std::ptrdiff_t>(fitting);
  std::sort(begin, order.end(),
            [&](uint32_t a, uint32_t b) { return facts.files[a].name < facts.files[b].name; });
  std::vector<ChosenFile> files;
  files.reserve(order.size());
  for (const uint32_t i : order) {
    const metadata::FileRecord& file = facts.files[i];
    files.push_back({.name = file.name,
                     .url = file.url,
                     .sha256 = file.sha256,
                     .size = file.size,
                     .uploaded = file.uploaded,
                     .wheel = facts.choice.verdicts[i].wheel,
                     .fits = files.size() < fitting});
  }
  return files;
}

// By kind: how many, and the newest.
struct Counted {
  uint32_t count = 0;
  const NotAdmitted* newest = nullptr;
};
std::map<NotAdmittedKind, Counted> ByKind(
    const std::vector<NotAdmitted>& not_admitted,
    absl::FunctionRef<bool(std::string_view version)> is_meant) {
  std::map<NotAdmittedKind, Counted> by_kind;
  for (const NotAdmitted& version : not_admitted) {
    if (!is_meant(version.version)) continue;
    Counted& counted = by_kind[version.kind];
    ++counted.count;
    counted.newest = &version;
  }
  return by_kind;
}

// A wish's text is one that was read.
pypi::SpecifierSet SpecifiersOf(const Wish& wish) {
  absl::StatusOr<pypi::Requirement> read = pypi::Requirement::Parse(wish.text);
  return read.ok() ? std::move(read->specifiers) : pypi::SpecifierSet();
}

}  // namespace

PypiEcosystem::PypiEcosystem(const pypi::ResolveRequest& request,
                             std::span<const metadata::Source* const> sources,
                             const ResolveOptions& options)
    : request_(request),
      sources_(sources),
      executor_(options.threads_max),
      builder_(
          request, sources,
          {.executor = executor_.threads() > 1 ? &executor_ : nullptr, .texts = options.texts}),
      notation_(request, builder_) {}

NewerCandidates PypiEcosystem::NewerThan(SolvableId chosen) const {
  if (request_.resolution != Resolution::kHighest) return {};
  const PackageId package = universe().solvable(chosen).package;
  const Position last = universe().package(package).count - 1;
  const Position first = universe().position(chosen) + 1;
  const std::vector<pypi::LaterFault> faults = builder_.LaterFaults(package);
  if (faults.empty()) return {.positions = Normalized({{first, last}}), .newest = last};
  NewerCandidates newer;
  for (Position position = first; position <= last; ++position) {
    if (std::ranges::binary_search(faults, position, {}, &pypi::LaterFault::position)) continue;
    newer.positions.push_back({position, position});
    newer.newest = position;
  }
  newer.positions = Normalized(std::move(newer.positions));
  return newer;
}

std::vector<Wanted> PypiEcosystem::wanted() const {
  if (!try_wants_.empty()) return try_wants_;
  std::vector<Wanted> all;
  for (const auto& [package, files] : builder_.awaited()) {
    all.push_back({.package = package, .candidates = {}, .files = files});
  }
  return all;
}

// ---- The answer.

absl::Status PypiEcosystem::Tell(SolvableId candidate, ChosenPackage& chosen) const {
  const absl::StatusOr<std::optional<pypi::CandidateFacts>> found = builder_.FactsOf(candidate);
  if (!found.ok()) return found.status();
  if (!*found) return absl::OkStatus();
  const pypi::CandidateFacts& facts = **found;
  chosen.url = std::string(facts.url);
  if (facts.source != nullptr) chosen.index = std::string(facts.source->place());
  chosen.files = FilesOf(facts);
  chosen.requires_python = facts.requires_python;
  if (facts.choice.best_first.empty()) return absl::OkStatus();
  const metadata::FileRecord& best = facts.files[facts.choice.best_first.front()];
  if (!best.requires_language.empty()) chosen.requires_python = best.requires_language;
  return absl::OkStatus();
}

std::vector<Warning> PypiEcosystem::WarningsOf(const Solution& solution) const {
  const Members members(universe(), solution);
  std::vector<Warning> warnings;
  for (const Member& member : solution.members) {
    const PackageId package = universe().solvable(member.solvable).package;
    const PackageId base = BaseOf(package);
    if (base != package) {
      const SolvableId chosen = members.Of(base);
      const std::string_view extra = ExtraOf(package);
      if (!chosen.valid() || builder_.ProvidesExtra(chosen, extra)) continue;
      warnings.push_back(
          {.kind = WarningKind::kUnknownExtra,
           .package = std::string(universe().name(base)),
           .text = Cat(universe().Label(chosen), " does not provide the extra ", extra)});
      continue;
    }
    for (const pypi::RepairedText& one : builder_.RepairedOf(member.solvable)) {
      warnings.push_back({.kind = WarningKind::kRepaired,
                          .package = std::string(universe().name(package)),
                          .text = Cat(universe().Label(member.solvable), " asks for ",
                                      Quoted(one.text), ", read as ", Quoted(one.read))});
    }
    const std::vector<std::string> skipped = builder_.invalid_versions(package);
    if (skipped.empty()) continue;
    warnings.push_back(
        {.kind = WarningKind::kInvalidVersion,
         .package = std::string(universe().name(package)),
         .text = Cat(skipped.size(), skipped.size() == 1 ? " version" : " versions", " of ",
                     universe().name(package), " skipped, e.g. ", Quoted(skipped.front()), " ",
                     pypi::Describe(NotAdmittedKind::kInvalidVersion))});
  }
  std::sort(warnings.begin(), warnings.end(), [](const Warning& a, const Warning& b) {
    return std::tie(a.package, a.text) < std::tie(b.package, b.text);
  });
  return warnings;
}

absl::StatusOr<CheckReport> PypiEcosystem::Check(const Solution&,
                                                 const std::vector<ChosenPackage>& told) const {
  std::vector<check::PypiPin> pins;
  pins.reserve(told.size());
  for (const ChosenPackage& chosen : told) {
    std::vector<std::string> files;
    for (const ChosenFile& file : chosen.files) {
      if (file.fits) files.push_back(file.name);
    }
    pins.push_back({.name = chosen.name,
                    .version = chosen.version,
                    .extras = chosen.extras,
                    .index = chosen.index,
                    .url = chosen.url,
                    .files = std::move(files)});
  }
  return Reported(Verify(request_, sources_, pins));
}

// ---- What filters left out.

// "numpy: 12 versions not admitted, e.g. '1.24.4' requires another Python: >=3.8,<3.12"
std::vector<std::string> PypiEcosystem::LeftOutLines(PackageId package) const {
  const std::vector<NotAdmitted> not_admitted = builder_.not_admitted(package);
  std::vector<std::string> lines;
  for (const auto& [kind, versions] : ByKind(not_admitted, [](std::string_view) { return true; })) {
    std::string text = Cat(universe().name(package), ": ", versions.count,
                           versions.count == 1 ? " version" : " versions", " not admitted, e.g. ",
                           Quoted(versions.newest->version), " ", pypi::Describe(kind));
    if (!versions.newest->detail.empty()) text += Cat(": ", versions.newest->detail);
    lines.push_back(std::move(text));
  }
  return lines;
}

std::vector<LeftOut> PypiEcosystem::LeftOutOf(
    PackageId package, std::string_view of,
    absl::FunctionRef<bool(std::string_view version)> is_meant) const {
  const std::vector<NotAdmitted> not_admitted = builder_.not_admitted(package);
  std::vector<LeftOut> all;
  for (const auto& [kind, versions] : ByKind(not_admitted, is_meant)) {
    all.push_back(
        {.filter = std::string(pypi::Word(kind)),
         .count = versions.count,
         .example = Cat(versions.newest->version, " ", pypi::Describe(kind)),
         .sentence = pypi::LeftOutSentence(request_, of, versions.count, *versions.newest)});
  }
  return all;
}

std::vector<LeftOut> PypiEcosystem::NewerLeftOut(SolvableId chosen) const {
  const Solvable& candidate = universe().solvable(chosen);
  const std::string_view text = universe().Text(candidate.version);
  const std::optional<pypi::Version> version = pypi::Version::TryParse(text);
  if (!version) return {};
  const auto is_newer = [&](std::string_view other) {
    const std::optional<pypi::Version> parsed = pypi::Version::TryParse(other);
    return parsed && *version < *parsed;
  };
  return LeftOutOf(candidate.package, Cat(universe().name(candidate.package), ">", text), is_newer);
}

// ---- Questions.

absl::StatusOr<Wish> PypiEcosystem::Suppose(const PlacedText& text) {
  absl::StatusOr<pypi::Supposed> supposed = builder_.Suppose(text);
  if (!supposed.ok()) return supposed.status();
  return Wish{.text = std::move(supposed->text),
              .package = supposed->package,
              .extras = std::move(supposed->extras),
              .requirements = std::move(supposed->requirements),
              .is_name = supposed->specifiers.empty()};
}

std::vector<LeftOut> PypiEcosystem::LeftOutOf(const Wish& wish) const {
  const pypi::SpecifierSet specifiers = SpecifiersOf(wish);
  return LeftOutOf(wish.package, wish.text, [&](std::string_view version) {
    return specifiers.Contains(pypi::Candidate(version), pypi::Prereleases::kAllow);
  });
}

NearestVersions PypiEcosystem::NearestTo(const Wish& wish) const {
  std::map<pypi::Version, std::string> all;
  const auto add = [&](std::string_view text) {
    std::optional<pypi::Version> version = pypi::Version::TryParse(text);
    if (version) all.try_emplace(*std::move(version), text);
  };
  for (Position i = 0; i < universe().package(wish.package).count; ++i) {
    add(VersionOf(universe().at(wish.package, i)));
  }
  for (const NotAdmitted& version : builder_.not_admitted(wish.package)) add(version.version);
  std::optional<pypi::Version> named;
  const pypi::SpecifierSet specifiers = SpecifiersOf(wish);
  if (specifiers.specifiers().size() == 1) {
    const std::string text = specifiers.Text();
    if (text.starts_with("==")) named = pypi::Version::TryParse(text.substr(2));
  }
  const auto above = named ? all.upper_bound(*named) : all.end();
  NearestVersions nearest;
  if (above != all.end()) nearest.newer = above->second;
  if (above != all.begin()) nearest.older = std::prev(above)->second;
  return nearest;
}

}  // namespace accord::engine
