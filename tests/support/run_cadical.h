// Debian's `cadical` as a program: a SAT solver that shares nothing with ours.
#pragma once

#include <initializer_list>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::testing {

struct CnfSize {
  int variable_count = 0;
  size_t clause_count = 0;
};

// Is `cadical` installed?
[[nodiscard]] bool HasCadical();

// Is the formula satisfiable? `clauses` joined are DIMACS lines without the header.
[[nodiscard]] absl::StatusOr<bool> RunCadical(CnfSize size,
                                              std::initializer_list<std::string_view> clauses);

}  // namespace accord::testing
