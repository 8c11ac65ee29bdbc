#include "engine/resolve.h"

#include <chrono>
#include <memory>

#include "engine/pipeline.h"
#include "engine/pypi_ecosystem.h"
#include "engine/why.h"

namespace accord::engine {

uint64_t SteadyMicros() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

absl::StatusOr<Answer> Resolve(const pypi::ResolveRequest& request,
                               std::span<const metadata::Source* const> sources,
                               const ResolveOptions& options) {
  return Resolve(std::make_unique<PypiEcosystem>(request, sources, options), options);
}

absl::StatusOr<Explained> Explain(const pypi::ResolveRequest& request,
                                  std::span<const metadata::Source* const> sources,
                                  const WhyQuestions& questions, const ResolveOptions& options) {
  return Explain(std::make_unique<PypiEcosystem>(request, sources, options), questions, options);
}

}  // namespace accord::engine
