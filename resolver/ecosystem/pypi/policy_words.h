// The words of PyPI's own policies, and those that all ecosystems share.
#pragma once

#include <array>
#include <string_view>

#include "ecosystem/policy_words.h"
#include "ecosystem/pypi/request.h"

namespace accord::pypi {

using accord::kAbsentWords;
using accord::kMissingUploadTimeWords;
using accord::kOrderWords;
using accord::kResolutionWords;
using accord::PolicyWord;
using accord::WordOf;

// The default stands first in each.
inline constexpr std::array<PolicyWord<PrereleasePolicy>, 6> kPrereleaseWords = {
    {{"if-necessary-or-explicit", PrereleasePolicy::kIfNecessaryOrExplicit},
     {"if-necessary", PrereleasePolicy::kIfNecessary},
     {"explicit", PrereleasePolicy::kExplicit},
     {"allow", PrereleasePolicy::kAllow},
     {"disallow", PrereleasePolicy::kDisallow},
     {"pep440", PrereleasePolicy::kPep440}}};

inline constexpr std::array<PolicyWord<IndexPolicy>, 2> kIndexWords = {
    {{"first-index", IndexPolicy::kFirstIndex}, {"best-match", IndexPolicy::kBestMatch}}};

inline constexpr std::array<PolicyWord<PythonBounds>, 2> kPythonBoundsWords = {
    {{"honour", PythonBounds::kHonour}, {"ignore", PythonBounds::kIgnore}}};

}  // namespace accord::pypi
