// The words of the world file (docs/world-file.md) read off a JSON tree, one by one: for the file
// itself and for whoever sends packages and requests in pieces.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/json_reader.h"
#include "model/world_spec.h"

namespace accord {

struct WorldReading {
  JsonReader::Rules rules;
  // Candidates may say `"pending": true` in place of what they need.
  bool pending_candidates = false;
  // How many candidates a package has; none: not known, and any position below kPositionsMax will
  // do. Without it nothing is known of any package but the one that is read.
  std::function<std::optional<size_t>(std::string_view package)> count_of;
};

class WorldReader : public JsonReader {
 public:
  static constexpr int64_t kPositionsMax = int64_t{1} << 31;

  explicit WorldReader(WorldReading reading)
      : JsonReader(reading.rules), reading_(std::move(reading)) {}

  // What they give means nothing unless ok(). Sets are normalized.
  [[nodiscard]] PackageSpec Package(const JsonSpot& at, std::string_view name);
  [[nodiscard]] CandidateSpec Candidate(const JsonSpot& at);
  [[nodiscard]] RequirementSpec Requirement(const JsonSpot& at);
  [[nodiscard]] ConstraintSpec Constraint(const JsonSpot& at);
  [[nodiscard]] SetSpec Set(const JsonSpot& at);
  [[nodiscard]] GroupSpec Group(const JsonSpot& at);
  // The lists of an object, which may have others where unknown fields are ignored.
  [[nodiscard]] RequestSpec Request(const JsonSpot& at);
  // A position of a package with `count` candidates; none: not known.
  [[nodiscard]] Position PositionOf(const JsonSpot& at, std::optional<size_t> count,
                                    std::string_view package);

 private:
  [[nodiscard]] std::optional<size_t> CountOf(std::string_view package) const {
    return reading_.count_of ? reading_.count_of(package) : std::nullopt;
  }
  Coexistence CoexistenceOf(const JsonSpot& at);
  std::vector<Position> Preference(const JsonSpot& at, const PackageSpec& package);
  SetSpec SetOf(const JsonSpot& at);
  std::optional<ConditionSpec> When(const JsonSpot& at);
  ConditionSpec Formula(const JsonSpot& at);
  RequirementSpec RequirementOf(const JsonSpot& at, bool asked);
  AskedSpec Asked(const JsonSpot& at);
  RestrictionSpec Restricted(const JsonSpot& at);

  const WorldReading reading_;
};

}  // namespace accord
