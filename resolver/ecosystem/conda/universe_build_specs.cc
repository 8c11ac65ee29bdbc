// Specifiers into the Universe: sets, conditions and extras.
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/plain_spec.h"
#include "ecosystem/conda/spec_text.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {

absl::StatusOr<UniverseBuilder::Build::ReadSpec*> UniverseBuilder::Build::Read(
    std::string_view text) {
  if (const auto known = specs_.find(text); known != specs_.end()) return &known->second;
  absl::StatusOr<ReadSpec> read = ReadNew(text);
  if (!read.ok()) return read.status();
  ReadSpec& spec = specs_.emplace(std::string(text), *std::move(read)).first->second;
  ACCORD_RETURN_IF_ERROR(GiveMembers(spec));
  return &spec;
}

// What is wrong is left to MatchSpec, which says so.
std::optional<UniverseBuilder::Build::ReadSpec> UniverseBuilder::Build::ReadPlain(
    std::string_view text) {
  const std::optional<PlainParts> parts = PlainParts::Of(text);
  if (!parts) return std::nullopt;
  std::shared_ptr<const VersionSpec> version;
  if (!parts->version.empty()) {
    version = version_specs_.Find(parts->version);
    if (version == nullptr) return std::nullopt;
  }
  std::optional<TextMatch> build;
  if (!parts->build.empty()) {
    absl::StatusOr<TextMatch> parsed = TextMatch::Parse(parts->build, request_.dialect);
    if (!parsed.ok()) return std::nullopt;
    build = *std::move(parsed);
  }
  std::optional<ReadSpec> read(std::in_place);
  const std::string name = LowerText(parts->name);
  read->package = universe_.AddPackage(name);
  read->set =
      universe_.AddSet(read->package, SpecText(name, version.get(), build ? &*build : nullptr));
  read->asked.emplace(std::move(version), std::move(build));
  return read;
}

absl::StatusOr<UniverseBuilder::Build::ReadSpec> UniverseBuilder::Build::ReadNew(
    std::string_view text) {
  if (std::optional<ReadSpec> plain = ReadPlain(text)) return *std::move(plain);
  absl::StatusOr<MatchSpec> parsed = MatchSpec::Parse(text, {.dialect = request_.dialect});
  if (!parsed.ok()) return parsed.status();
  if (parsed->name.kind() != TextMatch::Kind::kExact) {
    return InvalidInput(Quoted(text), Cat("the name of one package is expected, found ",
                                          Quoted(parsed->name.Text())));
  }
  ReadSpec read;
  MatchSpec& spec = *parsed;
  read.package = universe_.AddPackage(spec.name.Canonical());
  for (const std::string& extra : std::exchange(spec.extras, {})) {
    read.extras.push_back(AddExtra(read.package, extra));
  }
  if (const auto when = std::exchange(spec.when, nullptr); when != nullptr) {
    const absl::StatusOr<ConditionId> condition = AddCondition(*when);
    if (!condition.ok()) return condition.status();
    read.when = *condition;
    read.when_text = Cat(" ; when ", when->Canonical());
  }
  read.set = universe_.AddSet(read.package, SpecText(spec));
  read.asked.emplace(std::move(spec));
  return read;
}

// Postfix steps, as Condition::Holds takes them.
absl::StatusOr<ConditionId> UniverseBuilder::Build::AddCondition(const Condition& condition) {
  std::vector<ConditionId> stack;
  size_t next = 0;
  for (const Condition::Step step : condition.steps()) {
    if (step == Condition::Step::kSpec) {
      const absl::StatusOr<ReadSpec*> spec = Read(condition.specs()[next++].Canonical());
      if (!spec.ok()) return spec.status();
      stack.push_back(universe_.AddHas((*spec)->set));
      continue;
    }
    const ConditionId top = stack.back();
    stack.pop_back();
    const auto kind = step == Condition::Step::kAnd ? accord::Condition::Kind::kAnd
                                                    : accord::Condition::Kind::kOr;
    stack.back() = universe_.AddFormula(kind, {stack.back(), top});
  }
  return stack.back();
}

ConditionId UniverseBuilder::Build::Both(ConditionId a, ConditionId b) {
  if (!a.valid() || !b.valid()) return a.valid() ? a : b;
  return universe_.AddFormula(accord::Condition::Kind::kAnd, {a, b});
}

PackageId UniverseBuilder::Build::AddExtra(PackageId base, std::string_view extra) {
  const PackageId package = universe_.AddPackage(Cat(universe_.name(base), "[", extra, "]"));
  if (universe_.package(package).knowledge != Knowledge::kPending) return package;
  PackageState& state = State(package);
  state.base = base;
  state.extra = std::string(extra);
  const std::string_view versions[] = {"extra"};
  universe_.SetCandidates(package, versions);
  universe_.SetDependencies(universe_.at(package, 0), universe_.AddDependencySet({}));
  return package;
}

VersionSetId UniverseBuilder::Build::AddEverything(PackageId extra) {
  const VersionSetId all = universe_.AddSet(extra, universe_.name(extra));
  const PositionRange only[] = {{0, 0}};
  if (!universe_.set(all).known) universe_.SetMembers(all, only);
  return all;
}

absl::StatusOr<const std::vector<PositionRange>*> UniverseBuilder::Build::MembersOf(
    ReadSpec& spec) {
  if (spec.members) return &*spec.members;
  const PackageState& state = State(spec.package);
  if (state.is_virtual != nullptr) {
    const std::optional<Version> version = Version::TryParse(state.is_virtual->version);
    const bool fits = spec.asked->Matches({.name = state.is_virtual->name,
                                           .version = version ? &*version : nullptr,
                                           .build = state.is_virtual->build});
    spec.members.emplace();
    if (fits) spec.members->push_back({0, 0});
  } else if (!state.candidates) {
    spec.members.emplace();  // a name that does not exist, or is unknown
  } else {
    absl::StatusOr<std::vector<PositionRange>> found =
        conda::MembersOf(*spec.asked, *state.candidates);
    if (!found.ok()) return found.status();
    spec.members = *std::move(found);
  }
  spec.asked.reset();
  return &*spec.members;
}

absl::Status UniverseBuilder::Build::GiveMembers(ReadSpec& spec) {
  if (universe_.set(spec.set).known) return absl::OkStatus();
  if (universe_.package(spec.package).knowledge == Knowledge::kPending) {
    State(spec.package).waiting_specs.push_back(&spec);
    return absl::OkStatus();
  }
  const absl::StatusOr<const std::vector<PositionRange>*> members = MembersOf(spec);
  if (!members.ok()) return members.status();
  universe_.SetMembers(spec.set, **members);
  return absl::OkStatus();
}

void UniverseBuilder::Build::AddRequirements(ReadSpec& spec, ConditionId also,
                                             std::string_view also_text,
                                             std::vector<RequirementId>& requirements) {
  if (!also.valid() && spec.requirement.valid()) {
    requirements.push_back(spec.requirement);
  } else {
    const StringId text = universe_.set(spec.set).text;
    const bool is_plain = spec.when_text.empty() && also_text.empty();
    requirements.push_back(universe_.AddRequirement(
        {.alternatives = {spec.set},
         .condition = Both(spec.when, also),
         .text = is_plain
                     ? text
                     : universe_.AddText(Cat(universe_.Text(text), spec.when_text, also_text))}));
    if (!also.valid()) spec.requirement = requirements.back();
  }
  for (const PackageId extra : spec.extras) {
    const StringId text = universe_.AddText(Cat(universe_.name(extra), spec.when_text, also_text));
    requirements.push_back(universe_.AddRequirement({.alternatives = {AddEverything(extra)},
                                                     .condition = Both(spec.when, also),
                                                     .text = text}));
  }
}

ConstraintId UniverseBuilder::Build::AddConstraint(ReadSpec& spec) {
  if (!spec.constraint.valid()) {
    const std::string_view set = universe_.Text(universe_.set(spec.set).text);
    const StringId text = universe_.AddText(Cat(set, spec.when_text));
    spec.constraint =
        universe_.AddConstraint({.set = spec.set, .condition = spec.when, .text = text});
  }
  return spec.constraint;
}

}  // namespace accord::conda
