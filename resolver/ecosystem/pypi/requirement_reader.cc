#include "ecosystem/pypi/requirement_reader.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/name.h"

namespace accord::pypi {
namespace {

// `extra == "x"` holds for x alone, so only mentioned names matter. Every other comparison with
// extra may hold for names that it does not spell.
bool AsksDeclaredExtras(const MarkerNode& node) {
  if (node.comparison) {
    const MarkerComparison& comparison = *node.comparison;
    const bool left = comparison.left.variable == MarkerVariable::kExtra;
    const bool right = comparison.right.variable == MarkerVariable::kExtra;
    if (!left && !right) return false;
    const bool with_text = left ? !comparison.right.variable : !comparison.left.variable;
    return !with_text || comparison.op != MarkerOperator::kEqual;
  }
  return std::any_of(node.children.begin(), node.children.end(), AsksDeclaredExtras);
}

}  // namespace

ReadRequirement RequirementReader::Read(const metadata::PackageFacts& facts, uint32_t requirement) {
  if (!facts.is_plain(requirement)) {
    const Whole& whole = WholeOf(facts.requirement_name(requirement));
    const FactTexts::Whole& text = *whole.text;
    return {.fault = text.fault.empty() ? whole.marker.fault : text.fault,
            .repaired = text.repaired,
            .name = text.name,
            .extras = text.middle.extras,
            .specifiers = text.middle.specifiers,
            .url = text.url,
            .marker = &whole.marker};
  }
  const FactTexts::Middle& middle = texts_.MiddleOf(facts.requirement_middle(requirement));
  const MarkerMeaning& marker = MarkerOf(facts.requirement_marker(requirement));
  return {.fault = marker.fault,
          .repaired = {},
          .name = texts_.NormalNameOf(facts.requirement_name(requirement)),
          .extras = middle.extras,
          .specifiers = middle.specifiers,
          .url = {},
          .marker = &marker};
}

const MarkerMeaning& RequirementReader::MarkerOf(std::string_view marker) {
  const auto [entry, is_new] = markers_.try_emplace(marker);
  if (is_new) entry->second = MeaningOf(texts_.MarkerOf(marker));
  return entry->second;
}

const RequirementReader::Whole& RequirementReader::WholeOf(std::string_view text) {
  const auto [entry, is_new] = wholes_.try_emplace(text);
  Whole& whole = entry->second;
  if (!is_new) return whole;
  whole.text = &texts_.WholeOf(text);
  if (whole.text->fault.empty()) whole.marker = MeaningOf(whole.text->marker);
  return whole;
}

MarkerMeaning RequirementReader::MeaningOf(const std::optional<Marker>& marker) const {
  MarkerMeaning meaning;
  meaning.when.always = true;
  if (!marker) return meaning;
  meaning.marker = &*marker;
  absl::StatusOr<ExtraCondition> when = ConditionOnExtras(*marker, environment_, {});
  if (!when.ok()) {
    meaning.fault = std::string(Message(when.status()));
    return meaning;
  }
  meaning.when = *std::move(when);
  meaning.asks_declared_extras = AsksDeclaredExtras(marker->root());
  return meaning;
}

const ExtraCondition& RequirementReader::WhenOf(const ReadRequirement& read,
                                                const metadata::PackageFacts& facts,
                                                uint32_t metadata) {
  const MarkerMeaning& marker = *read.marker;
  const metadata::Column declared = facts.extras_of(metadata);
  if (!marker.asks_declared_extras || declared.size() == 0) return marker.when;
  std::string key = marker.marker->Text();
  for (uint32_t i = 0; i < declared.size(); ++i) key.append("\n").append(facts.extra(declared[i]));
  const auto [entry, is_new] = when_declared_.try_emplace(std::move(key));
  if (is_new) {
    std::vector<std::string> normal;
    for (uint32_t i = 0; i < declared.size(); ++i) {
      normal.push_back(NormalizeName(facts.extra(declared[i])));
    }
    const absl::StatusOr<ExtraCondition> when =
        ConditionOnExtras(*marker.marker, environment_, normal);
    // Whether a comparison has a meaning does not depend on the extra's name.
    entry->second = when.ok() ? *when : marker.when;
  }
  return entry->second;
}

const ExtraCondition& RequirementReader::WhenOverridden(const ReadRequirement& read) {
  const auto [entry, is_new] = when_overridden_.try_emplace(read.marker);
  ExtraCondition& when = entry->second;
  if (!is_new) return when;
  when.always = true;
  std::optional<Marker> alone;
  if (read.marker->marker != nullptr) alone = ExtrasAlone(*read.marker->marker);
  if (!alone) return when;
  absl::StatusOr<ExtraCondition> read_alone = ConditionOnExtras(*alone, environment_, {});
  if (read_alone.ok()) when = *std::move(read_alone);
  return when;
}

}  // namespace accord::pypi
