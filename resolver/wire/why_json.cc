#include "wire/why_json.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/explain_json.h"
#include "wire/fields.h"

namespace accord::wire {
namespace {

using nlohmann::json;

std::string_view WhyWord(engine::WhyVersionKind kind) {
  constexpr std::array kWords = {"best",       "request",  "held",
                                 "impossible", "favoured", "notExamined"};
  static_assert(kWords.size() == static_cast<size_t>(engine::WhyVersionKind::kNotExamined) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

std::string_view WhyWord(engine::WhyPackageKind kind) {
  constexpr std::array kWords = {"inAnswer", "notNeeded", "nonexistent", "unknown"};
  static_assert(kWords.size() == static_cast<size_t>(engine::WhyPackageKind::kUnknown) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

std::string_view WhyWord(engine::WhyNotKind kind) {
  constexpr std::array kWords = {"chosen",    "notNeeded",   "worse",   "impossible", "notAdmitted",
                                 "noVersion", "nonexistent", "unknown", "stopped"};
  static_assert(kWords.size() == static_cast<size_t>(engine::WhyNotKind::kStopped) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

json TextOrNull(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

// Each list finds the writer of its members.
json ToJson(const engine::RequiredBy& by);
json ToJson(const std::vector<engine::RequiredBy>& chain);
json ToJson(const engine::LeftOut& left_out);
json ToJson(const engine::Holder& holder);
json ToJson(const engine::WhyVersion& why);
json ToJson(const engine::Change& change);

template <class Value>
json All(const std::vector<Value>& values) {
  json all = json::array();
  for (const Value& value : values) all.push_back(ToJson(value));
  return all;
}

json ToJson(const engine::RequiredBy& by) {
  return {{field::kWho, by.who}, {field::kRequirement, by.requirement}};
}

json ToJson(const std::vector<engine::RequiredBy>& chain) { return All(chain); }

json ToJson(const engine::LeftOut& left_out) {
  return {{field::kFilter, left_out.filter},
          {field::kCount, left_out.count},
          {field::kExample, left_out.example},
          {field::kSentence, left_out.sentence}};
}

json ToJson(const engine::Holder& holder) {
  return {{field::kWho, holder.who},
          {field::kRequirement, TextOrNull(holder.requirement)},
          {field::kAlone, holder.alone}};
}

json ToJson(const engine::WhyVersion& why) {
  return {{field::kPackage, why.name},
          {field::kVersion, why.version},
          {field::kKind, WhyWord(why.kind)},
          {field::kNewest, why.newest},
          {field::kBest, why.best},
          {field::kHolders, All(why.holders)},
          {field::kLines, LinesJson(why.lines, /*with_places=*/true)},
          {field::kNewerOut, All(why.newer_out)}};
}

json ToJson(const engine::WhyPackage& why) {
  json versions = json::array();
  if (why.why_version) versions.push_back(ToJson(*why.why_version));
  json one = {{field::kAsked, why.asked},
              {field::kKind, WhyWord(why.kind)},
              {field::kVersion, TextOrNull(why.version)},
              {field::kNewest, TextOrNull(why.newest)},
              {field::kChains, All(why.chains)},
              {field::kMoreChains, why.more_chains},
              {field::kRequiredBy, All(why.required_by)},
              {field::kVersions, std::move(versions)}};
  if (!why.given.empty()) one[field::kGiven] = why.given;
  return one;
}

json ToJson(const engine::Change& change) {
  return {{field::kPackage, change.name},
          {field::kChosen, TextOrNull(change.chosen)},
          {field::kInstead, TextOrNull(change.instead)}};
}

json ToJson(const engine::WhyNot& why) {
  json one = {{field::kAsked, why.asked},
              {field::kPackage, why.package},
              {field::kKind, WhyWord(why.kind)},
              {field::kChosen, TextOrNull(why.chosen)},
              {field::kInstead, TextOrNull(why.instead)},
              {field::kChanges, All(why.changes)},
              {field::kFirst, nullptr},
              {field::kLeftOut, All(why.left_out)},
              {field::kOlder, TextOrNull(why.older)},
              {field::kNewer, TextOrNull(why.newer)},
              {field::kAssuming, why.assuming}};
  if (why.first) one[field::kFirst] = ToJson(*why.first);
  if (!why.given.empty()) one[field::kGiven] = why.given;
  if (why.kind == engine::WhyNotKind::kImpossible) {
    one[field::kConflict] = LinesJson(why.conflict, /*with_places=*/true);
    one[field::kExplanation] = ExplanationJson(why.explanation, /*with_places=*/true);
  }
  return one;
}

}  // namespace

void AddWhy(const engine::Explained& explained, json& document) {
  if (!explained.versions.empty()) document[field::kVersions] = All(explained.versions);
  if (explained.package) document[field::kWhy] = ToJson(*explained.package);
  if (explained.not_chosen) document[field::kWhyNot] = ToJson(*explained.not_chosen);
}

}  // namespace accord::wire
