#include "engine/conda.h"

#include <memory>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/record_words.h"
#include "engine/conda_ecosystem.h"
#include "engine/conda_reading.h"
#include "engine/pipeline.h"

namespace accord::engine {
namespace {

std::unique_ptr<CondaEcosystem> EcosystemOver(std::shared_ptr<const CondaFacts> facts, bool closed,
                                              conda::ResolveRequest request,
                                              const ResolveOptions& options) {
  return std::make_unique<CondaEcosystem>(
      std::make_unique<const conda::ResolveRequest>(std::move(request)),
      std::make_unique<CondaReading>(std::move(facts), closed), options);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ChannelsOf(
    std::span<const metadata::Source* const> sources) {
  std::vector<std::string> channels;
  for (const metadata::Source* source : sources) {
    std::string& channel = channels.emplace_back();
    const absl::StatusOr<std::string> name = source->SomeName();
    if (!name.ok()) return name.status();
    if (name->empty()) continue;
    const absl::StatusOr<const metadata::PackageFacts*> facts = source->Find(*name);
    if (!facts.ok()) return facts.status();
    if (*facts == nullptr || (*facts)->version_count() == 0) continue;
    channel = std::string((*facts)->attribute(conda::attribute::kChannel)[0]);
  }
  return channels;
}

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

// ---- Over facts that somebody says.

CondaSolve::CondaSolve(std::shared_ptr<const CondaFacts> facts, conda::ResolveRequest request,
                       WhyQuestions questions, ResolveOptions options)
    : CondaSolve(
          EcosystemOver(std::move(facts), /*closed=*/false, std::move(request), options).release(),
          std::move(questions), std::move(options)) {}

CondaSolve::CondaSolve(CondaEcosystem* owned, WhyQuestions questions, ResolveOptions options)
    : Solve(std::unique_ptr<Ecosystem>(owned), std::move(questions), std::move(options)),
      ecosystem_(*owned) {}

bool CondaSolve::SetFacts(std::shared_ptr<const CondaFacts> facts) {
  return ecosystem_.SetFacts(std::move(facts));
}

absl::StatusOr<Answer> Resolve(std::shared_ptr<const CondaFacts> facts,
                               conda::ResolveRequest request, const ResolveOptions& options) {
  return Resolve(EcosystemOver(std::move(facts), /*closed=*/true, std::move(request), options),
                 options);
}

absl::StatusOr<Explained> Explain(std::shared_ptr<const CondaFacts> facts,
                                  conda::ResolveRequest request, const WhyQuestions& questions,
                                  const ResolveOptions& options) {
  return Explain(EcosystemOver(std::move(facts), /*closed=*/true, std::move(request), options),
                 questions, options);
}

absl::StatusOr<check::CheckReport> Verify(const std::shared_ptr<const CondaFacts>& facts,
                                          const conda::ResolveRequest& request,
                                          const std::vector<check::CondaPin>& pins) {
  const CondaReading reading(facts, /*closed=*/true);
  return Verify(request, reading.sources(), pins);
}

}  // namespace accord::engine
