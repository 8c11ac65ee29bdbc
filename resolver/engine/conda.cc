#include "engine/conda.h"

#include <memory>

#include "engine/conda_ecosystem.h"
#include "engine/pipeline.h"

namespace accord::engine {

absl::StatusOr<Answer> Resolve(const conda::ResolveRequest& request,
                               std::span<const metadata::Source* const> sources,
                               const ResolveOptions& options) {
  return Resolve(std::make_unique<CondaEcosystem>(request, sources, options), options);
}

absl::StatusOr<Explained> Explain(const conda::ResolveRequest& request,
                                  std::span<const metadata::Source* const> sources,
                                  const WhyQuestions& questions, const ResolveOptions& options) {
  return Explain(std::make_unique<CondaEcosystem>(request, sources, options), questions, options);
}

}  // namespace accord::engine
