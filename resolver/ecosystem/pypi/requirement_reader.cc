#include "ecosystem/pypi/requirement_reader.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/pieces.h"

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

SpecifierTextId SpecifierTexts::Add(const SpecifierSet& set) {
  std::string text = set.Canonical();
  const auto [entry, is_new] = by_text_.try_emplace(text, entries_.NextId());
  if (is_new) entries_.Add({.set = set, .text = std::move(text)});
  return entry->second;
}

ReadRequirement RequirementReader::Read(const metadata::PackageFacts& facts, uint32_t requirement) {
  if (!facts.is_plain(requirement)) {
    const Whole& whole = WholeOf(facts.requirement_name(requirement));
    return {.fault = whole.fault,
            .repaired = whole.repaired,
            .name = whole.name,
            .extras = whole.middle.extras,
            .specifiers = whole.middle.specifiers,
            .url = whole.url,
            .marker = &whole.marker};
  }
  const Middle& middle = MiddleOf(facts.requirement_middle(requirement));
  const MarkerMeaning& marker = MarkerOf(facts.requirement_marker(requirement));
  return {.fault = marker.fault,
          .repaired = {},
          .name = NormalNameOf(facts.requirement_name(requirement)),
          .extras = middle.extras,
          .specifiers = middle.specifiers,
          .url = {},
          .marker = &marker};
}

const std::string& RequirementReader::NormalNameOf(std::string_view name) {
  const auto [entry, is_new] = names_.try_emplace(name);
  if (is_new) entry->second = NormalizeName(name);
  return entry->second;
}

const RequirementReader::Middle& RequirementReader::MiddleOf(std::string_view middle) {
  const auto [entry, is_new] = middles_.try_emplace(middle);
  if (!is_new) return entry->second;
  // What is no middle is not called plain; of facts that lie about it nothing is asked.
  if (const std::optional<Requirement> read = ReadMiddle(middle)) {
    entry->second = {.extras = read->NormalExtras(),
                     .specifiers = specifiers_.Add(read->specifiers)};
  } else {
    entry->second.specifiers = specifiers_.Add(SpecifierSet());
  }
  return entry->second;
}

const MarkerMeaning& RequirementReader::MarkerOf(std::string_view marker) {
  const auto [entry, is_new] = markers_.try_emplace(marker);
  if (!is_new) return entry->second;
  std::optional<Marker> read;
  if (!marker.empty()) read = ReadMarkerPiece(marker);
  entry->second = MeaningOf(std::move(read));
  return entry->second;
}

const RequirementReader::Whole& RequirementReader::WholeOf(std::string_view text) {
  const auto [entry, is_new] = wholes_.try_emplace(text);
  Whole& whole = entry->second;
  if (!is_new) return whole;
  absl::StatusOr<LenientRequirement> lenient = ReadRequirementLeniently(text);
  if (!lenient.ok()) {
    whole.fault = std::string(Message(lenient.status()));
    return whole;
  }
  whole.repaired = std::move(lenient->repaired);
  Requirement& parsed = lenient->requirement;
  whole.name = parsed.NormalName();
  whole.middle = {.extras = parsed.NormalExtras(),
                  .specifiers = specifiers_.Add(parsed.specifiers)};
  whole.url = parsed.url;
  whole.marker = MeaningOf(std::move(parsed.marker));
  whole.fault = whole.marker.fault;
  return whole;
}

MarkerMeaning RequirementReader::MeaningOf(std::optional<Marker> marker) const {
  MarkerMeaning meaning;
  meaning.when.always = true;
  meaning.when_overridden.always = true;
  if (!marker) return meaning;
  if (const std::optional<Marker> alone = ExtrasAlone(*marker)) {
    absl::StatusOr<ExtraCondition> when = ConditionOnExtras(*alone, environment_, {});
    if (when.ok()) meaning.when_overridden = *std::move(when);
  }
  if (!marker->MentionsExtra()) {
    const absl::StatusOr<bool> holds = marker->Evaluate(environment_);
    if (!holds.ok()) {
      meaning.fault = std::string(Message(holds.status()));
    } else {
      meaning.when.always = *holds;
    }
    return meaning;
  }
  absl::StatusOr<ExtraCondition> when = ConditionOnExtras(*marker, environment_, {});
  if (!when.ok()) {
    meaning.fault = std::string(Message(when.status()));
    return meaning;
  }
  meaning.when = *std::move(when);
  meaning.asks_declared_extras = AsksDeclaredExtras(marker->root());
  if (meaning.asks_declared_extras) meaning.marker = std::move(marker);
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

}  // namespace accord::pypi
