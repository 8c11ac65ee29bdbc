// accord-world/1's words as JSON -> specs.
#include "model/world_reader.h"

#include <algorithm>

#include "base/error.h"

namespace accord {

PackageSpec WorldReader::Package(const JsonSpot& at, std::string_view name) {
  PackageSpec package{.name = std::string(name)};
  if (!Fields(at, {"candidates", "prefer", "coexist", "unknown", "nonexistent"})) return package;
  if (const JsonNode* coexist = at.node.Find("coexist")) {
    package.coexistence = CoexistenceOf(JsonSpot{*coexist, &at, "coexist"});
  }
  if (at.node.Find("unknown")) package.unknown = TextOf(at, "unknown");
  package.nonexistent = FlagOf(at, "nonexistent");
  EachItem(at, "candidates",
           [&](const JsonSpot& item) { package.candidates.push_back(Candidate(item)); });
  const int kinds = (at.node.Find("candidates") ? 1 : 0) + (package.unknown ? 1 : 0) +
                    (package.nonexistent ? 1 : 0);
  if (kinds != 1) Fail(at, "one of 'candidates', 'unknown' and 'nonexistent' expected");
  if (const JsonNode* prefer = at.node.Find("prefer")) {
    package.preference = Preference(JsonSpot{*prefer, &at, "prefer"}, package);
  }
  return package;
}

Coexistence WorldReader::CoexistenceOf(const JsonSpot& at) {
  if (!Expect(at, Kind::kText)) return Coexistence::kOne;
  if (at.node.text != "one" && at.node.text != "any") {
    Fail(at, Cat("'one' or 'any' expected, not ", Quoted(at.node.text)));
  }
  return at.node.text == "any" ? Coexistence::kAny : Coexistence::kOne;
}

std::vector<Position> WorldReader::Preference(const JsonSpot& at, const PackageSpec& package) {
  std::vector<Position> best_first;
  const size_t count = package.candidates.size();
  if (at.node.kind == Kind::kText) {
    if (at.node.text == "first") {
      for (Position i = 0; i < count; ++i) best_first.push_back(i);
    } else if (at.node.text != "last") {
      Fail(at, Cat("'last', 'first' or a list of positions expected, not ", Quoted(at.node.text)));
    }
    return best_first;
  }
  std::vector<bool> seen(count, false);
  EachItem(at, [&](const JsonSpot& item) {
    const Position position = PositionOf(item, count, package.name);
    if (ok() && seen[position]) Fail(item, Cat("position ", position, " stands twice"));
    if (ok()) seen[position] = true;
    best_first.push_back(position);
  });
  if (best_first.size() != count) {
    Fail(at, Cat("all ", count, " positions expected, not ", best_first.size()));
  }
  return best_first;
}

CandidateSpec WorldReader::Candidate(const JsonSpot& at) {
  CandidateSpec candidate;
  if (!Fields(at, {"version", "requires", "constrains", "unknown", "pending"})) return candidate;
  candidate.version = TextOf(at, "version");
  EachItem(at, "requires",
           [&](const JsonSpot& item) { candidate.requirements.push_back(Requirement(item)); });
  EachItem(at, "constrains",
           [&](const JsonSpot& item) { candidate.constraints.push_back(Constraint(item)); });
  if (at.node.Find("unknown")) candidate.unknown = TextOf(at, "unknown");
  if (at.node.Find("pending") != nullptr && !reading_.pending_candidates) {
    Fail(at, "unknown field 'pending'");
  }
  candidate.pending = FlagOf(at, "pending");
  const bool lists = !candidate.requirements.empty() || !candidate.constraints.empty();
  if (candidate.unknown && (lists || candidate.pending)) {
    Fail(at, "a candidate whose dependencies are unknown cannot list any");
  } else if (candidate.pending && lists) {
    Fail(at, "a candidate whose dependencies are pending cannot list any");
  }
  return candidate;
}

SetSpec WorldReader::Set(const JsonSpot& at) {
  return Fields(at, {"package", "allowed"}) ? SetOf(at) : SetSpec();
}

SetSpec WorldReader::SetOf(const JsonSpot& at) {
  SetSpec set{.package = TextOf(at, "package"), .allowed = {}};
  const JsonNode* allowed = at.node.Find("allowed");
  if (!allowed || !ok()) return set;
  std::vector<PositionRange> ranges;
  EachItem(JsonSpot{*allowed, &at, "allowed"}, [&](const JsonSpot& item) {
    if (!Expect(item, Kind::kArray)) return;
    if (item.node.items.size() != 2) return Fail(item, "[first, last] expected");
    const std::optional<size_t> count = CountOf(set.package);
    const Position first =
        PositionOf(JsonSpot{item.node.items[0], &item, {}, 0}, count, set.package);
    const Position last =
        PositionOf(JsonSpot{item.node.items[1], &item, {}, 1}, count, set.package);
    if (first > last) Fail(item, Cat("first ", first, " is after last ", last));
    ranges.push_back({first, last});
  });
  set.allowed = Normalized(std::move(ranges));
  return set;
}

std::optional<ConditionSpec> WorldReader::When(const JsonSpot& at) {
  const JsonNode* when = at.node.Find("when");
  if (!when || !ok()) return std::nullopt;
  return Formula(JsonSpot{*when, &at, "when"});
}

// Recursion: the depth of the JSON is limited.
ConditionSpec WorldReader::Formula(const JsonSpot& at) {
  ConditionSpec condition;
  const bool is_and = at.node.Find("and") != nullptr;
  if (!is_and && !at.node.Find("or")) {
    condition.has = Set(at);
    return condition;
  }
  const std::string_view key = is_and ? "and" : "or";
  if (!Fields(at, {key})) return condition;
  condition.kind = is_and ? Condition::Kind::kAnd : Condition::Kind::kOr;
  EachItem(at, key, [&](const JsonSpot& item) { condition.children.push_back(Formula(item)); });
  if (condition.children.empty()) Fail(at, Cat("'", key, "' of nothing"));
  return condition;
}

RequirementSpec WorldReader::Requirement(const JsonSpot& at) { return RequirementOf(at, false); }

RequirementSpec WorldReader::RequirementOf(const JsonSpot& at, bool asked) {
  RequirementSpec requirement;
  const bool any = at.node.Find("any") != nullptr;
  const std::string_view priority = asked ? "priority" : "text";
  const bool fields = any ? Fields(at, {"any", "when", "text", priority})
                          : Fields(at, {"package", "allowed", "when", "text", priority});
  if (!fields) return requirement;
  if (any) {
    EachItem(at, "any",
             [&](const JsonSpot& item) { requirement.alternatives.push_back(Set(item)); });
  } else {
    requirement.alternatives.push_back(SetOf(at));
  }
  requirement.when = When(at);
  requirement.text = OptionalText(at, "text");
  return requirement;
}

ConstraintSpec WorldReader::Constraint(const JsonSpot& at) {
  ConstraintSpec constraint;
  if (!Fields(at, {"package", "allowed", "when", "text"})) return constraint;
  constraint.set = SetOf(at);
  constraint.when = When(at);
  constraint.text = OptionalText(at, "text");
  return constraint;
}

GroupSpec WorldReader::Group(const JsonSpot& at) {
  GroupSpec group;
  if (!Fields(at, {"name", "members"})) return group;
  group.name = TextOf(at, "name");
  EachItem(at, "members", [&](const JsonSpot& item) {
    if (!Expect(item, Kind::kArray)) return;
    if (item.node.items.size() != 2) return Fail(item, "[package, position] expected");
    const JsonSpot name{item.node.items[0], &item, {}, 0};
    if (!Expect(name, Kind::kText)) return;
    const JsonSpot position{item.node.items[1], &item, {}, 1};
    group.members.emplace_back(name.node.text,
                               PositionOf(position, CountOf(name.node.text), name.node.text));
  });
  return group;
}

AskedSpec WorldReader::Asked(const JsonSpot& at) {
  AskedSpec asked{.requirement = RequirementOf(at, true)};
  if (const JsonNode* node = at.node.Find("priority"); node && ok()) {
    const JsonSpot priority{*node, &at, "priority"};
    if (!Expect(priority, Kind::kInteger)) return asked;
    asked.priority = static_cast<int32_t>(node->integer);
    if (asked.priority != node->integer) Fail(priority, "a 32-bit number expected");
  }
  return asked;
}

RestrictionSpec WorldReader::Restricted(const JsonSpot& at) {
  RestrictionSpec restriction;
  if (!Fields(at, {"package", "allowed", "reason"})) return restriction;
  restriction.set = SetOf(at);
  restriction.reason = OptionalText(at, "reason");
  return restriction;
}

RequestSpec WorldReader::Request(const JsonSpot& at) {
  RequestSpec request;
  if (!Fields(at, {"requires", "soft", "constrains", "locked", "favored", "excluded"})) {
    return request;
  }
  const auto read = [&](std::string_view key, auto& list, auto read_one) {
    EachItem(at, key, [&](const JsonSpot& item) { list.push_back((this->*read_one)(item)); });
  };
  read("requires", request.requirements, &WorldReader::Asked);
  read("soft", request.soft, &WorldReader::Asked);
  read("constrains", request.constraints, &WorldReader::Constraint);
  read("locked", request.locked, &WorldReader::Restricted);
  read("favored", request.favored, &WorldReader::Restricted);
  read("excluded", request.excluded, &WorldReader::Restricted);
  return request;
}

Position WorldReader::PositionOf(const JsonSpot& at, std::optional<size_t> count,
                                 std::string_view package) {
  if (!Expect(at, Kind::kInteger)) return 0;
  const int64_t end = count ? static_cast<int64_t>(*count) : kPositionsMax;
  if (at.node.integer >= 0 && at.node.integer < end) return static_cast<Position>(at.node.integer);
  const std::string position = Cat("position ", at.node.integer, " of ", Quoted(package));
  Fail(at, count ? Cat(position, ", which has ", *count, " candidates")
                 : Cat(position, ": from 0 to ", end - 1, " expected"));
  return 0;
}

}  // namespace accord
