#include "wire/explain_json.h"

#include <array>
#include <string_view>
#include <utility>

#include "wire/fields.h"

namespace accord::wire {

using nlohmann::json;

std::string_view Word(explain::NodeKind kind) {
  constexpr std::array kWords = {"request",     "constraint", "lock",       "exclusion",
                                 "override",    "dependency", "noVersion",  "filtered",
                                 "nonexistent", "unknown",    "needsBuild", "oneVersion",
                                 "supposed",    "impossible", "noSolution"};
  static_assert(kWords.size() == static_cast<size_t>(explain::NodeKind::kNoSolution) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

json ExplanationJson(const explain::Explanation& explanation, bool with_places) {
  json nodes = json::array();
  for (const explain::Node& node : explanation.nodes) {
    json one = {{field::kKind, Word(node.kind)},
                {field::kPackage, node.package},
                {field::kText, node.text},
                {field::kBecause, node.because}};
    if (!node.filter.empty()) one[field::kFilter] = node.filter;
    if (with_places && !node.place.empty()) one[field::kPlace] = node.place;
    nodes.push_back(std::move(one));
  }
  return {{field::kSentences, explanation.sentences}, {field::kNodes, std::move(nodes)}};
}

json LinesJson(const std::vector<engine::CoreLine>& lines, bool with_places) {
  json all = json::array();
  for (const engine::CoreLine& line : lines) {
    json one = {{field::kKind, Word(line.kind)}, {field::kText, line.text}};
    if (with_places && !line.place.empty()) one[field::kPlace] = line.place;
    all.push_back(std::move(one));
  }
  return all;
}

std::string_view Word(engine::HintKind kind) {
  constexpr std::array kWords = {"prereleases",  "yanked",     "pythonBounds", "python",
                                 "excludeNewer", "sdists",     "wheels",       "channelPriority",
                                 "target",       "constraint", "lock",         "exclusion",
                                 "override",     "requirement"};
  static_assert(kWords.size() == static_cast<size_t>(engine::HintKind::kRequirement) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

namespace {

json HintJson(const engine::Hint& hint) {
  return {
      {field::kKind, Word(hint.kind)}, {field::kSubject, hint.subject}, {field::kText, hint.text}};
}

}  // namespace

json HintsJson(const std::vector<engine::Hint>& hints) {
  json all = json::array();
  for (const engine::Hint& hint : hints) all.push_back(HintJson(hint));
  return all;
}

json HintsJson(const std::vector<engine::UndecidedHint>& hints) {
  json all = json::array();
  for (const engine::UndecidedHint& undecided : hints) {
    all.push_back(HintJson(undecided.hint));
    all.back()[field::kWhy] = undecided.why;
  }
  return all;
}

}  // namespace accord::wire
