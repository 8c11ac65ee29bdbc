// accord-world/1 as text -> WorldSpec. The first thing found wrong is kept and ends the reading.
#include <algorithm>
#include <initializer_list>

#include "base/error.h"
#include "model/strict_json.h"
#include "model/world_file.h"

namespace accord {
namespace {

using Kind = JsonNode::Kind;

// A value and how it was reached: the chain is the JSON Pointer.
struct Spot {
  const JsonNode& node;
  const Spot* parent = nullptr;
  std::string_view key = {};
  size_t index = 0;  // used when key is null
};

std::string Escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Pointer(const Spot& at) {
  if (!at.parent) return "";
  const std::string step = at.key.data() ? Escaped(at.key) : std::to_string(at.index);
  return Cat(Pointer(*at.parent), "/", step);
}

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "true or false";
    case Kind::kInteger:
      return "a number";
    case Kind::kText:
      return "a text";
    case Kind::kArray:
      return "a list";
    case Kind::kObject:
      return "an object";
  }
  return "";
}

class Parser {
 public:
  Parser(std::string_view place, const WorldLimits& limits) : place_(place), limits_(limits) {}

  absl::StatusOr<WorldSpec> Parse(const JsonNode& root) {
    const Spot at{root};
    if (!Fields(at, {"format", "packages", "groups", "request"})) return status_;
    if (const std::string format = TextOf(at, "format"); ok() && format != "accord-world/1") {
      Fail(at, Cat("format 'accord-world/1' expected, not ", Quoted(format)));
    }
    EachMember(at, "packages", [&](const Spot& item) { CountPackage(item); });
    EachMember(at, "packages", [&](const Spot& item) { Package(item); });
    EachItem(at, "groups", [&](const Spot& item) { Group(item); });
    if (const JsonNode* request = root.Find("request")) Request(Spot{*request, &at, "request"});
    if (!ok()) return status_;
    return std::move(spec_);
  }

 private:
  [[nodiscard]] bool ok() const { return status_.ok(); }

  void Fail(const Spot& at, std::string_view what) {
    if (!ok()) return;
    const std::string pointer = Pointer(at);
    status_ = InvalidInput(Cat(place_, ": ", pointer.empty() ? "/" : pointer), what);
  }
  void FailLimit(const Spot& at, std::string_view what) {
    if (ok()) status_ = LimitReached(Cat(place_, ": ", Pointer(at)), what);
  }

  bool Expect(const Spot& at, Kind kind) {
    if (at.node.kind != kind) {
      Fail(at, Cat(KindName(kind), " expected, not ", KindName(at.node.kind)));
    }
    return ok();
  }

  // An object with no other fields than these.
  bool Fields(const Spot& at, std::initializer_list<std::string_view> known) {
    if (!Expect(at, Kind::kObject)) return false;
    for (const auto& [key, value] : at.node.members) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        Fail(at, Cat("unknown field ", Quoted(key)));
      }
    }
    return ok();
  }

  template <class Take>
  void EachItem(const Spot& at, std::string_view key, const Take& take) {
    const JsonNode* list = at.node.Find(key);
    if (!list || !ok()) return;
    EachItem(Spot{*list, &at, key}, take);
  }
  template <class Take>
  void EachItem(const Spot& list, const Take& take) {
    if (!Expect(list, Kind::kArray)) return;
    for (size_t i = 0; i < list.node.items.size() && ok(); ++i) {
      take(Spot{list.node.items[i], &list, {}, i});
    }
  }
  template <class Take>
  void EachMember(const Spot& at, std::string_view key, const Take& take) {
    const JsonNode* object = at.node.Find(key);
    if (!object || !ok()) return;
    const Spot inner{*object, &at, key};
    if (!Expect(inner, Kind::kObject)) return;
    for (const auto& [name, value] : object->members) {
      if (ok()) take(Spot{value, &inner, name});
    }
  }

  std::string TextOf(const Spot& at, std::string_view key) {
    const JsonNode* node = at.node.Find(key);
    if (!node) {
      Fail(at, Cat("field ", Quoted(key), " is missing"));
      return "";
    }
    return Expect(Spot{*node, &at, key}, Kind::kText) ? node->text : "";
  }
  std::string OptionalText(const Spot& at, std::string_view key) {
    return at.node.Find(key) ? TextOf(at, key) : "";
  }

  // A position of a package with `count` candidates.
  Position PositionOf(const Spot& at, size_t count, std::string_view package) {
    if (!Expect(at, Kind::kInteger)) return 0;
    if (at.node.integer < 0 || at.node.integer >= static_cast<int64_t>(count)) {
      Fail(at, Cat("position ", at.node.integer, " of ", Quoted(package), ", which has ", count,
                   " candidates"));
      return 0;
    }
    return static_cast<Position>(at.node.integer);
  }

  // First every package's number of candidates: sets may speak of packages that come later.
  void CountPackage(const Spot& at) {
    if (!Expect(at, Kind::kObject)) return;
    if (counts_.size() >= limits_.packages_max) {
      return FailLimit(at, Cat("more than ", limits_.packages_max, " packages"));
    }
    const JsonNode* candidates = at.node.Find("candidates");
    const size_t count = candidates ? candidates->items.size() : 0;
    candidates_ += count;
    if (candidates_ > limits_.candidates_max) {
      return FailLimit(at, Cat("more than ", limits_.candidates_max, " candidates"));
    }
    counts_.emplace(at.key, count);
  }

  [[nodiscard]] size_t CountOf(std::string_view package) const {
    const auto found = counts_.find(package);
    return found == counts_.end() ? 0 : found->second;
  }

  void Package(const Spot& at) {
    if (!Fields(at, {"candidates", "prefer", "coexist", "unknown", "nonexistent"})) return;
    PackageSpec package{.name = std::string(at.key)};
    if (const JsonNode* coexist = at.node.Find("coexist")) {
      package.coexistence = CoexistenceOf(Spot{*coexist, &at, "coexist"});
    }
    if (at.node.Find("unknown")) package.unknown = TextOf(at, "unknown");
    if (const JsonNode* flag = at.node.Find("nonexistent")) {
      Expect(Spot{*flag, &at, "nonexistent"}, Kind::kBool);
      package.nonexistent = flag->boolean;
    }
    EachItem(at, "candidates",
             [&](const Spot& item) { package.candidates.push_back(Candidate(item)); });
    const int kinds = (at.node.Find("candidates") ? 1 : 0) + (package.unknown ? 1 : 0) +
                      (package.nonexistent ? 1 : 0);
    if (kinds != 1) Fail(at, "one of 'candidates', 'unknown' and 'nonexistent' expected");
    if (const JsonNode* prefer = at.node.Find("prefer")) {
      package.preference = Preference(Spot{*prefer, &at, "prefer"}, package);
    }
    spec_.packages.push_back(std::move(package));
  }

  Coexistence CoexistenceOf(const Spot& at) {
    if (!Expect(at, Kind::kText)) return Coexistence::kOne;
    if (at.node.text != "one" && at.node.text != "any") {
      Fail(at, Cat("'one' or 'any' expected, not ", Quoted(at.node.text)));
    }
    return at.node.text == "any" ? Coexistence::kAny : Coexistence::kOne;
  }

  std::vector<Position> Preference(const Spot& at, const PackageSpec& package) {
    std::vector<Position> best_first;
    const size_t count = package.candidates.size();
    if (at.node.kind == Kind::kText) {
      if (at.node.text == "first") {
        for (Position i = 0; i < count; ++i) best_first.push_back(i);
      } else if (at.node.text != "last") {
        Fail(at,
             Cat("'last', 'first' or a list of positions expected, not ", Quoted(at.node.text)));
      }
      return best_first;
    }
    std::vector<bool> seen(count, false);
    EachItem(at, [&](const Spot& item) {
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

  CandidateSpec Candidate(const Spot& at) {
    CandidateSpec candidate;
    if (!Fields(at, {"version", "requires", "constrains", "unknown"})) return candidate;
    candidate.version = TextOf(at, "version");
    EachItem(at, "requires",
             [&](const Spot& item) { candidate.requirements.push_back(Requirement(item, false)); });
    EachItem(at, "constrains",
             [&](const Spot& item) { candidate.constraints.push_back(Constraint(item)); });
    if (at.node.Find("unknown")) {
      candidate.unknown = TextOf(at, "unknown");
      if (!candidate.requirements.empty() || !candidate.constraints.empty()) {
        Fail(at, "a candidate whose dependencies are unknown cannot list any");
      }
    }
    return candidate;
  }

  SetSpec Set(const Spot& at) {
    SetSpec set{.package = TextOf(at, "package"), .allowed = {}};
    const JsonNode* allowed = at.node.Find("allowed");
    if (!allowed || !ok()) return set;
    std::vector<PositionRange> ranges;
    EachItem(Spot{*allowed, &at, "allowed"}, [&](const Spot& item) {
      if (!Expect(item, Kind::kArray)) return;
      if (item.node.items.size() != 2) return Fail(item, "[first, last] expected");
      const size_t count = CountOf(set.package);
      const Position first = PositionOf(Spot{item.node.items[0], &item, {}, 0}, count, set.package);
      const Position last = PositionOf(Spot{item.node.items[1], &item, {}, 1}, count, set.package);
      if (first > last) Fail(item, Cat("first ", first, " is after last ", last));
      ranges.push_back({first, last});
    });
    set.allowed = Normalized(std::move(ranges));
    return set;
  }

  std::optional<ConditionSpec> When(const Spot& at) {
    const JsonNode* when = at.node.Find("when");
    if (!when || !ok()) return std::nullopt;
    return Formula(Spot{*when, &at, "when"});
  }

  // Recursion: the depth of the JSON is limited.
  ConditionSpec Formula(const Spot& at) {
    ConditionSpec condition;
    const bool is_and = at.node.Find("and") != nullptr;
    if (!is_and && !at.node.Find("or")) {
      if (Fields(at, {"package", "allowed"})) condition.has = Set(at);
      return condition;
    }
    const std::string_view key = is_and ? "and" : "or";
    if (!Fields(at, {key})) return condition;
    condition.kind = is_and ? Condition::Kind::kAnd : Condition::Kind::kOr;
    EachItem(at, key, [&](const Spot& item) { condition.children.push_back(Formula(item)); });
    if (condition.children.empty()) Fail(at, Cat("'", key, "' of nothing"));
    return condition;
  }

  RequirementSpec Requirement(const Spot& at, bool asked) {
    RequirementSpec requirement;
    const bool any = at.node.Find("any") != nullptr;
    const std::string_view priority = asked ? "priority" : "text";
    const bool fields = any ? Fields(at, {"any", "when", "text", priority})
                            : Fields(at, {"package", "allowed", "when", "text", priority});
    if (!fields) return requirement;
    if (any) {
      EachItem(at, "any", [&](const Spot& item) {
        if (Fields(item, {"package", "allowed"})) requirement.alternatives.push_back(Set(item));
      });
    } else {
      requirement.alternatives.push_back(Set(at));
    }
    requirement.when = When(at);
    requirement.text = OptionalText(at, "text");
    return requirement;
  }

  ConstraintSpec Constraint(const Spot& at) {
    ConstraintSpec constraint;
    if (!Fields(at, {"package", "allowed", "when", "text"})) return constraint;
    constraint.set = Set(at);
    constraint.when = When(at);
    constraint.text = OptionalText(at, "text");
    return constraint;
  }

  void Group(const Spot& at) {
    if (!Fields(at, {"name", "members"})) return;
    GroupSpec group{.name = TextOf(at, "name"), .members = {}};
    EachItem(at, "members", [&](const Spot& item) {
      if (!Expect(item, Kind::kArray)) return;
      if (item.node.items.size() != 2) return Fail(item, "[package, position] expected");
      const Spot name{item.node.items[0], &item, {}, 0};
      if (!Expect(name, Kind::kText)) return;
      const Spot position{item.node.items[1], &item, {}, 1};
      group.members.emplace_back(name.node.text,
                                 PositionOf(position, CountOf(name.node.text), name.node.text));
    });
    spec_.groups.push_back(std::move(group));
  }

  AskedSpec Asked(const Spot& at) {
    AskedSpec asked{.requirement = Requirement(at, true)};
    if (const JsonNode* node = at.node.Find("priority"); node && ok()) {
      const Spot priority{*node, &at, "priority"};
      if (!Expect(priority, Kind::kInteger)) return asked;
      asked.priority = static_cast<int32_t>(node->integer);
      if (asked.priority != node->integer) Fail(priority, "a 32-bit number expected");
    }
    return asked;
  }

  RestrictionSpec Restricted(const Spot& at) {
    RestrictionSpec restriction;
    if (!Fields(at, {"package", "allowed", "reason"})) return restriction;
    restriction.set = Set(at);
    restriction.reason = OptionalText(at, "reason");
    return restriction;
  }

  void Request(const Spot& at) {
    if (!Fields(at, {"requires", "soft", "constrains", "locked", "favored", "excluded"})) return;
    EachItem(at, "requires", [&](const Spot& item) { spec_.requirements.push_back(Asked(item)); });
    EachItem(at, "soft", [&](const Spot& item) { spec_.soft.push_back(Asked(item)); });
    EachItem(at, "constrains",
             [&](const Spot& item) { spec_.constraints.push_back(Constraint(item)); });
    EachItem(at, "locked", [&](const Spot& item) { spec_.locked.push_back(Restricted(item)); });
    EachItem(at, "favored", [&](const Spot& item) { spec_.favored.push_back(Restricted(item)); });
    EachItem(at, "excluded", [&](const Spot& item) { spec_.excluded.push_back(Restricted(item)); });
  }

  std::string_view place_;
  const WorldLimits& limits_;
  absl::Status status_;
  absl::flat_hash_map<std::string_view, size_t, TextHash, TextEqual> counts_;
  size_t candidates_ = 0;
  WorldSpec spec_;
};

}  // namespace

absl::StatusOr<WorldSpec> ParseWorldSpec(std::string_view text, std::string_view place,
                                         const WorldLimits& limits) {
  const absl::StatusOr<JsonNode> root =
      ParseStrictJson(text, place, {.bytes_max = limits.bytes_max, .depth_max = limits.depth_max});
  if (!root.ok()) return root.status();
  return Parser(place, limits).Parse(*root);
}

absl::StatusOr<World> ParseWorld(std::string_view text, std::string_view place,
                                 const WorldLimits& limits) {
  const absl::StatusOr<WorldSpec> spec = ParseWorldSpec(text, place, limits);
  if (!spec.ok()) return spec.status();
  return Build(*spec);
}

}  // namespace accord
