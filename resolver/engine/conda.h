// One conda request from text to answer, as resolve.h does for PyPI: the same search, the same
// answer.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/package_file.h"  // for the rooms above, which do not see ecosystems
#include "ecosystem/conda/request.h"
#include "ecosystem/conda/target.h"
#include "ecosystem/conda/time.h"
#include "engine/answer.h"
#include "engine/resolve.h"
#include "engine/why.h"
#include "metadata/source.h"

namespace accord::engine {

// What each source is called as a channel: the channel of its records, which is one of all; empty
// where they do not say. Errors: as Source::Find.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> ChannelsOf(
    std::span<const metadata::Source* const> sources);

// Sources are channels, in the order of priority. Virtual packages are no part of the solution.
// `texts` of the options means nothing here. Errors: as Resolve for PyPI.
[[nodiscard]] absl::StatusOr<Answer> Resolve(const conda::ResolveRequest& request,
                                             std::span<const metadata::Source* const> sources,
                                             const ResolveOptions& options = {});

// Then answers the questions about it, which take match specifiers. Errors: as Explain for PyPI.
[[nodiscard]] absl::StatusOr<Explained> Explain(const conda::ResolveRequest& request,
                                                std::span<const metadata::Source* const> sources,
                                                const WhyQuestions& questions,
                                                const ResolveOptions& options = {});

}  // namespace accord::engine
