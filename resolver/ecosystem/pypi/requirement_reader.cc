#include "ecosystem/pypi/requirement_reader.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
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

SpecifierTextId SpecifierTexts::Add(const SpecifierSet& set) {
  std::string text = set.Canonical();
  const auto [entry, is_new] = by_text_.try_emplace(text, entries_.NextId());
  if (is_new) entries_.Add({.set = set, .text = std::move(text)});
  return entry->second;
}

RequirementTextId RequirementReader::Read(std::string_view text) {
  const auto found = by_text_.find(text);
  if (found != by_text_.end()) return found->second;
  const RequirementTextId id(read_.size());
  read_.push_back(Make(text));
  by_text_.emplace(std::string(text), id);
  return id;
}

ReadRequirement RequirementReader::Make(std::string_view text) {
  ReadRequirement read;
  absl::StatusOr<LenientRequirement> lenient = ReadRequirementLeniently(text);
  if (!lenient.ok()) {
    read.fault = std::string(Message(lenient.status()));
    return read;
  }
  read.repaired = std::move(lenient->repaired);
  Requirement& parsed = lenient->requirement;
  read.name = parsed.NormalName();
  read.extras = parsed.NormalExtras();
  read.specifiers = specifiers_.Add(parsed.specifiers);
  read.url = parsed.url;
  read.when.always = true;
  read.when_overridden.always = true;
  if (!parsed.marker) return read;
  if (const std::optional<Marker> alone = ExtrasAlone(*parsed.marker)) {
    absl::StatusOr<ExtraCondition> when = ConditionOnExtras(*alone, environment_, {});
    if (when.ok()) read.when_overridden = *std::move(when);
  }
  if (parsed.marker->MentionsExtra()) {
    absl::StatusOr<ExtraCondition> when = ConditionOnExtras(*parsed.marker, environment_, {});
    if (!when.ok()) {
      read.fault = std::string(Message(when.status()));
      return read;
    }
    read.when = *std::move(when);
    read.asks_declared_extras = AsksDeclaredExtras(parsed.marker->root());
    if (read.asks_declared_extras) read.marker = std::move(parsed.marker);
    return read;
  }
  const absl::StatusOr<bool> holds = parsed.marker->Evaluate(environment_);
  if (!holds.ok()) {
    read.fault = std::string(Message(holds.status()));
    return read;
  }
  read.when.always = *holds;
  return read;
}

const ExtraCondition& RequirementReader::WhenOf(RequirementTextId id,
                                                const std::vector<std::string>& declared) {
  const ReadRequirement& read = read_[id.value()];
  if (!read.asks_declared_extras || declared.empty()) return read.when;
  std::string key = Cat(id.value());
  for (const std::string& extra : declared) key.append("\n").append(extra);
  const auto [entry, is_new] = when_declared_.try_emplace(std::move(key));
  if (is_new) {
    std::vector<std::string> normal;
    for (const std::string& extra : declared) normal.push_back(NormalizeName(extra));
    const absl::StatusOr<ExtraCondition> when =
        ConditionOnExtras(*read.marker, environment_, normal);
    // Whether a comparison has a meaning does not depend on the extra's name.
    entry->second = when.ok() ? *when : read.when;
  }
  return entry->second;
}

}  // namespace accord::pypi
