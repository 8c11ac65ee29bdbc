#include "engine/pypi_solve.h"

#include <utility>

#include "engine/pipeline.h"
#include "engine/pypi_ecosystem.h"
#include "engine/pypi_source.h"

namespace accord::engine {
namespace {

using Corpora = PypiSolve::Corpora;

struct Kept {
  std::shared_ptr<const PypiSource> source;
  Corpora corpora;
};

std::vector<const metadata::Source*> PointersTo(const Corpora& corpora) {
  std::vector<const metadata::Source*> pointers;
  for (const auto& corpus : corpora) pointers.push_back(corpus.get());
  return pointers;
}

std::unique_ptr<Ecosystem> Asking(const std::shared_ptr<PypiSource>& source, const Corpora& corpora,
                                  pypi::ResolveRequest request, const ResolveOptions& options) {
  std::vector<const metadata::Source*> sources = PointersTo(corpora);
  sources.insert(sources.begin(), source.get());
  return std::make_unique<OwningPypiEcosystem>(
      PypiQuestion{.request = std::move(request),
                   .sources = std::move(sources),
                   .keeps = std::make_shared<const Kept>(Kept{source, corpora})},
      options);
}

}  // namespace

PypiSolve::PypiSolve(std::shared_ptr<const PypiFacts> facts, const Corpora& corpora,
                     pypi::ResolveRequest request, WhyQuestions questions, ResolveOptions options)
    : PypiSolve(std::make_shared<PypiSource>(std::move(facts), PointersTo(corpora)), corpora,
                std::move(request), std::move(questions), std::move(options)) {}

PypiSolve::PypiSolve(std::shared_ptr<PypiSource> source, const Corpora& corpora,
                     pypi::ResolveRequest request, WhyQuestions questions, ResolveOptions options)
    : Solve(Asking(source, corpora, std::move(request), options), std::move(questions), options),
      source_(std::move(source)) {}

PypiSolve::~PypiSolve() = default;

bool PypiSolve::SetFacts(std::shared_ptr<const PypiFacts> facts) {
  return source_->SetFacts(std::move(facts));
}

}  // namespace accord::engine
