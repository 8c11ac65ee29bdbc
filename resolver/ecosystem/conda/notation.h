// How conda writes sets of records, and what a request left out of them, for explanations.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ecosystem/conda/request.h"
#include "ecosystem/conda/universe_builder.h"
#include "model/notation.h"

namespace accord::conda {

// The request and the builder outlive it. Records of one version are not told apart where all of
// them are meant: a set is written by versions.
class CondaNotation final : public Notation {
 public:
  CondaNotation(const ResolveRequest& request, const UniverseBuilder& builder)
      : request_(request), builder_(builder) {}

  [[nodiscard]] std::string OfSet(VersionSetId set) const override;
  [[nodiscard]] std::string OfRanges(PackageId package,
                                     std::span<const PositionRange> ranges) const override;
  [[nodiscard]] std::vector<FilteredVersions> LeftOutOf(VersionSetId set) const override;
  [[nodiscard]] std::string GivenOf(PackageId package) const override;
  [[nodiscard]] std::string PlaceOf(RequirementId requirement) const override {
    return builder_.PlacesOf(requirement);
  }
  [[nodiscard]] std::string PlaceOf(ConstraintId constraint) const override {
    return builder_.PlacesOf(constraint);
  }
  [[nodiscard]] std::vector<Placed> OverridesOf(PackageId, PackageId) const override { return {}; }
  [[nodiscard]] std::string BuildOf(SolvableId) const override { return {}; }

 private:
  const ResolveRequest& request_;
  const UniverseBuilder& builder_;
};

// Records that one reason leaves out.
struct LeftOutRecords {
  std::string_view filter;  // a word for machines
  uint32_t count = 0;
  std::string example;   // "2.0 h0_0 is too new"
  std::string sentence;  // "numpy >=2: 3 records are left out, e.g. 2.0 h0_0 is too new (...)"
};

// Whether records of other subdirs are told too.
enum class Subdirs : uint8_t { kOwn, kAll };

// One for each reason why records that the specifier of the package would admit are left out. Of
// records that are not admitted it is held against name, version and build.
[[nodiscard]] std::vector<LeftOutRecords> LeftOutOf(const UniverseBuilder& builder,
                                                    PackageId package, std::string_view specifier,
                                                    Subdirs subdirs);

}  // namespace accord::conda
