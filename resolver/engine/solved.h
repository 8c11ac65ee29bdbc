// A solved request with what solved it: the place where questions about the answer are asked.
#pragma once

#include <cstdint>

#include "base/budget.h"
#include "engine/ecosystem.h"
#include "engine/search.h"
#include "model/outcome.h"

namespace accord::engine {

// All outlive it. The universe grows by the sets and wishes of the questions.
struct Solved {
  Ecosystem& ecosystem;
  Search& search;
  const Solution& solution;
  const Budget& budget;  // of the request
  uint64_t work = 0;     // that the answer took
};

}  // namespace accord::engine
