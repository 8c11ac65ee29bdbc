// The part of plain worlds in the pipeline (ecosystem.h): names are opaque, versions are texts, and
// "newer" means preferred. Internal to this folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ecosystem.h"
#include "engine/plain_facts.h"
#include "engine/plain_request.h"
#include "engine/plain_universe.h"
#include "model/notation.h"

namespace accord::engine {

// Sets as the world file derives them: "lib {1.0..1.1}".
class PlainNotation final : public Notation {
 public:
  // All outlive it.
  PlainNotation(const Universe& universe, const Problem& problem)
      : universe_(universe), problem_(problem) {}

  std::string OfSet(VersionSetId set) const override;
  std::string OfRanges(PackageId package, std::span<const PositionRange> ranges) const override;
  std::vector<FilteredVersions> LeftOutOf(VersionSetId) const override { return {}; }
  std::string PlaceOf(RequirementId requirement) const override;
  std::string PlaceOf(ConstraintId constraint) const override;
  std::vector<Placed> OverridesOf(PackageId, PackageId) const override { return {}; }
  std::string BuildOf(SolvableId) const override { return {}; }

 private:
  const Universe& universe_;
  const Problem& problem_;
};

class PlainEcosystem final : public Ecosystem {
 public:
  PlainEcosystem(std::shared_ptr<const PlainFacts> facts, PlainRequest request)
      : request_(std::move(request)),
        universe_(std::move(facts), request_.closed),
        notation_(universe(), problem_) {}

  // As PlainUniverse::SetFacts.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const PlainFacts> facts) {
    return universe_.SetFacts(std::move(facts));
  }

  Supplier& supplier() override { return universe_; }
  const Universe& universe() const override {
    return static_cast<const Supplier&>(universe_).universe();
  }
  absl::Status Begin() override;
  const Problem& problem() const override { return problem_; }
  std::span<const RequestedPackage> requested() const override { return requested_; }
  size_t packages_read() const override { return universe_.packages_read(); }
  std::vector<Wanted> wanted() const override { return universe_.wanted(); }
  std::vector<Wanted> hinted() const override { return universe_.Hints(); }

  PackageId BaseOf(PackageId package) const override { return package; }
  std::string_view ExtraOf(PackageId) const override { return {}; }
  NewerCandidates NewerThan(SolvableId chosen) const override;
  bool IsWorse(SolvableId other, SolvableId chosen) const override;

  absl::Status Tell(SolvableId, ChosenPackage&) const override { return absl::OkStatus(); }
  absl::Status TellChange(const Solution& solution, Answer& answer) override;
  std::vector<Warning> WarningsOf(const Solution& solution) const override;
  absl::StatusOr<CheckReport> Check(const Solution& solution,
                                    const std::vector<ChosenPackage>& told) const override;

  const Notation& notation() const override { return notation_; }
  std::vector<std::string> LeftOutLines(PackageId) const override { return {}; }

  absl::StatusOr<Wish> Suppose(const PlacedText& text) override;
  std::vector<LeftOut> LeftOutOf(const Wish&) const override { return {}; }
  std::vector<LeftOut> NewerLeftOut(SolvableId) const override { return {}; }
  NearestVersions NearestTo(const Wish&) const override { return {}; }

  std::vector<Trial> TrialsOfFilters(const explain::Explanation&) const override { return {}; }
  std::vector<PlacedText> TextsOf(RequestPart part) const override;
  std::string NameIn(const PlacedText& text) const override;
  std::optional<Problem> ProblemWithout(RequestPart part,
                                        std::span<const size_t> texts) const override;
  absl::StatusOr<Answer> SolveWithout(RequestPart part, std::span<const size_t> texts,
                                      const ResolveOptions& options) const override;

 private:
  void ReadRequested();
  [[nodiscard]] Needs NeedsOfRequest() const;
  [[nodiscard]] size_t RankOf(SolvableId candidate) const;  // 0: the best

  const PlainRequest request_;
  PlainUniverse universe_;
  Problem problem_;
  bool is_posed_ = false;
  std::vector<RequestedPackage> requested_;
  const PlainNotation notation_;
};

}  // namespace accord::engine
