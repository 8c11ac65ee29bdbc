// The first difference between an answer and a stored one; see stored_answer.h.
#include "tests/scenarios/stored_answer.h"

#include <tuple>

#include "base/error.h"
#include "engine/resolve.h"

namespace accord::scenarios {
namespace {

using engine::Answer;
using engine::ChosenPackage;

// 0 for requested packages, else 1 + the depth of who brought it. `left` ends a cycle of reasons,
// which no answer has.
size_t DepthOf(const std::map<std::string, const ChosenPackage*>& chosen, const std::string& name,
               size_t left) {
  const auto found = chosen.find(name);
  if (found == chosen.end() || found->second->requested || left == 0) return 0;
  const std::string& who = found->second->reason.who;
  return 1 + DepthOf(chosen, who.substr(0, who.find(' ')), left - 1);
}

// The versions before `name` in the order, and `version` of it.
pypi::ResolveRequest Favouring(const pypi::ResolveRequest& request, const Pins& ours,
                               std::span<const std::string> order, const std::string& name,
                               const std::string& version) {
  pypi::ResolveRequest favouring = request;
  favouring.favored.clear();
  const auto add = [&favouring](const std::string& of, const std::string& pin) {
    favouring.favored.push_back({.text = Cat(of, "==", pin), .place = "stored answer"});
  };
  for (const std::string& before : order) {
    if (before == name) break;
    add(before, ours.at(before));
  }
  add(name, version);
  return favouring;
}

}  // namespace

std::vector<std::string> DecisionOrder(const Answer& answer) {
  std::map<std::string, const ChosenPackage*> chosen;
  for (const ChosenPackage& one : answer.solution) chosen[one.name] = &one;
  std::map<std::string, int32_t> priorities;
  for (const engine::PackagePriority& one : answer.priorities) priorities[one.name] = one.priority;
  std::vector<std::tuple<size_t, int32_t, std::string>> keys;
  for (const auto& [name, package] : chosen) {
    const int32_t priority = package->requested ? priorities[name] : 0;
    keys.emplace_back(DepthOf(chosen, name, chosen.size()), priority, name);
  }
  std::ranges::sort(keys);
  std::vector<std::string> order;
  for (const auto& key : keys) order.push_back(std::get<std::string>(key));
  return order;
}

absl::StatusOr<StoredComparison> CompareWithStored(const pypi::ResolveRequest& request,
                                                   std::span<const metadata::Source* const> sources,
                                                   const Answer& answer, const Pins& stored) {
  const Pins ours = PinsOf(answer);
  const std::vector<std::string> order = DecisionOrder(answer);
  for (const std::string& name : order) {
    const auto theirs = stored.find(name);
    if (theirs == stored.end() || SameVersion(ours.at(name), theirs->second)) continue;
    const std::string where = Cat(name, " ", ours.at(name), ", stored ", theirs->second);
    if (CompareVersions(ours.at(name), theirs->second) > 0) {
      return StoredComparison{StoredVerdict::kBetter, Cat(where, ": newer")};
    }
    const auto other =
        engine::Resolve(Favouring(request, ours, order, name, theirs->second), sources);
    if (!other.ok()) return other.status();
    const Pins pins = PinsOf(*other);
    const auto found = pins.find(name);
    if (found != pins.end() && SameVersion(found->second, theirs->second)) {
      return StoredComparison{StoredVerdict::kWorse, Cat(where, ": a solution has it")};
    }
    return StoredComparison{StoredVerdict::kRefuted,
                            Cat(where, ": no solution has it with what is decided before")};
  }
  if (ours.size() == stored.size()) return StoredComparison{StoredVerdict::kSame, "as stored"};
  std::string text;
  for (const auto& [name, version] : ours) {
    if (!stored.contains(name)) text += Cat(" +", name, "==", version);
  }
  for (const auto& [name, version] : stored) {
    if (!ours.contains(name)) text += Cat(" -", name, "==", version);
  }
  return StoredComparison{StoredVerdict::kOtherNames, Cat("other packages:", text)};
}

}  // namespace accord::scenarios
