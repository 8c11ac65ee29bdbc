// The words of policies: one spelling for command lines, documents and messages.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/check.h"
#include "ecosystem/pypi/request.h"

namespace accord::pypi {

template <class Policy>
struct PolicyWord {
  std::string_view word;
  Policy value;
};

// The default stands first in each.
inline constexpr std::array<PolicyWord<PrereleasePolicy>, 6> kPrereleaseWords = {
    {{"if-necessary-or-explicit", PrereleasePolicy::kIfNecessaryOrExplicit},
     {"if-necessary", PrereleasePolicy::kIfNecessary},
     {"explicit", PrereleasePolicy::kExplicit},
     {"allow", PrereleasePolicy::kAllow},
     {"disallow", PrereleasePolicy::kDisallow},
     {"pep440", PrereleasePolicy::kPep440}}};

inline constexpr std::array<PolicyWord<Resolution>, 3> kResolutionWords = {
    {{"highest", Resolution::kHighest},
     {"lowest", Resolution::kLowest},
     {"lowest-direct", Resolution::kLowestDirect}}};

inline constexpr std::array<PolicyWord<RequestOrder>, 3> kOrderWords = {
    {{"requirer-first", RequestOrder::kRequirerFirst},
     {"name", RequestOrder::kName},
     {"as-given", RequestOrder::kAsGiven}}};

inline constexpr std::array<PolicyWord<AbsentPolicy>, 3> kAbsentWords = {
    {{"by-corpus", AbsentPolicy::kBySource},
     {"nonexistent", AbsentPolicy::kNonexistent},
     {"unknown", AbsentPolicy::kUnknown}}};

inline constexpr std::array<PolicyWord<IndexPolicy>, 2> kIndexWords = {
    {{"first-index", IndexPolicy::kFirstIndex}, {"best-match", IndexPolicy::kBestMatch}}};

inline constexpr std::array<PolicyWord<PythonBounds>, 2> kPythonBoundsWords = {
    {{"honour", PythonBounds::kHonour}, {"ignore", PythonBounds::kIgnore}}};

// Of ExcludeNewer::admit_unknown.
inline constexpr std::array<PolicyWord<bool>, 2> kMissingUploadTimeWords = {
    {{"refuse", false}, {"admit", true}}};

template <class Words, class Policy>
[[nodiscard]] std::string_view WordOf(const Words& words, Policy value) {
  const auto found = std::ranges::find(words, value, &Words::value_type::value);
  ACCORD_CHECK(found != words.end());
  return found->word;
}

}  // namespace accord::pypi
