// Conda's part of the pipeline (ecosystem.h). Internal to this folder.
//
// What a person calls newer is a version: of the records of one version the other ones are told
// only where they are told apart.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ecosystem/conda/notation.h"
#include "ecosystem/conda/universe_builder.h"
#include "engine/conda_reading.h"
#include "engine/ecosystem.h"

namespace accord::engine {

class CondaEcosystem final : public Ecosystem {
 public:
  // All outlive it. `reading`: where facts come name by name, whose sources these are.
  CondaEcosystem(const conda::ResolveRequest& request,
                 std::span<const metadata::Source* const> sources, const ResolveOptions& options,
                 CondaReading* reading = nullptr)
      : request_(request),
        sources_(sources),
        reading_(reading),
        tell_files_(options.tell_files || request.installed != nullptr),
        builder_(request, sources, reading),
        notation_(request, builder_) {}
  // With a request and facts of its own.
  CondaEcosystem(std::unique_ptr<const conda::ResolveRequest> request,
                 std::unique_ptr<CondaReading> reading, const ResolveOptions& options)
      : CondaEcosystem(*request, reading->sources(), options, reading.get()) {
    owned_request_ = std::move(request);
    owned_reading_ = std::move(reading);
  }

  // As CondaReading::SetFacts.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const CondaFacts> facts) {
    return reading_->SetFacts(std::move(facts));
  }

  Supplier& supplier() override { return builder_; }
  const Universe& universe() const override { return builder_.universe(); }
  absl::Status Begin() override { return builder_.Begin(); }
  const Problem& problem() const override { return builder_.problem(); }
  std::span<const RequestedPackage> requested() const override { return builder_.requested(); }
  size_t packages_read() const override { return builder_.packages_read(); }
  std::vector<Wanted> wanted() const override;
  std::vector<Wanted> hinted() const override;

  PackageId BaseOf(PackageId package) const override { return builder_.BaseOf(package); }
  std::string_view ExtraOf(PackageId package) const override { return builder_.ExtraOf(package); }
  bool IsGiven(PackageId package) const override { return builder_.IsVirtual(package); }
  std::string VersionOf(SolvableId candidate) const override;
  bool AreOneVersion(SolvableId a, SolvableId b) const override;
  NewerCandidates NewerThan(SolvableId chosen) const override;
  bool IsWorse(SolvableId other, SolvableId chosen) const override;

  absl::Status Tell(SolvableId candidate, ChosenPackage& chosen) const override;
  absl::Status TellChange(const Solution& solution, Answer& answer) override;
  absl::StatusOr<CheckReport> Check(const Solution& solution,
                                    const std::vector<ChosenPackage>& told) const override;

  const Notation& notation() const override { return notation_; }
  std::vector<std::string> LeftOutLines(PackageId package) const override;
  ConflictLimits LimitsOfConflict(uint64_t search_work) const override;

  absl::StatusOr<Wish> Suppose(const PlacedText& text) override;
  std::vector<LeftOut> LeftOutOf(const Wish& wish) const override;
  std::vector<LeftOut> NewerLeftOut(SolvableId chosen) const override;
  NearestVersions NearestTo(const Wish& wish) const override;

  std::vector<Trial> TrialsOfFilters(const explain::Explanation& explanation) const override;
  std::vector<PlacedText> TextsOf(RequestPart part) const override;
  std::string NameIn(const PlacedText& text) const override;
  std::optional<Problem> ProblemWithout(RequestPart part,
                                        std::span<const size_t> texts) const override;
  absl::StatusOr<Answer> SolveWithout(RequestPart part, std::span<const size_t> texts,
                                      const ResolveOptions& options) const override;

 private:
  [[nodiscard]] absl::StatusOr<Answer> SolveChanged(conda::ResolveRequest changed,
                                                    const ResolveOptions& options) const;

  std::unique_ptr<const conda::ResolveRequest> owned_request_;
  std::unique_ptr<CondaReading> owned_reading_;
  const conda::ResolveRequest& request_;
  const std::span<const metadata::Source* const> sources_;
  CondaReading* const reading_;
  const bool tell_files_;
  conda::UniverseBuilder builder_;
  const conda::CondaNotation notation_;
  // Changes that were tried, in their order, which is that of every run: one that waits for facts
  // does not try those before it again.
  mutable std::vector<absl::StatusOr<Answer>> tried_;
  mutable size_t trying_ = 0;
};

}  // namespace accord::engine
