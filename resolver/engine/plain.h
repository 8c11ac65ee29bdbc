// One request of a frontend with rules of its own, from facts to answer: the same search, the same
// answer, the same questions as of the ecosystems that Accord knows. What that frontend knows of
// its packages is plain_facts.h, what it asks plain_request.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "check/report.h"
#include "engine/answer.h"
#include "engine/plain_facts.h"
#include "engine/plain_request.h"
#include "engine/resolve.h"
#include "engine/solve.h"
#include "engine/why.h"

namespace accord::engine {

class PlainEcosystem;

// A request over facts that may still come. As Solve (solve.h); questions take a name, or WishOf a
// set. A solution holds each chosen candidate with its package's name and its version, sorted by
// name, then position; requested is what requirements, soft ones too, ask for.
class PlainSolve final : public Solve {
 public:
  PlainSolve(std::shared_ptr<const PlainFacts> facts, PlainRequest request,
             WhyQuestions questions = {}, ResolveOptions options = {});

  // Between runs. False, and nothing changes: a package, its groups or what a candidate needs was
  // read and is not so there; then the solve is to be begun anew.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const PlainFacts> facts);

 private:
  PlainSolve(PlainEcosystem* owned, WhyQuestions questions, ResolveOptions options);

  PlainEcosystem& ecosystem_;  // Solve owns it
};

// A set as the text of a question (WhyQuestions): JSON in the world file's words.
[[nodiscard]] std::string WishOf(const SetSpec& set);

// A candidate that somebody says to be in a solution.
struct PlainPin {
  std::string package;
  std::string version;
  std::optional<Position> candidate;  // where several have the version
};

// Is this list of candidates, whoever made it, a solution of the request? Names that nobody spoke
// of do not exist; what is pending of a candidate is not known. Soft requirements, what is favoured
// and the order mean nothing here.
[[nodiscard]] check::CheckReport Verify(std::shared_ptr<const PlainFacts> facts,
                                        const PlainRequest& request,
                                        const std::vector<PlainPin>& pins);

// In one run. Errors: as Resolve for PyPI; Waiting where not all is known that it needs.
[[nodiscard]] absl::StatusOr<Answer> Resolve(std::shared_ptr<const PlainFacts> facts,
                                             const PlainRequest& request,
                                             const ResolveOptions& options = {});

// Then answers the questions about it. Errors: as Explain for PyPI; likewise.
[[nodiscard]] absl::StatusOr<Explained> Explain(std::shared_ptr<const PlainFacts> facts,
                                                const PlainRequest& request,
                                                const WhyQuestions& questions,
                                                const ResolveOptions& options = {});

}  // namespace accord::engine
