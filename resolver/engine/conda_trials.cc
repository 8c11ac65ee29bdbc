// Changes of a conda request that may help where there is no solution.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"
#include "engine/conda_ecosystem.h"
#include "engine/pipeline.h"
#include "engine/request_changes.h"

namespace accord::engine {
namespace {

constexpr size_t kValuesTriedMax = 4;  // of one virtual package

// What the target could have instead: the versions that specifiers in the universe name, first the
// nearest newer ones, then older ones. Empty: any version would do.
std::vector<std::string> OtherVersions(const conda::UniverseBuilder& builder, PackageId package,
                                       const std::optional<conda::Version>& has) {
  const Universe& universe = builder.universe();
  std::set<conda::Version> newer;
  std::set<conda::Version> older;
  bool any = false;
  for (VersionSetId set(0); set.value() < universe.set_count();
       set = VersionSetId(set.value() + 1)) {
    if (universe.set(set).package != package || !universe.set(set).text.valid()) continue;
    const auto spec = conda::MatchSpec::Parse(universe.Text(universe.set(set).text),
                                              {.dialect = builder.dialect()});
    if (!spec.ok()) continue;
    any = any || !spec->version || spec->version->admits_all();
    if (!spec->version) continue;
    for (const conda::VersionClause& clause : spec->version->clauses()) {
      const conda::VersionOperator op = clause.op();
      const bool admits_it =
          op == conda::VersionOperator::kEqual || op == conda::VersionOperator::kFuzzy ||
          op == conda::VersionOperator::kCompatible ||
          op == conda::VersionOperator::kGreaterEqual || op == conda::VersionOperator::kLessEqual;
      if (!admits_it) continue;
      (has && *clause.version() <= *has ? older : newer).insert(*clause.version());
    }
  }
  std::vector<std::string> texts;
  if (any && !has) texts.emplace_back();
  for (const conda::Version& version : newer) texts.emplace_back(version.Text());
  for (auto it = older.rbegin(); it != older.rend(); ++it) {
    if (*it != *has) texts.emplace_back(it->Text());
  }
  texts.resize(std::min(texts.size(), kValuesTriedMax));
  return texts;
}

class PolicyChanges {
 public:
  PolicyChanges(const conda::ResolveRequest& request, const conda::UniverseBuilder& builder)
      : request_(request), builder_(builder) {}

  RequestChanges<conda::ResolveRequest> For(const explain::Explanation& explanation) {
    std::set<PackageId> packages;
    for (const explain::Node& node : explanation.nodes) {
      const PackageId package = builder_.universe().FindPackage(node.package);
      if (package.valid()) packages.insert(package);
    }
    AddAge(packages);
    AddPriority(packages);
    std::set<std::string_view> names;
    for (const PackageId package : packages) names.insert(builder_.universe().name(package));
    for (const std::string_view name : names) AddTargets(name);
    return std::move(changes_);
  }

 private:
  void AddAge(const std::set<PackageId>& packages);
  void AddPriority(const std::set<PackageId>& packages);
  void AddTargets(std::string_view name);

  const conda::ResolveRequest& request_;
  const conda::UniverseBuilder& builder_;
  RequestChanges<conda::ResolveRequest> changes_;
};

void PolicyChanges::AddAge(const std::set<PackageId>& packages) {
  const auto has_left_out = [&](PackageId package) {
    const conda::Candidates* candidates = builder_.CandidatesOf(package);
    return candidates != nullptr &&
           std::ranges::any_of(candidates->not_admitted(), [](const conda::NotAdmitted& one) {
             return one.kind != conda::NotAdmittedKind::kInvalidVersion;
           });
  };
  if (std::ranges::none_of(packages, has_left_out)) return;
  changes_.Add(HintKind::kExcludeNewer, "", "no exclude-newer",
               [](conda::ResolveRequest& changed) { changed.exclude_newer = {}; });
}

void PolicyChanges::AddPriority(const std::set<PackageId>& packages) {
  if (request_.channel_priority != conda::ChannelPriority::kStrict) return;
  const auto has_hidden = [&](PackageId package) {
    return builder_.HiddenOf(package, builder_.universe().name(package)).has_value();
  };
  if (std::ranges::none_of(packages, has_hidden)) return;
  changes_.Add(HintKind::kChannelPriority, "flexible",
               "records of later channels (--channel-priority flexible)",
               [](conda::ResolveRequest& changed) {
                 changed.channel_priority = conda::ChannelPriority::kFlexible;
               });
}

// Another version of what the target has, or what it has not; not another system.
void PolicyChanges::AddTargets(std::string_view name) {
  if (!name.starts_with("__") || name == "__archspec") return;
  const auto given =
      std::ranges::find(request_.virtual_packages, name, &conda::VirtualPackage::name);
  const bool is_there = given != request_.virtual_packages.end();
  const bool is_system =
      name == "__unix" || name == "__linux" || name == "__osx" || name == "__win";
  if (!is_there && is_system) return;
  const std::optional<conda::Version> has =
      is_there ? conda::Version::TryParse(given->version) : std::nullopt;
  const PackageId package = builder_.universe().FindPackage(name);
  for (const std::string& version : OtherVersions(builder_, package, has)) {
    const std::string meant = Cat(name.substr(2), version.empty() ? "" : " ", version);
    changes_.Add(HintKind::kTarget, Cat(name, version.empty() ? "" : " ", version),
                 Cat("a target with ", meant),
                 [one = conda::VirtualPackage{.name = std::string(name),
                                              .version = version.empty() ? "0" : version,
                                              .build = is_there ? given->build : "0"}](
                     conda::ResolveRequest& changed) {
                   std::erase_if(changed.virtual_packages, [&](const conda::VirtualPackage& old) {
                     return old.name == one.name;
                   });
                   changed.virtual_packages.push_back(one);
                 });
  }
}

}  // namespace

// Asked for first, in each run.
std::vector<Trial> CondaEcosystem::TrialsOfFilters(const explain::Explanation& explanation) const {
  trying_ = 0;
  return PolicyChanges(request_, builder_)
      .For(explanation)
      .Trials(request_, [this](conda::ResolveRequest changed, const ResolveOptions& options) {
        return SolveChanged(std::move(changed), options);
      });
}

std::vector<PlacedText> CondaEcosystem::TextsOf(RequestPart part) const {
  if (part == RequestPart::kOverrides) return {};
  return request_.*TextsIn(part, &conda::ResolveRequest::specs);
}

std::string CondaEcosystem::NameIn(const PlacedText& text) const {
  const auto spec = conda::MatchSpec::Parse(text.text, {.dialect = request_.dialect});
  return spec.ok() ? spec->name.Canonical() : std::string();
}

std::optional<Problem> CondaEcosystem::ProblemWithout(RequestPart part,
                                                      std::span<const size_t> texts) const {
  const auto of_part = TextsIn(part, &conda::ResolveRequest::specs);
  return of_part == nullptr ? std::nullopt : builder_.ProblemWithout(of_part, texts);
}

absl::StatusOr<Answer> CondaEcosystem::SolveWithout(RequestPart part, std::span<const size_t> texts,
                                                    const ResolveOptions& options) const {
  conda::ResolveRequest changed = request_;
  EraseAt(texts, changed.*TextsIn(part, &conda::ResolveRequest::specs));
  return SolveChanged(std::move(changed), options);
}

// Whether there is a solution hangs on no order, and the default one reads every requested package
// first.
absl::StatusOr<Answer> CondaEcosystem::SolveChanged(conda::ResolveRequest changed,
                                                    const ResolveOptions& options) const {
  if (trying_ < tried_.size()) return tried_[trying_++];
  changed.order = RequestOrder::kName;
  ResolveOptions without_files = options;
  without_files.tell_files = false;
  absl::StatusOr<Answer> answer = Resolve(
      std::make_unique<CondaEcosystem>(changed, sources_, without_files, reading_), without_files);
  if (IsWaiting(answer.status())) return answer;
  ++trying_;
  return tried_.emplace_back(std::move(answer));
}

}  // namespace accord::engine
