// WorldSpec -> accord-world/1 as text: one candidate, group or wish a line.
#include "base/error.h"
#include "model/strict_json.h"
#include "model/world_file.h"

namespace accord {
namespace {

// The members of one object, on one line.
class Line {
 public:
  void Raw(std::string_view key, std::string_view json) {
    Cut();
    out_ += Cat(JsonQuoted(key), ":", json);
  }
  void Text(std::string_view key, std::string_view text) { Raw(key, JsonQuoted(text)); }
  [[nodiscard]] std::string Object() const { return Cat("{", out_, "}"); }

 private:
  void Cut() {
    if (!out_.empty()) out_ += ", ";
  }
  std::string out_;
};

template <class Items, class Write>
std::string List(const Items& items, const Write& write) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += ", ";
    out += write(item);
  }
  return Cat("[", out, "]");
}

void AddSet(Line& line, const SetSpec& set) {
  line.Text("package", set.package);
  if (!set.allowed) return;
  line.Raw("allowed", List(*set.allowed, [](const PositionRange& range) {
             return Cat("[", range.first, ",", range.last, "]");
           }));
}

std::string SetObject(const SetSpec& set) {
  Line line;
  AddSet(line, set);
  return line.Object();
}

std::string Formula(const ConditionSpec& condition) {
  if (condition.kind == Condition::Kind::kHas) return SetObject(condition.has);
  Line line;
  line.Raw(condition.kind == Condition::Kind::kAnd ? "and" : "or",
           List(condition.children, Formula));
  return line.Object();
}

void AddWhenAndText(Line& line, const std::optional<ConditionSpec>& when, std::string_view text) {
  if (when) line.Raw("when", Formula(*when));
  if (!text.empty()) line.Text("text", text);
}

void AddRequirement(Line& line, const RequirementSpec& requirement) {
  if (requirement.alternatives.size() == 1) {
    AddSet(line, requirement.alternatives.front());
  } else {
    line.Raw("any", List(requirement.alternatives, SetObject));
  }
  AddWhenAndText(line, requirement.when, requirement.text);
}

std::string RequirementObject(const RequirementSpec& requirement) {
  Line line;
  AddRequirement(line, requirement);
  return line.Object();
}

std::string AskedObject(const AskedSpec& asked) {
  Line line;
  AddRequirement(line, asked.requirement);
  if (asked.priority != 0) line.Raw("priority", std::to_string(asked.priority));
  return line.Object();
}

std::string ConstraintObject(const ConstraintSpec& constraint) {
  Line line;
  AddSet(line, constraint.set);
  AddWhenAndText(line, constraint.when, constraint.text);
  return line.Object();
}

std::string RestrictionObject(const RestrictionSpec& restriction) {
  Line line;
  AddSet(line, restriction.set);
  if (!restriction.reason.empty()) line.Text("reason", restriction.reason);
  return line.Object();
}

std::string CandidateObject(const CandidateSpec& candidate) {
  Line line;
  line.Text("version", candidate.version);
  if (candidate.unknown) line.Text("unknown", *candidate.unknown);
  if (!candidate.requirements.empty()) {
    line.Raw("requires", List(candidate.requirements, RequirementObject));
  }
  if (!candidate.constraints.empty()) {
    line.Raw("constrains", List(candidate.constraints, ConstraintObject));
  }
  return line.Object();
}

std::string Preference(const std::vector<Position>& best_first) {
  Position expected = 0;
  for (const Position position : best_first) {
    if (position != expected++) {
      return List(best_first, [](Position p) { return std::to_string(p); });
    }
  }
  return "\"first\"";
}

// A list with one item a line.
template <class Items, class Write>
std::string Lines(const Items& items, std::string_view indent, const Write& write) {
  if (items.empty()) return "[]";
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ",";
    out += Cat("\n", indent, "  ", write(item));
  }
  return Cat(out, "\n", indent, "]");
}

std::string PackageObject(const PackageSpec& package) {
  Line line;
  if (package.coexistence == Coexistence::kAny) line.Text("coexist", "any");
  if (!package.preference.empty()) line.Raw("prefer", Preference(package.preference));
  if (package.unknown) {
    line.Text("unknown", *package.unknown);
  } else if (package.nonexistent) {
    line.Raw("nonexistent", "true");
  } else {
    line.Raw("candidates", Lines(package.candidates, "    ", CandidateObject));
  }
  return line.Object();
}

std::string GroupObject(const GroupSpec& group) {
  Line line;
  line.Text("name", group.name);
  line.Raw("members", List(group.members, [](const auto& member) {
             return Cat("[", JsonQuoted(member.first), ",", member.second, "]");
           }));
  return line.Object();
}

std::string RequestObject(const WorldSpec& spec) {
  std::string out;
  const auto add = [&](std::string_view key, const auto& items, const auto& write) {
    if (items.empty()) return;
    out +=
        Cat(out.empty() ? "\n" : ",\n", "    ", JsonQuoted(key), ": ", Lines(items, "    ", write));
  };
  add("requires", spec.requirements, AskedObject);
  add("soft", spec.soft, AskedObject);
  add("constrains", spec.constraints, ConstraintObject);
  add("locked", spec.locked, RestrictionObject);
  add("favored", spec.favored, RestrictionObject);
  add("excluded", spec.excluded, RestrictionObject);
  return Cat("{", out, out.empty() ? "" : "\n  ", "}");
}

}  // namespace

std::string WriteWorldSpec(const WorldSpec& spec) {
  std::string out = "{\n  \"format\": \"accord-world/1\",\n  \"packages\": {";
  bool first = true;
  for (const PackageSpec& package : spec.packages) {
    out += Cat(first ? "" : ",", "\n    ", JsonQuoted(package.name), ": ", PackageObject(package));
    first = false;
  }
  out += first ? "},\n" : "\n  },\n";
  if (!spec.groups.empty()) {
    out += Cat("  \"groups\": ", Lines(spec.groups, "  ", GroupObject), ",\n");
  }
  return Cat(out, "  \"request\": ", RequestObject(spec), "\n}\n");
}

std::string WriteWorld(const Universe& universe, const Problem& problem) {
  return WriteWorldSpec(SpecOf(universe, problem));
}

}  // namespace accord
