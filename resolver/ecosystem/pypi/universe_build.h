// What a UniverseBuilder holds. Texts of the request are request_reader.h, of metadata
// requirement_reader.h; who is admitted is admission.h; here their meaning goes into the Universe:
// the request in universe_build_request.cc, facts in universe_build_facts.cc. Internal to this
// folder.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ecosystem/pypi/order.h"
#include "ecosystem/pypi/request_reader.h"
#include "ecosystem/pypi/requirement_reader.h"
#include "ecosystem/pypi/universe_builder.h"

namespace accord::pypi {

class UniverseBuilder::Build {
 public:
  Build(const ResolveRequest& request, std::span<const metadata::Source* const> sources)
      : request_(request),
        sources_(sources.begin(), sources.end()),
        reader_(request.environment, specifiers_),
        admission_(request, reader_) {}

  absl::Status Begin();
  absl::Status Supply(const Needs& needs);

  Universe universe_;
  Problem problem_;
  std::vector<RequestedPackage> requested_;
  absl::flat_hash_map<RequirementId, std::vector<std::string>> places_;
  size_t packages_read_ = 0;

  struct PackageState {
    PackageId base;     // valid exactly for extras
    std::string extra;  // normal
    const metadata::PackageRecord* record = nullptr;
    AdmittedPackage versions;
    // Sets named before the versions were known; they get their members on arrival.
    std::vector<std::pair<VersionSetId, SpecifierTextId>> waiting_sets;
    std::vector<DependencySetId> of_metadata;  // by index into the record's metadata
  };
  [[nodiscard]] const PackageState* FindState(PackageId package) const {
    return package.value() < states_.size() ? &states_[package] : nullptr;
  }
  [[nodiscard]] const metadata::MetadataRecord* MetadataOf(SolvableId solvable) const;

 private:
  PackageState& State(PackageId package) {
    states_.GrowTo(universe_.package_count());
    return states_[package];
  }
  PackageId AddExtra(PackageId base, std::string_view extra);
  VersionSetId AddSet(PackageId package, SpecifierTextId specifiers);
  void GiveMembers(PackageId package, VersionSetId set, SpecifierTextId specifiers);
  RequirementId AddRequirement(VersionSetId set, ConditionId when, std::string_view when_text);

  absl::Status Load(PackageId package);
  void SetAbsent(PackageId package);
  void SupplyDependencies(SolvableId solvable);
  DependencySetId AddDependencies(PackageId package, const metadata::MetadataRecord& metadata);
  void AddRequirementsOf(PackageId package, RequirementTextId text, const ExtraCondition& when,
                         std::vector<RequirementId>& out);

  void NoteWishes(const AskedTexts& asked);
  void AddRequested(const AskedTexts& asked);
  void AddLimits(const AskedTexts& asked);
  std::vector<Restriction> AddRestrictions(const std::vector<Asked>& asked);
  absl::Status SetPriorities(const AskedTexts& asked);
  absl::Status AddEdges(uint32_t requirer, std::vector<RequirerEdge>& edges);

  const ResolveRequest& request_;
  const std::vector<const metadata::Source*> sources_;
  SpecifierTexts specifiers_;
  RequirementReader reader_;
  Admission admission_;
  const SpecifierTextId everything_ = specifiers_.Add(SpecifierSet());
  IdVector<PackageId, PackageState> states_;
};

}  // namespace accord::pypi
