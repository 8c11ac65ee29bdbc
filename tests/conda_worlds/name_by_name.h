// The law "lazy equals closed" over one conda world: its records, said name by name in any grouping
// and order, with more than was wanted and with things that are taken back, lead to what is said
// where all is there from the start.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "ecosystem/conda/request.h"

namespace accord::conda_worlds {

// {"digest": where all is there, "errors": how many names cannot be known, "waves", "anew": how
// often the solve waited and was begun anew}; where the law is broken also "closed" and "lazy",
// what was said. The seed says what cannot be known, what is asked about the answer, and what comes
// when.
[[nodiscard]] nlohmann::json NameByName(const nlohmann::json& channels,
                                        const conda::ResolveRequest& request, uint64_t seed);

}  // namespace accord::conda_worlds
