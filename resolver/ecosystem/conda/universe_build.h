// What a UniverseBuilder holds: the request in universe_build_request.cc, what is installed
// in universe_build_installed.cc, specifiers and sets in universe_build_specs.cc, records in
// universe_build_facts.cc, what they wait for in universe_build_await.cc. Internal to this folder.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_map.h"
#include "ecosystem/conda/condition.h"
#include "ecosystem/conda/plain_spec.h"
#include "ecosystem/conda/preference.h"
#include "ecosystem/conda/spec_members.h"
#include "ecosystem/conda/universe_builder.h"
#include "model/request_order.h"

namespace accord::conda {

[[nodiscard]] inline bool IsVirtualName(std::string_view name) { return name.starts_with("__"); }

class UniverseBuilder::Build {
 public:
  Build(const ResolveRequest& request, std::span<const metadata::Source* const> sources,
        SaidNames* said)
      : sources_(sources.begin(), sources.end()),
        request_(request),
        said_(said),
        version_specs_(request.dialect) {}

  absl::Status Begin();
  absl::Status Supply(const Needs& needs);
  absl::StatusOr<Supposed> Suppose(const PlacedText& text);

  Universe universe_;
  Problem problem_;
  std::vector<RequestedPackage> requested_;
  absl::flat_hash_map<RequirementId, std::vector<std::string>> places_;
  absl::flat_hash_map<ConstraintId, std::vector<std::string>> constraint_places_;
  size_t packages_read_ = 0;
  const std::vector<const metadata::Source*> sources_;
  const ResolveRequest& request_;
  SaidNames* const said_;  // null: all is said

  struct ReadSpec;
  struct PackageState {
    PackageId base;                              // valid exactly for extras
    std::string extra;                           // of an extra
    const VirtualPackage* is_virtual = nullptr;  // one that the target has
    std::optional<Candidates> candidates;        // once they were looked for
    // By channel, then by number of requirement; null: not read yet.
    std::vector<std::vector<ReadSpec*>> of_requirement;
    std::vector<ReadSpec*> waiting_specs;  // whose sets have no members yet
  };
  [[nodiscard]] const PackageState* FindState(PackageId package) const {
    return package.value() < states_.size() ? states_[package].get() : nullptr;
  }

  // What an environment that is there adds to a request, in the words of the neutral model.
  struct Wishes {
    std::vector<PlacedText> named;     // requested, with the request's own
    std::vector<PlacedText> earlier;   // requested, and decided behind those
    std::vector<PlacedText> kept;      // soft, names: decided behind all that is requested
    std::vector<PlacedText> removed;   // excluded, names
    std::vector<std::string> favored;  // names, for what is installed of them
    std::vector<std::string> locked;   // likewise
  };

  // A specifier's text, read. Each stays where it is.
  struct ReadSpec {
    std::optional<AskedOfRecords> asked;  // until members are found
    PackageId package;
    VersionSetId set;
    std::vector<PackageId> extras;
    ConditionId when;
    std::string when_text;  // " ; when ..."; empty: always
    std::optional<std::vector<PositionRange>> members;
    // Of the specifier alone, once they are made.
    RequirementId requirement;
    ConstraintId constraint;
  };

 private:
  class NeededByRecords;

  PackageState& State(PackageId package) {
    while (states_.size() <= package.value()) states_.Add(nullptr);
    std::unique_ptr<PackageState>& state = states_[package];
    if (state == nullptr) state = std::make_unique<PackageState>();
    return *state;
  }

  // ---- Specifiers.
  // Errors: as MatchSpec::Parse; InvalidInput for a name that is a pattern.
  absl::StatusOr<ReadSpec*> Read(std::string_view text);
  absl::StatusOr<ReadSpec> ReadNew(std::string_view text);
  // Of version and build alone; none: it may say more, or be wrong.
  std::optional<ReadSpec> ReadPlain(std::string_view text);
  absl::StatusOr<ConditionId> AddCondition(const Condition& condition);
  PackageId AddExtra(PackageId base, std::string_view extra);
  VersionSetId AddEverything(PackageId extra);
  // Of a specifier whose package's records were looked for, or that is virtual; found once.
  absl::StatusOr<const std::vector<PositionRange>*> MembersOf(ReadSpec& spec);
  // The set gets its members, at once or when the package's candidates arrive.
  absl::Status GiveMembers(ReadSpec& spec);

  // ---- What has to be said first.
  // That packages of these names can be loaded. Else Waiting, and nothing has happened.
  absl::Status Await(std::span<const std::string_view> names);
  absl::Status AwaitPackages(std::span<const PackageId> packages);
  // Of those that the request itself is to read.
  absl::Status AwaitRequest(const Wishes& wishes);
  // Awaited names that newest records of what is requested, and of these names, need in turn;
  // without `awaited`. What they say decides nothing.
  [[nodiscard]] std::vector<std::string> NamesAhead(std::span<const std::string_view> names,
                                                    const std::set<std::string>& awaited) const;
  [[nodiscard]] std::vector<std::string> NeedsOfNewest(std::string_view name) const;

  // ---- Records.
  absl::Status Load(PackageId package);
  // Only reads records: what the order of another package asks for.
  absl::Status FindCandidates(PackageId package);
  void SetAbsent(PackageId package);
  absl::Status SetCandidates(PackageId package);
  void SupplyDependencies(SolvableId solvable);
  // Of the package's records of a channel, by its number. Errors: as Read.
  absl::StatusOr<ReadSpec*> ReadRequirement(PackageId package, uint32_t channel,
                                            uint32_t requirement);
  absl::StatusOr<DependencySetId> AddDependencies(PackageId package, uint32_t channel,
                                                  uint32_t metadata);
  absl::Status AddNeed(PackageId package, uint32_t channel, uint32_t requirement,
                       DependencySet& needs);
  // The requirements on the specifier's package and its extras, where all conditions hold.
  void AddRequirements(ReadSpec& spec, ConditionId also, std::string_view also_text,
                       std::vector<RequirementId>& requirements);
  ConstraintId AddConstraint(ReadSpec& spec);
  ConditionId Both(ConditionId a, ConditionId b);

  // ---- The request.
  absl::Status AddVirtualPackages();
  absl::Status AddSpecs(const std::vector<PlacedText>& specs);  // what is requested
  void SortRequested();
  absl::Status AddLimits();
  absl::StatusOr<ReadSpec*> ReadPlaced(const PlacedText& text);
  absl::Status SetPriorities();
  // The order of decision, as indices.
  absl::StatusOr<std::vector<uint32_t>> OrderOf(std::span<const RequestedPackage> packages);
  using IndexOf = absl::flat_hash_map<PackageId, uint32_t>;
  absl::Status AddEdges(const RequestedPackage& requested, const IndexOf& index_of,
                        std::vector<RequirerEdge>& edges);

  // ---- What is installed.
  absl::StatusOr<Wishes> ReadWishes();
  absl::Status CheckChange();
  absl::Status AddLimitsOf(const Wishes& wishes);
  absl::StatusOr<VersionSetId> InstalledSet(const std::string& name);
  absl::Status AddKept(const std::vector<PlacedText>& names);

  absl::node_hash_map<std::string, ReadSpec, TextHash, TextEqual> specs_;  // by text
  VersionSpecs version_specs_;
  absl::flat_hash_set<PackageId> requested_packages_;
  // Those of them that the request itself names: decided before what was asked for earlier.
  absl::flat_hash_set<PackageId> named_packages_;
  std::vector<PackageId> given_order_;  // of each of the request's specifiers, as given
  // Null for those that nothing was asked of; each stays where it is.
  IdVector<PackageId, std::unique_ptr<PackageState>> states_;
};

}  // namespace accord::conda
