// The ids of the neutral words. Each is dense within one Universe.
#pragma once

#include "base/id.h"
#include "base/interner.h"

namespace accord {

struct PackageTag;
struct SolvableTag;
struct VersionSetTag;
struct ConditionTag;
struct RequirementTag;
struct ConstraintTag;
struct DependencySetTag;
struct GroupTag;

using PackageId = Id<PackageTag>;              // a package's name in its ecosystem
using SolvableId = Id<SolvableTag>;            // a candidate: one version or build from one source
using VersionSetId = Id<VersionSetTag>;        // a set of candidates of one package
using ConditionId = Id<ConditionTag>;          // and/or over "has a member of"; invalid = always
using RequirementId = Id<RequirementTag>;      // must have one of
using ConstraintId = Id<ConstraintTag>;        // if present then only
using DependencySetId = Id<DependencySetTag>;  // what a candidate needs; shared by many
using GroupId = Id<GroupTag>;                  // an exclusion group beside the packages' own

// Where a candidate stands in its package's version order: 0 is the oldest. Not preference.
using Position = uint32_t;

}  // namespace accord
