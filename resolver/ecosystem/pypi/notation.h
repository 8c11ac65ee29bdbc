// PyPI's notation (model/notation.h): specifiers, extras, and a sentence for each filter that names
// the switch which sets it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecosystem/pypi/admission.h"
#include "ecosystem/pypi/universe_builder.h"
#include "model/notation.h"

namespace accord::pypi {

// The kind for machines: "requiresPython", "prerelease", ...
[[nodiscard]] std::string_view Word(NotAdmittedKind kind);

// "a>=1: 3 versions require another Python, e.g. 2 needs >=3.13; the target is 3.11 (--python)".
// `count` versions, of which the last stands as the example; `of` is what they would be in.
[[nodiscard]] std::string LeftOutSentence(const ResolveRequest& request, std::string_view of,
                                          uint32_t count, const NotAdmitted& example);

class PypiNotation : public Notation {
 public:
  // Both outlive the notation.
  PypiNotation(const ResolveRequest& request, const UniverseBuilder& builder)
      : request_(request), builder_(builder) {}

  [[nodiscard]] std::string OfSet(VersionSetId set) const override;
  [[nodiscard]] std::string OfRanges(PackageId package,
                                     std::span<const PositionRange> ranges) const override;
  [[nodiscard]] std::vector<FilteredVersions> LeftOutOf(VersionSetId set) const override;
  [[nodiscard]] std::vector<FilteredVersions> FilteredAmong(
      PackageId package, std::span<const PositionRange> ranges) const override;
  [[nodiscard]] std::string PlaceOf(RequirementId requirement) const override {
    return builder_.PlacesOf(requirement);
  }
  [[nodiscard]] std::string PlaceOf(ConstraintId constraint) const override {
    return builder_.PlacesOf(constraint);
  }
  [[nodiscard]] std::vector<Placed> OverridesOf(PackageId dependant,
                                                PackageId needed) const override;
  [[nodiscard]] std::string BuildOf(SolvableId solvable) const override {
    return builder_.BuildNeededBy(solvable);
  }

 private:
  // `of`: what they would be in.
  [[nodiscard]] std::vector<FilteredVersions> ByFilter(const std::vector<NotAdmitted>& versions,
                                                       std::string_view of) const;

  const ResolveRequest& request_;
  const UniverseBuilder& builder_;
};

}  // namespace accord::pypi
