// Where learnt clauses go when someone wants to check them: the seam for certificates.
#pragma once

#include <span>

#include "solver/cdcl/literal.h"

namespace accord::cdcl {

class ProofSink {
 public:
  virtual ~ProofSink() = default;
  // Each learnt clause follows from the input clauses and the earlier ones by unit propagation
  // (native propagators read as their clauses, docs/solver.md). Called once for each.
  virtual void Learnt(std::span<const Lit> clause) = 0;
};

}  // namespace accord::cdcl
