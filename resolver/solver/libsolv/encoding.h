// The neutral model as libsolv packages. A libsolv package is a Boolean variable; "requires" is the
// clause (not p or q1 or ... or qn), "conflicts" the clause (not p or not q), and one package that
// stands for the request is to be installed. Everything else is built from these:
//
//   candidate c          a package named after its own, its rank of preference as version
//   set S                a name that its members provide
//   gate g(S)            requires S: one for all who require S
//   dependency set D     a package that requires what D does; its candidates require it
//   condition F          its denial n(F), a package that cannot be there while F holds:
//                        n(has S) conflicts with S; n(F and G) requires n(F) or n(G);
//                        n(F or G) requires n(F) and n(G)
//   requirement          its bearer requires n(condition) or g(S1) or g(S2) or ...
//   constraint           its bearer requires n(condition) or o(S);
//                        o(S) conflicts with every candidate of S's package outside S
//   at most one of n     up to 4: conflicts between all pairs; else for each of the log2(n) bits of
//                        a member's number two packages that conflict, and the member requires
//                        those that spell its number
//
// A candidate does not provide its package's name and all names are MULTIVERSION: libsolv's own
// same-name rules, O(n^2) of them, never appear. Constraints go through o(S) because libsolv
// ignores what conflicts with itself.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/outcome.h"
#include "solver/libsolv/reach.h"

namespace accord {

class Encoding {
 public:
  Encoding(const Universe& universe, const Problem& problem, const Reach& reach);
  ~Encoding();
  Encoding(const Encoding&) = delete;
  Encoding& operator=(const Encoding&) = delete;

  // A valid set among the reachable candidates, sorted by id; nothing if there is none.
  [[nodiscard]] std::optional<std::vector<SolvableId>> Solve();

  [[nodiscard]] const Counters& counters() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace accord
