// Whose reading a row of conda's kinds asks for: the dialect of its source, which is fixed.
#pragma once

#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/match_spec.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {

// conda's and libmamba's tests in their own dialects; the CEPs' and rattler's in CEP's.
[[nodiscard]] conda::Dialect DialectOf(const Row& row);

// What names of channels are promoted against in all four projects' tests.
[[nodiscard]] const conda::ChannelBase& TestChannels();

[[nodiscard]] conda::MatchSpecRules RulesOf(const Row& row);

}  // namespace accord::conformance
