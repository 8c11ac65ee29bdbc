#include "engine/plain.h"

#include <utility>

#include "engine/pipeline.h"
#include "engine/plain_ecosystem.h"

namespace accord::engine {

PlainSolve::PlainSolve(std::shared_ptr<const PlainFacts> facts, PlainRequest request,
                       WhyQuestions questions, ResolveOptions options)
    : PlainSolve(std::make_unique<PlainEcosystem>(std::move(facts), std::move(request)).release(),
                 std::move(questions), std::move(options)) {}

PlainSolve::PlainSolve(PlainEcosystem* owned, WhyQuestions questions, ResolveOptions options)
    : Solve(std::unique_ptr<Ecosystem>(owned), std::move(questions), std::move(options)),
      ecosystem_(*owned) {}

bool PlainSolve::SetFacts(std::shared_ptr<const PlainFacts> facts) {
  return ecosystem_.SetFacts(std::move(facts));
}

absl::StatusOr<Answer> Resolve(std::shared_ptr<const PlainFacts> facts, const PlainRequest& request,
                               const ResolveOptions& options) {
  return Resolve(std::make_unique<PlainEcosystem>(std::move(facts), request), options);
}

absl::StatusOr<Explained> Explain(std::shared_ptr<const PlainFacts> facts,
                                  const PlainRequest& request, const WhyQuestions& questions,
                                  const ResolveOptions& options) {
  return Explain(std::make_unique<PlainEcosystem>(std::move(facts), request), questions, options);
}

}  // namespace accord::engine
