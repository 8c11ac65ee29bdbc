// A solved request with what solved it: the place where questions about the answer are asked.
#pragma once

#include "base/budget.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/search.h"
#include "model/outcome.h"

namespace accord::engine {

// All outlive it. The builder's universe grows by the sets and wishes of the questions.
struct Solved {
  const pypi::ResolveRequest& request;
  pypi::UniverseBuilder& builder;
  Search& search;
  const Solution& solution;
  const Budget& budget;  // of the request
};

}  // namespace accord::engine
