// The words of conda's own policies; those that all ecosystems share are in
// ecosystem/policy_words.h.
#pragma once

#include <array>
#include <string_view>

#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/request.h"
#include "ecosystem/policy_words.h"

namespace accord::conda {

// The default stands first in each.
inline constexpr std::array<PolicyWord<ChannelPriority>, 3> kChannelPriorityWords = {
    {{"strict", ChannelPriority::kStrict},
     {"flexible", ChannelPriority::kFlexible},
     {"disabled", ChannelPriority::kDisabled}}};

inline constexpr std::array<PolicyWord<Dialect>, 3> kDialectWords = {
    {{"cep", Dialect::kCep}, {"conda", Dialect::kConda}, {"libmamba", Dialect::kLibmamba}}};

}  // namespace accord::conda
