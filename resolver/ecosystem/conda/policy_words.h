// The words of conda's policies: one spelling for command lines, documents and messages. Those that
// all ecosystems share are PyPI's.
#pragma once

#include <array>
#include <string_view>

#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

template <class Policy>
struct PolicyWord {
  std::string_view word;
  Policy value;
};

// The default stands first in each.
inline constexpr std::array<PolicyWord<ChannelPriority>, 3> kChannelPriorityWords = {
    {{"strict", ChannelPriority::kStrict},
     {"flexible", ChannelPriority::kFlexible},
     {"disabled", ChannelPriority::kDisabled}}};

inline constexpr std::array<PolicyWord<Dialect>, 3> kDialectWords = {
    {{"cep", Dialect::kCep}, {"conda", Dialect::kConda}, {"libmamba", Dialect::kLibmamba}}};

}  // namespace accord::conda
