// What a UniverseBuilder holds. Texts of the request are request_reader.h, of metadata
// requirement_reader.h; who is admitted is admission.h; here their meaning goes into the Universe:
// the request in universe_build_request.cc, facts in universe_build_facts.cc, what they need in
// universe_build_needs.cc; facts that come later in universe_build_later.cc. Internal to this
// folder.
#pragma once

#include <map>
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
#include "ecosystem/pypi/request_reader.h"
#include "ecosystem/pypi/requirement_reader.h"
#include "ecosystem/pypi/universe_builder.h"
#include "ecosystem/pypi/version_ranges.h"
#include "metadata/later_source.h"
#include "model/request_order.h"

namespace accord::pypi {

class UniverseBuilder::Build {
  // Versions by specifiers, or the one that comes from a URL.
  struct SetText {
    SpecifierTextId specifiers;
    std::string_view url = {};  // a view of what outlives the build
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
        const BuilderOptions& options)
      : texts_(options.texts != nullptr && request.direct.empty() ? *options.texts : own_texts_),
        specifiers_(texts_.specifiers()),
        reader_(request.environment, texts_),
        request_(request),
        sources_(sources.begin(), sources.end()),
        executor_(options.executor) {
    FindLater();
  }

  absl::Status Begin();
  absl::Status Supply(const Needs& needs);
  absl::StatusOr<Supposed> Suppose(const PlacedText& text);

  AskedTexts asked_;
  FactTexts own_texts_;
  FactTexts& texts_;
  SpecifierTexts& specifiers_;
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
  // What came of a candidate after its list.
  struct LaterMetadata {
    bool is_read = false;
    const metadata::PackageFacts* facts = nullptr;  // its metadata 0; null: it cannot be known
    std::string_view unknown_because;
    std::optional<VersionFault> fault;  // it cannot be chosen
  };
  struct PackageState {
    PackageId base;                                    // valid exactly for extras
    std::string extra;                                 // normal
    std::vector<const metadata::PackageFacts*> facts;  // one per source that counts
    std::vector<uint32_t> sources;                     // of which source each is
    const DirectPackage* direct = nullptr;             // asked for by URL: its own facts
    AdmittedPackage versions;
    std::vector<VersionTexts*> texts;  // of each source; read when a set first looks at them
    // Sets named before the versions were known; they get their members on arrival.
    std::vector<std::pair<VersionSetId, SetText>> waiting_sets;
    // By its facts, then by number of metadata.
    std::vector<std::vector<DependencySetId>> of_metadata;
    // By its facts, then by number of requirement: one more than where its list begins in needed_;
    // 0: it was not asked for yet.
    std::vector<std::vector<uint32_t>> of_requirement;
    std::vector<LaterMetadata> later;  // by position; none: all stood in lists
    // Positions that `later` has a fault of, once somebody has asked.
    std::optional<std::vector<Position>> told_faults;
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
  // The version as its source spells it.
  [[nodiscard]] static std::string_view SpelledAt(const PackageState& state, Position position);
  // Of the sources the one whose facts come later; null: there is none.
  const metadata::LaterSource* later_ = nullptr;
  // Of packages whose metadata come later: what is wrong with candidates that were looked at. What
  // was told once stays so, however much more is looked at then.
  [[nodiscard]] const std::vector<Position>& LaterFaults(PackageId package);
  // Of the last Waiting: names, and files whose metadata are wanted; none: the name's list.
  std::map<std::string, std::vector<std::string>> awaited_;

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
  [[nodiscard]] const Version& VersionAt(PackageState& state, Position position);
  [[nodiscard]] StringId TextOf(SpecifierTextId specifiers);
  RequirementId AddRequirement(VersionSetId set, ConditionId when, std::string_view when_text);

  absl::Status Load(PackageId package);
  void ReadTogether(std::span<const PackageId> packages) const;
  absl::Status FindFacts(PackageId package);
  void SetLacking(PackageId package);
  void SetAbsent(PackageId package);
  void SetCandidates(PackageId package);
  void SetPreference(PackageId package);
  void SupplyDependencies(SolvableId solvable);
  // `known`: an entry of PackageState::of_requirement; null: of facts that nothing is kept of.
  DependencySetId AddDependencies(PackageId package, const KnownMetadata& metadata,
                                  std::vector<uint32_t>* known);
  // Where the list of the requirement begins in needed_.
  uint32_t NeededOf(PackageId package, const KnownMetadata& metadata, uint32_t requirement,
                    std::vector<uint32_t>* known);
  using VisitNeed = absl::FunctionRef<void(const Need& need, const ExtraCondition& when)>;
  // What one requirement of a package asks for, overrides applied. Whether another metadata that
  // has it asks for the same.
  bool ForEachNeedOf(PackageId package, const KnownMetadata& metadata, uint32_t requirement,
                     VisitNeed visit);
  [[nodiscard]] bool IsRequestedUrl(PackageId package, std::string_view url);
  void AddNeed(PackageId package, const Need& need, const ExtraCondition& when);

  // "one of these extras of the package is requested", and the same as a requirement's text has it.
  struct UnderExtras {
    ConditionId condition;
    std::string text;
  };
  const UnderExtras& UnderExtrasOf(PackageId package, const ExtraCondition& when);

  absl::Status ReadAsked();
  void NoteWishes(const AskedTexts& asked);
  absl::Status ReadUrls(const AskedTexts& asked);
  void AddRequested(const AskedTexts& asked);
  void AddLimits(const AskedTexts& asked);
  VersionSetId AddLimit(const Asked& asked);
  std::vector<Restriction> AddRestrictions(const std::vector<Asked>& asked);
  absl::Status SetPriorities(const AskedTexts& asked);
  absl::Status AddEdges(uint32_t requirer, std::vector<RequirerEdge>& edges);
  // Its best candidate that nothing is known against; invalid: none.
  [[nodiscard]] SolvableId BestOf(PackageId package);

  void FindLater();
  [[nodiscard]] bool IsAwaited(PackageId package) const;
  // Somebody says that there is none of it, or that it cannot be known: no other source counts.
  [[nodiscard]] bool IsDenied(PackageId package) const;
  // The file of the candidate whose metadata come after the list; empty: they do not.
  [[nodiscard]] std::string_view LaterFileOf(SolvableId solvable) const;
  // Waiting where something of the needs has still to be said; nothing is added.
  absl::Status Await(const Needs& needs);
  // The lists of all that the request asks for, and what the best of each needs.
  absl::Status AwaitRequested();
  // What was said of a candidate since its list, which is not awaited; null: its list says all.
  const LaterMetadata* ReadLater(SolvableId solvable);
  // What was said of it since its list speaks against it.
  [[nodiscard]] bool IsFaulty(SolvableId solvable);
  // Dependencies that nobody can meet.
  [[nodiscard]] DependencySetId AddFault(const VersionFault& fault);

  const ResolveRequest& request_;
  const std::vector<const metadata::Source*> sources_;
  const Executor* const executor_;  // null: one after the other
  uint32_t later_at_ = 0;           // which of the sources later_ is
  bool is_asked_ = false;
  std::optional<FileChooser> files_;  // from Begin on
  std::optional<Admission> admission_;
  TextMap<std::vector<NeedOverride>> overrides_;  // by the name they replace
  absl::flat_hash_set<PackageId> requested_packages_;
  absl::node_hash_map<std::pair<PackageId, const ExtraCondition*>, UnderExtras> under_extras_;
  std::vector<std::unique_ptr<const DirectPackage>> directs_;
  const SpecifierTextId everything_ = specifiers_.Add(SpecifierSet());
  // Null for those that nothing was asked of; each stays where it is.
  IdVector<PackageId, std::unique_ptr<PackageState>> states_;
  // Lists of what requirements become, each ended by an id that is none. Versions of a package
  // mostly repeat what the one before asked for.
  std::vector<RequirementId> needed_;
  IdVector<SpecifierTextId, StringId> set_texts_;  // none: not a set's text yet
  std::string written_;                            // a text on its way into the Universe
};

}  // namespace accord::pypi
