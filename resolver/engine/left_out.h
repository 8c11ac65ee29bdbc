// Versions that filters of the request left out, by filter: for answers that name some versions.
#pragma once

#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/why.h"

namespace accord::engine {

// Of a package whose facts are read, those versions that `is_meant` takes, by their texts; `of` is
// what they are together: "click>=8".
[[nodiscard]] std::vector<LeftOut> LeftOutOf(
    const pypi::ResolveRequest& request, const pypi::UniverseBuilder& builder, PackageId package,
    std::string_view of, absl::FunctionRef<bool(std::string_view version)> is_meant);

// Those that are newer than a candidate.
[[nodiscard]] std::vector<LeftOut> NewerLeftOut(const pypi::ResolveRequest& request,
                                                const pypi::UniverseBuilder& builder,
                                                SolvableId than);

}  // namespace accord::engine
