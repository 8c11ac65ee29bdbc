// The words of policies: one spelling for command lines, documents and messages. Those that all
// ecosystems share stand here.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/check.h"
#include "ecosystem/request_words.h"

namespace accord {

template <class Policy>
struct PolicyWord {
  std::string_view word;
  Policy value;
};

// The default stands first in each.
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

// Whether what has no time is admitted where there is a limit.
inline constexpr std::array<PolicyWord<bool>, 2> kMissingUploadTimeWords = {
    {{"refuse", false}, {"admit", true}}};

template <class Words, class Policy>
[[nodiscard]] std::string_view WordOf(const Words& words, Policy value) {
  const auto found = std::ranges::find(words, value, &Words::value_type::value);
  ACCORD_CHECK(found != words.end());
  return found->word;
}

}  // namespace accord
