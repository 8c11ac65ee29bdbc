#include "explain/explanation.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "explain/derivation.h"

namespace accord::explain {
namespace {

constexpr size_t kAlternativesMax = 3;  // written out in one clause

// "a", "a and b", "a, b and c"
std::string Listed(const std::vector<std::string>& texts, std::string_view last) {
  std::string out;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += i + 1 == texts.size() ? Cat(" ", last, " ") : ", ";
    out += texts[i];
  }
  return out;
}

std::string AsSentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z' && text.starts_with("because ")) {
    text.front() = 'B';
  }
  return text + ".";
}

bool IsPart(std::span<const PositionRange> part, std::span<const PositionRange> whole) {
  return std::all_of(part.begin(), part.end(), [&](const PositionRange& one) {
    return std::any_of(whole.begin(), whole.end(), [&](const PositionRange& other) {
      return other.first <= one.first && one.last <= other.last;
    });
  });
}

class Writer {
 public:
  Writer(const Universe& universe, const Notation& notation, const Derivation& derivation)
      : universe_(universe), notation_(notation), steps_(derivation.steps) {}

  Explanation Write();

 private:
  [[nodiscard]] std::string Some(PackageId package, const std::vector<PositionRange>& some) const;
  [[nodiscard]] std::string NeededBy(const Step& step) const;
  [[nodiscard]] std::string SetsOf(const Step& step) const;
  [[nodiscard]] std::string ClauseOf(const Step& step) const;
  [[nodiscard]] std::vector<std::string> Premises(const Step& step) const;
  [[nodiscard]] std::string Conclusion(StepId id) const;
  [[nodiscard]] Node NodeOf(StepId id) const;
  void AddFiltered(const Step& step, Node& node);
  void Say(StepId id);

  const Universe& universe_;
  const Notation& notation_;
  const std::vector<Step>& steps_;
  Explanation out_;
  std::vector<std::string> left_out_;  // sentences, said last
  std::map<std::pair<PackageId, std::vector<std::pair<Position, Position>>>, VersionSetId> written_;
};

std::vector<std::pair<Position, Position>> KeyOf(std::span<const PositionRange> ranges) {
  std::vector<std::pair<Position, Position>> key;
  for (const PositionRange& range : ranges) key.emplace_back(range.first, range.last);
  return key;
}

// As a text of the request or of a dependency says it, if one does.
std::string Writer::Some(PackageId package, const std::vector<PositionRange>& some) const {
  const auto found = written_.find({package, KeyOf(some)});
  return found == written_.end() ? notation_.OfRanges(package, some)
                                 : notation_.OfSet(found->second);
}

std::string Writer::SetsOf(const Step& step) const {
  std::vector<std::string> texts;
  // What is part of another one of the sets adds nothing to "one or the other".
  const auto is_part = [&](VersionSetId set) {
    return std::any_of(step.needed_sets.begin(), step.needed_sets.end(), [&](VersionSetId other) {
      const bool earlier = universe_.set(other).count == universe_.set(set).count && other < set;
      const bool larger = universe_.set(other).count > universe_.set(set).count;
      return (earlier || larger) && IsPart(universe_.ranges(set), universe_.ranges(other));
    });
  };
  for (const VersionSetId set : step.needed_sets) {
    if (universe_.set(set).count == 0 || !is_part(set)) texts.push_back(notation_.OfSet(set));
  }
  if (texts.size() <= kAlternativesMax) return Listed(texts, "or");
  if (!step.options.empty()) return Some(step.needed, step.options);
  const size_t more = texts.size() - (kAlternativesMax - 1);
  texts.resize(kAlternativesMax - 1);
  texts.push_back(Cat(more, " more sets of ", universe_.name(step.needed)));
  return Listed(texts, "or");
}

// "flask>=2.2 needs click>=8"
std::string Writer::NeededBy(const Step& step) const {
  return Cat(Some(step.package, step.some), " needs ", SetsOf(step));
}

std::string Writer::ClauseOf(const Step& step) const {
  const std::string_view name = universe_.name(step.package);
  switch (step.kind) {
    case StepKind::kAsk:
      return Cat("you ask for ", notation_.OfSet(step.set));
    case StepKind::kConstraint:
      return Cat("the constraint ", notation_.OfSet(step.set), " holds");
    case StepKind::kLock:
      return Cat(notation_.OfSet(step.set), " is locked");
    case StepKind::kExclusion:
      return Cat(notation_.OfSet(step.set), " is excluded");
    case StepKind::kNonexistent:
      return Cat(name, " does not exist");
    case StepKind::kUnknown:
      return Cat("nothing is known of ", name);
    case StepKind::kUnknownNeeds:
      return Cat("what ", Some(step.package, step.some), " needs is not known",
                 notation_.NeedsBuild(step.reason.solvable) ? " before it is built" : "");
    case StepKind::kNoVersion:
      if (universe_.package(step.package).count == 0)
        return Cat("no version of ", name, " is admitted");
      return Cat("there is no admitted version for ", notation_.OfSet(step.set));
    case StepKind::kSuppose:
      return Cat(Some(step.package, step.some), " is supposed");
    case StepKind::kNeed:
      return Cat(SetsOf(step), " is needed");
    case StepKind::kDrop:
    case StepKind::kRefute:
      return Cat(Some(step.package, step.some), " cannot be chosen");
    case StepKind::kEnd:
      break;
  }
  return "there is no solution";
}

// What cannot be chosen of one package is said together.
std::vector<std::string> Writer::Premises(const Step& step) const {
  std::vector<std::string> texts;
  std::map<PackageId, std::vector<PositionRange>> impossible;
  for (const StepId id : step.because) {
    const Step& earlier = steps_[id];
    if (earlier.kind == StepKind::kDrop || earlier.kind == StepKind::kRefute) {
      auto& some = impossible[earlier.package];
      some.insert(some.end(), earlier.some.begin(), earlier.some.end());
      continue;
    }
    std::string text = ClauseOf(earlier);
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
  }
  if (step.kind == StepKind::kNeed || step.kind == StepKind::kDrop) texts.push_back(NeededBy(step));
  for (auto& [package, some] : impossible) {
    texts.push_back(Cat(Some(package, Normalized(std::move(some))), " cannot be chosen"));
  }
  if (texts.size() > kPremisesMax) {
    const size_t more = texts.size() - (kPremisesMax - 1);
    texts.resize(kPremisesMax - 1);
    texts.push_back(Cat("for ", more, " more reasons"));
  }
  return texts;
}

// An end under a supposition refutes that.
std::string Writer::Conclusion(StepId id) const {
  if (steps_[id].kind == StepKind::kEnd) {
    for (StepId later = id + 1; later < steps_.size(); ++later) {
      if (steps_[later].kind == StepKind::kRefute && steps_[later].because.front() == id) {
        return ClauseOf(steps_[later]);
      }
    }
  }
  return ClauseOf(steps_[id]);
}

Node Writer::NodeOf(StepId id) const {
  const Step& step = steps_[id];
  const auto kind_of = [&] {
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
        return notation_.NeedsBuild(step.reason.solvable) ? NodeKind::kNeedsBuild
                                                          : NodeKind::kUnknown;
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
  };
  Node node{.kind = kind_of(), .package = std::string(universe_.name(step.package))};
  node.text = step.kind == StepKind::kNeed ? NeededBy(step) : Conclusion(id);
  if (step.kind == StepKind::kDrop) node.text += Cat(": ", NeededBy(step));
  if (step.kind == StepKind::kAsk) node.place = notation_.PlaceOf(step.reason.requirement);
  return node;
}

void Writer::AddFiltered(const Step& step, Node& node) {
  for (const FilteredVersions& filtered : notation_.LeftOutOf(step.set)) {
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

void Writer::Say(StepId id) {
  const Step& step = steps_[id];
  switch (step.kind) {
    case StepKind::kSuppose:
      out_.sentences.push_back(Cat("Suppose that ", Some(step.package, step.some), " is chosen."));
      break;
    case StepKind::kNeed:
    case StepKind::kDrop:
    case StepKind::kEnd:
      out_.sentences.push_back(
          AsSentence(Cat("because ", Listed(Premises(step), "and"), ", ", Conclusion(id))));
      break;
    default:
      break;
  }
}

Explanation Writer::Write() {
  for (const Step& step : steps_) {
    if (!step.set.valid() || universe_.set(step.set).count == 0) continue;
    written_.try_emplace({step.package, KeyOf(universe_.ranges(step.set))}, step.set);
  }
  std::vector<uint32_t> place;
  for (StepId id = 0; id < steps_.size(); ++id) {
    Node node = NodeOf(id);
    for (const StepId earlier : steps_[id].because) node.because.push_back(place[earlier]);
    if (steps_[id].kind == StepKind::kNoVersion) AddFiltered(steps_[id], node);
    place.push_back(static_cast<uint32_t>(out_.nodes.size()));
    out_.nodes.push_back(std::move(node));
    Say(id);
  }
  out_.sentences.insert(out_.sentences.end(), left_out_.begin(), left_out_.end());
  return std::move(out_);
}

}  // namespace

Explanation Explain(const Universe& universe, const Problem& problem, const Conflict& conflict,
                    const Notation& notation) {
  const std::optional<Derivation> derivation = Derive(universe, problem, conflict);
  if (!derivation.has_value()) return {};
  return Writer(universe, notation, *derivation).Write();
}

}  // namespace accord::explain
