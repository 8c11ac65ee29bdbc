// What a UniverseBuilder holds. Texts of the request are request_reader.h, of metadata
// requirement_reader.h; who is admitted is admission.h; here their meaning goes into the Universe:
// the request in universe_build_request.cc, facts in universe_build_facts.cc. Internal to this
// folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_map.h"
#include "absl/functional/function_ref.h"
#include "ecosystem/pypi/direct_reference.h"
#include "ecosystem/pypi/file_choice.h"
#include "ecosystem/pypi/order.h"
#include "ecosystem/pypi/request_reader.h"
#include "ecosystem/pypi/requirement_reader.h"
#include "ecosystem/pypi/universe_builder.h"
#include "ecosystem/pypi/version_ranges.h"

namespace accord::pypi {

class UniverseBuilder::Build {
  // Versions by specifiers, or the one that comes from a URL.
  struct SetText {
    SpecifierTextId specifiers;
    std::string url = {};
    // Under PrereleasePolicy::kPep440 requirements filter, and limits do not.
    bool limit = false;
  };
  // One requirement of metadata or of an override. Views of what outlives the build.
  struct Need {
    std::string_view name;
    SpecifierTextId specifiers;
    std::span<const std::string> extras;
    std::string_view url;
  };

 public:
  Build(const ResolveRequest& request, std::span<const metadata::Source* const> sources,
        const Executor* executor)
      : reader_(request.environment, specifiers_),
        request_(request),
        sources_(sources.begin(), sources.end()),
        executor_(executor) {}

  absl::Status Begin();
  absl::Status Supply(const Needs& needs);
  absl::StatusOr<Supposed> Suppose(const PlacedText& text);

  AskedTexts asked_;
  SpecifierTexts specifiers_;
  RequirementReader reader_;
  Universe universe_;
  Problem problem_;
  std::vector<RequestedPackage> requested_;
  absl::flat_hash_map<RequirementId, std::vector<std::string>> places_;
  absl::flat_hash_map<ConstraintId, std::vector<std::string>> constraint_places_;
  size_t packages_read_ = 0;

  struct KnownMetadata {
    const metadata::PackageFacts* facts = nullptr;
    uint32_t metadata = 0;
  };
  struct PackageState {
    PackageId base;                                    // valid exactly for extras
    std::string extra;                                 // normal
    std::vector<const metadata::PackageFacts*> facts;  // one per source that counts
    std::vector<uint32_t> sources;                     // of which source each is
    const DirectPackage* direct = nullptr;             // asked for by URL: its own facts
    AdmittedPackage versions;
    // By position, read when a set first looks at it.
    std::vector<std::optional<Version>> parsed;
    // Sets named before the versions were known; they get their members on arrival.
    std::vector<std::pair<VersionSetId, SetText>> waiting_sets;
    // By its facts, then by number of metadata.
    std::vector<std::vector<DependencySetId>> of_metadata;
  };
  [[nodiscard]] const PackageState* FindState(PackageId package) const {
    return package.value() < states_.size() ? states_[package].get() : nullptr;
  }
  // Of a version; null for extras.
  [[nodiscard]] const AdmittedVersion* AdmittedOf(SolvableId solvable) const;
  // None for extras, and where it is not known.
  [[nodiscard]] std::optional<KnownMetadata> MetadataOf(SolvableId solvable) const;
  [[nodiscard]] absl::StatusOr<CandidateFacts> FactsOf(SolvableId solvable,
                                                       const AdmittedVersion& version);
  // The sdist that must be built before the candidate's needs are known; empty: none.
  [[nodiscard]] std::string BuildNeededBy(SolvableId solvable) const;
  // Those that replace what the dependant asks of the name: its own, else those for everybody.
  struct NeedOverride {
    const AskedOverride* from = nullptr;
    SpecifierTextId specifiers;
  };
  [[nodiscard]] std::vector<NeedOverride> OverridesOf(std::string_view dependant,
                                                      std::string_view needed) const;

 private:
  PackageState& State(PackageId package) {
    while (states_.size() <= package.value()) states_.Add(nullptr);
    std::unique_ptr<PackageState>& state = states_[package];
    if (state == nullptr) state = std::make_unique<PackageState>();
    return *state;
  }
  PackageId AddExtra(PackageId base, std::string_view extra);
  VersionSetId AddSet(PackageId package, const SetText& text);
  VersionSetId AddEverything(PackageId package) {
    return AddSet(package, {.specifiers = everything_});
  }
  void GiveMembers(PackageId package, VersionSetId set, const SetText& text);
  [[nodiscard]] std::vector<PositionRange> MembersOf(PackageId package, const SetText& text);
  [[nodiscard]] static std::string_view SpelledAt(const PackageState& state, Position position);
  [[nodiscard]] static const Version& VersionAt(PackageState& state, Position position);
  RequirementId AddRequirement(VersionSetId set, ConditionId when, std::string_view when_text);

  absl::Status Load(PackageId package);
  void ReadTogether(std::span<const PackageId> packages) const;
  absl::Status FindFacts(PackageId package);
  void SetAbsent(PackageId package);
  void SetCandidates(PackageId package);
  void SetPreference(PackageId package);
  void SupplyDependencies(SolvableId solvable);
  DependencySetId AddDependencies(PackageId package, const KnownMetadata& metadata);
  // What a package's metadata asks for, overrides and no-deps applied, in the order of the texts.
  void ForEachNeed(PackageId package, const KnownMetadata& metadata,
                   absl::FunctionRef<void(const Need& need, const ExtraCondition& when)> visit);
  [[nodiscard]] bool IsRequestedUrl(PackageId package, std::string_view url);
  void AddNeed(PackageId package, const Need& need, const ExtraCondition& when,
               std::vector<RequirementId>& out);

  // "one of these extras of the package is requested", and the same as a requirement's text has it.
  struct UnderExtras {
    ConditionId condition;
    std::string text;
  };
  const UnderExtras& UnderExtrasOf(PackageId package, const ExtraCondition& when);

  void NoteWishes(const AskedTexts& asked);
  absl::Status ReadUrls(const AskedTexts& asked);
  void AddRequested(const AskedTexts& asked);
  void AddLimits(const AskedTexts& asked);
  VersionSetId AddLimit(const Asked& asked);
  std::vector<Restriction> AddRestrictions(const std::vector<Asked>& asked);
  absl::Status SetPriorities(const AskedTexts& asked);
  absl::Status AddEdges(uint32_t requirer, std::vector<RequirerEdge>& edges);

  const ResolveRequest& request_;
  const std::vector<const metadata::Source*> sources_;
  const Executor* const executor_;    // null: one after the other
  std::optional<FileChooser> files_;  // from Begin on
  std::optional<Admission> admission_;
  TextMap<std::vector<NeedOverride>> overrides_;  // by the name they replace
  absl::flat_hash_set<PackageId> requested_packages_;
  absl::node_hash_map<std::pair<PackageId, const ExtraCondition*>, UnderExtras> under_extras_;
  std::vector<std::unique_ptr<const DirectPackage>> directs_;
  const SpecifierTextId everything_ = specifiers_.Add(SpecifierSet());
  // Null for those that nothing was asked of; each stays where it is.
  IdVector<PackageId, std::unique_ptr<PackageState>> states_;
};

}  // namespace accord::pypi
