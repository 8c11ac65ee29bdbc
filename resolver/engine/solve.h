// One request that may lack facts: a run goes as far as what is known allows, says what it awaits,
// and holds no thread until it is run again. What was learnt is kept. After any number of waves the
// answer is that of one run with everything known: the search and the questions after it go the
// same way, whatever was said when, and however much more than was wanted.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "base/budget.h"
#include "engine/resolve.h"
#include "engine/why.h"
#include "model/positions.h"

namespace accord::engine {

class Ecosystem;
class Pipeline;

// What is awaited of one package.
struct Wanted {
  std::string package;
  // Whose dependencies, or which files' metadata; neither: the list of its candidates, or files.
  std::vector<Position> candidates;
  std::vector<std::string> files;
  friend bool operator==(const Wanted&, const Wanted&) = default;
};

// All that has to be known before the solve can go on; sorted by package, each once. Not empty.
struct Wants {
  std::vector<Wanted> facts;
  // What is likely to be wanted next: who says it too saves waves. Sorted, none of facts; it may be
  // empty.
  std::vector<Wanted> hints;
};

// Not thread-safe: one thread at a time, any thread. Only the budget's flag may be set from others.
class Solve {
 public:
  Solve(std::unique_ptr<Ecosystem> ecosystem, WhyQuestions questions, ResolveOptions options);
  virtual ~Solve();
  Solve(const Solve&) = delete;
  Solve& operator=(const Solve&) = delete;

  // Answers the request and the questions about it, or says what it lacks: then it is run again
  // with it. The budget is that of this run, but its work is counted over all runs; a run that it
  // ends is answered "stopped". After an answer or an error it is not run again. Errors: as Explain
  // (why.h).
  [[nodiscard]] absl::StatusOr<std::variant<Explained, Wants>> Run(const Budget& budget);

  // Ends a solve that waits: the answer as it is, with the best so far. Where the solution or the
  // conflict is there already, questions about it that need more are left open; else it is
  // "stopped", "cancelled". Not run again. Errors: as Run.
  [[nodiscard]] absl::StatusOr<Explained> Finish();

 private:
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace accord::engine
