// PyPI's part of the pipeline (ecosystem.h). Internal to this folder.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/executor.h"
#include "ecosystem/pypi/notation.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/ecosystem.h"

namespace accord::engine {

class PypiEcosystem : public Ecosystem {
 public:
  PypiEcosystem(const pypi::ResolveRequest& request,
                std::span<const metadata::Source* const> sources, const ResolveOptions& options);

  Supplier& supplier() override { return builder_; }
  const Universe& universe() const override { return builder_.universe(); }
  absl::Status Begin() override { return builder_.Begin(); }
  const Problem& problem() const override { return builder_.problem(); }
  std::span<const RequestedPackage> requested() const override { return builder_.requested(); }
  size_t packages_read() const override { return builder_.packages_read(); }
  std::vector<Wanted> wanted() const override;

  PackageId BaseOf(PackageId package) const override { return builder_.BaseOf(package); }
  std::string_view ExtraOf(PackageId package) const override { return builder_.ExtraOf(package); }
  NewerCandidates NewerThan(SolvableId chosen) const override;

  absl::Status Tell(SolvableId candidate, ChosenPackage& chosen) const override;
  std::vector<Warning> WarningsOf(const Solution& solution) const override;
  absl::StatusOr<CheckReport> Check(const Solution& solution,
                                    const std::vector<ChosenPackage>& told) const override;

  const Notation& notation() const override { return notation_; }
  std::vector<std::string> LeftOutLines(PackageId package) const override;

  absl::StatusOr<Wish> Suppose(const PlacedText& text) override;
  std::vector<LeftOut> LeftOutOf(const Wish& wish) const override;
  std::vector<LeftOut> NewerLeftOut(SolvableId chosen) const override;
  NearestVersions NearestTo(const Wish& wish) const override;

  std::vector<Trial> TrialsOfFilters(const explain::Explanation& explanation) const override;
  std::vector<PlacedText> TextsOf(RequestPart part) const override;
  std::string NameIn(const PlacedText& text) const override;
  absl::StatusOr<Answer> SolveWithout(RequestPart part, std::span<const size_t> texts,
                                      const ResolveOptions& options) const override;

 private:
  [[nodiscard]] std::vector<LeftOut> LeftOutOf(
      PackageId package, std::string_view of,
      absl::FunctionRef<bool(std::string_view version)> is_meant) const;
  [[nodiscard]] absl::StatusOr<Answer> SolveChanged(pypi::ResolveRequest changed,
                                                    const ResolveOptions& options) const;
  // The same where facts may still come.
  [[nodiscard]] absl::StatusOr<Answer> TryChanged(pypi::ResolveRequest changed,
                                                  const ResolveOptions& options) const;

  const pypi::ResolveRequest& request_;
  const std::span<const metadata::Source* const> sources_;
  const Executor executor_;
  pypi::UniverseBuilder builder_;
  const pypi::PypiNotation notation_;

  // Changed requests come in one order in each run, whatever is known: those that have an answer
  // get it at once, the first that has none goes on.
  struct Tried {
    std::unique_ptr<Solve> solve;  // null: answered
    absl::StatusOr<Answer> answer;
  };
  mutable std::vector<Tried> tried_;
  mutable size_t next_try_ = 0;
  mutable std::vector<Wanted> try_wants_;  // of the one that waits
};

// One that owns its request, and what its sources hang on.
struct PypiQuestion {
  pypi::ResolveRequest request;
  std::vector<const metadata::Source*> sources;
  std::shared_ptr<const void> keeps;
};
class OwningPypiEcosystem final : private PypiQuestion, public PypiEcosystem {
 public:
  OwningPypiEcosystem(PypiQuestion question, const ResolveOptions& options)
      : PypiQuestion(std::move(question)), PypiEcosystem(request, sources, options) {}
};

}  // namespace accord::engine
