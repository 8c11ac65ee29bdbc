#include "engine/conda.h"

#include <memory>

#include "base/error.h"
#include "ecosystem/conda/record_words.h"
#include "engine/conda_ecosystem.h"
#include "engine/pipeline.h"

namespace accord::engine {

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

}  // namespace accord::engine
