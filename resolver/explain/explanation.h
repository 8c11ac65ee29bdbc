// Why there is no solution, as sentences for people and as a graph for machines, from a conflict
// and an ecosystem's notation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "explain/derivation.h"
#include "model/notation.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord::explain {

inline constexpr size_t kPremisesMax = 5;  // in one sentence; the nodes hold all

enum class NodeKind : uint8_t {
  kRequest,
  kConstraint,
  kLock,
  kExclusion,
  kOverride,     // replaces what candidates say of a name
  kDependency,   // candidates need something that therefore must be chosen
  kNoVersion,    // nothing admitted is in a set
  kFiltered,     // what a filter of the request left out
  kNonexistent,  // no such name
  kUnknown,      // a name, or what a candidate needs
  kNeedsBuild,   // what a candidate needs is known after a build
  kOneVersion,   // of one package at most one version
  kSupposed,     // one of several, looked at in turn
  kImpossible,   // derived: candidates that cannot be chosen
  kNoSolution,   // derived: the end
};

// A node of the conflict graph: nodes rest on earlier ones, the last on all.
struct Node {
  NodeKind kind = NodeKind::kRequest;
  std::string package;  // what it speaks of, as the ecosystem names it
  std::string text;     // "you ask for flask>=2.2"; a clause
  std::string filter;   // kFiltered: a word for machines
  std::string place;    // of what the request says: where; no part of what the answer says
  std::vector<uint32_t> because;
};

// Both empty: the conflict could not be brought into this form (derivation.h).
struct Explanation {
  std::vector<std::string> sentences;
  std::vector<Node> nodes;
};

[[nodiscard]] Explanation Explain(const Universe& universe, const Problem& problem,
                                  const Conflict& conflict, const Notation& notation,
                                  const DerivationLimits& limits = {});

}  // namespace accord::explain
