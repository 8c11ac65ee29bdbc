#include "explain/explanation.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "explain/clauses.h"
#include "explain/derivation.h"

namespace accord::explain {
namespace {

std::string AsSentence(std::string text) {
  if (text.starts_with("because ")) text.front() = 'B';
  return text + ".";
}

// "a", "a and b", "a, b, and c". The first is never left out: it is the need itself, where there is
// one.
std::string Together(std::vector<Clause> clauses) {
  if (clauses.size() > kPremisesMax) {
    Clause more{.text = "", .reasons = 0};
    for (size_t i = kPremisesMax - 1; i < clauses.size(); ++i) more.reasons += clauses[i].reasons;
    more.text = Cat("for ", more.reasons, " more reasons");
    clauses.resize(kPremisesMax - 1);
    clauses.push_back(std::move(more));
  }
  std::string out;
  for (size_t i = 0; i < clauses.size(); ++i) {
    if (i > 0) out += clauses.size() == 2 ? " and " : i + 1 == clauses.size() ? ", and " : ", ";
    out += clauses[i].text;
  }
  return out;
}

class Writer {
 public:
  Writer(const Universe& universe, const Problem& problem, const Notation& notation,
         const Derivation& derivation)
      : universe_(universe),
        problem_(problem),
        notation_(notation),
        steps_(derivation.steps),
        clauses_(universe, notation, derivation) {}

  Explanation Write();

 private:
  [[nodiscard]] std::string Conclusion(StepId id) const;
  [[nodiscard]] NodeKind KindOf(StepId id) const;
  [[nodiscard]] std::string PlaceOf(const Step& step) const;
  [[nodiscard]] Node NodeOf(StepId id) const;
  [[nodiscard]] PackageId OneVersionOf(const Step& step) const;
  uint32_t AddOnce(Node node);
  void AddFiltered(const std::vector<FilteredVersions>& all, Node& node);
  void AddOverrides(const Step& step, Node& node);
  void Say(StepId id);

  const Universe& universe_;
  const Problem& problem_;
  const Notation& notation_;
  const std::vector<Step>& steps_;
  const Clauses clauses_;
  Explanation out_;
  std::map<std::string, uint32_t> once_;  // nodes that several rest on, by text
  std::vector<std::string> left_out_;     // sentences, said last
};

// An end under a supposition refutes that.
std::string Writer::Conclusion(StepId id) const {
  if (steps_[id].kind == StepKind::kEnd) {
    for (StepId later = id + 1; later < steps_.size(); ++later) {
      if (steps_[later].kind == StepKind::kRefute && steps_[later].because.front() == id) {
        return clauses_.Of(steps_[later]);
      }
    }
  }
  return clauses_.Of(steps_[id]);
}

NodeKind Writer::KindOf(StepId id) const {
  const Step& step = steps_[id];
  switch (step.kind) {
    case StepKind::kAsk:
      return NodeKind::kRequest;
    case StepKind::kConstraint:
      return NodeKind::kConstraint;
    case StepKind::kLock:
      return NodeKind::kLock;
    case StepKind::kExclusion:
      return NodeKind::kExclusion;
    case StepKind::kNonexistent:
      return NodeKind::kNonexistent;
    case StepKind::kUnknown:
      return NodeKind::kUnknown;
    case StepKind::kUnknownNeeds:
      return notation_.BuildOf(step.reason.solvable).empty() ? NodeKind::kUnknown
                                                             : NodeKind::kNeedsBuild;
    case StepKind::kNoVersion:
      return NodeKind::kNoVersion;
    case StepKind::kSuppose:
      return NodeKind::kSupposed;
    case StepKind::kNeed:
      return NodeKind::kDependency;
    case StepKind::kDrop:
    case StepKind::kRefute:
      return NodeKind::kImpossible;
    case StepKind::kEnd:
      break;
  }
  return id + 1 == steps_.size() ? NodeKind::kNoSolution : NodeKind::kImpossible;
}

std::string Writer::PlaceOf(const Step& step) const {
  switch (step.kind) {
    case StepKind::kAsk:
      return notation_.PlaceOf(step.reason.requirement);
    case StepKind::kConstraint:
      return notation_.PlaceOf(step.reason.constraint);
    case StepKind::kLock:
      return std::string(universe_.Text(problem_.locked[step.reason.restriction].reason));
    case StepKind::kExclusion:
      return std::string(universe_.Text(problem_.excluded[step.reason.restriction].reason));
    default:
      return {};
  }
}

Node Writer::NodeOf(StepId id) const {
  const Step& step = steps_[id];
  Node node{.kind = KindOf(id),
            .package = std::string(universe_.name(step.package)),
            .place = PlaceOf(step)};
  node.text = step.kind == StepKind::kNeed ? clauses_.NeededBy(step) : Conclusion(id);
  if (step.kind == StepKind::kDrop) node.text += Cat(": ", clauses_.NeededBy(step));
  return node;
}

// The package of which the step rests on demands that no one version meets; invalid: there is none.
PackageId Writer::OneVersionOf(const Step& step) const {
  const auto demands_of = [&](PackageId package) {
    return std::count_if(step.because.begin(), step.because.end(), [&](StepId id) {
      const Step& earlier = steps_[id];
      const bool asks = earlier.kind == StepKind::kAsk || earlier.kind == StepKind::kSuppose;
      return (asks && earlier.package == package) ||
             (earlier.kind == StepKind::kNeed && earlier.needed == package);
    });
  };
  if (step.kind == StepKind::kEnd && demands_of(step.package) > 1) return step.package;
  if (step.kind == StepKind::kDrop && step.needed.valid() && demands_of(step.needed) > 0) {
    return step.needed;
  }
  return {};
}

uint32_t Writer::AddOnce(Node node) {
  const auto [found, is_new] =
      once_.try_emplace(node.text, static_cast<uint32_t>(out_.nodes.size()));
  if (is_new) out_.nodes.push_back(std::move(node));
  return found->second;
}

void Writer::AddFiltered(const std::vector<FilteredVersions>& all, Node& node) {
  for (const FilteredVersions& filtered : all) {
    node.because.push_back(static_cast<uint32_t>(out_.nodes.size()));
    out_.nodes.push_back({.kind = NodeKind::kFiltered,
                          .package = node.package,
                          .text = filtered.sentence,
                          .filter = std::string(filtered.filter)});
    std::string sentence = AsSentence(filtered.sentence);
    if (std::ranges::find(left_out_, sentence) == left_out_.end()) {
      left_out_.push_back(std::move(sentence));
    }
  }
}

void Writer::AddOverrides(const Step& step, Node& node) {
  if (!step.needed.valid()) return;
  for (Notation::Placed& instead : notation_.OverridesOf(step.package, step.needed)) {
    node.because.push_back(AddOnce({.kind = NodeKind::kOverride,
                                    .package = std::string(universe_.name(step.needed)),
                                    .text = Cat("the override ", instead.text, " holds"),
                                    .place = std::move(instead.place)}));
  }
}

void Writer::Say(StepId id) {
  const Step& step = steps_[id];
  switch (step.kind) {
    case StepKind::kSuppose:
      out_.sentences.push_back(
          Cat("Suppose that ", clauses_.Some(step.package, step.some), " is chosen."));
      break;
    case StepKind::kNeed:
    case StepKind::kDrop:
    case StepKind::kEnd:
      out_.sentences.push_back(
          AsSentence(Cat("because ", Together(clauses_.ReasonsOf(step)), ", ", Conclusion(id))));
      break;
    default:
      break;
  }
}

Explanation Writer::Write() {
  std::vector<uint32_t> place;
  for (StepId id = 0; id < steps_.size(); ++id) {
    const Step& step = steps_[id];
    Node node = NodeOf(id);
    for (const StepId earlier : step.because) node.because.push_back(place[earlier]);
    const bool limits = step.kind == StepKind::kConstraint || step.kind == StepKind::kLock;
    if (step.kind == StepKind::kNoVersion || (limits && universe_.set(step.set).count == 0)) {
      AddFiltered(notation_.LeftOutOf(step.set), node);
    }
    if (!step.unmet.empty()) AddFiltered(notation_.FilteredAmong(step.package, step.some), node);
    AddOverrides(step, node);
    if (const PackageId one = OneVersionOf(step); one.valid()) {
      const std::string name(universe_.name(one));
      node.because.push_back(AddOnce({.kind = NodeKind::kOneVersion,
                                      .package = name,
                                      .text = Cat("of ", name, " at most one version is chosen")}));
    }
    place.push_back(static_cast<uint32_t>(out_.nodes.size()));
    out_.nodes.push_back(std::move(node));
    Say(id);
  }
  out_.sentences.insert(out_.sentences.end(), left_out_.begin(), left_out_.end());
  return std::move(out_);
}

}  // namespace

Explanation Explain(const Universe& universe, const Problem& problem, const Conflict& conflict,
                    const Notation& notation, const DerivationLimits& limits) {
  const std::optional<Derivation> derivation = Derive(universe, problem, conflict, limits);
  if (!derivation.has_value()) return {};
  return Writer(universe, problem, notation, *derivation).Write();
}

}  // namespace accord::explain
