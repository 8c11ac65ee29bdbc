#include "solver/cdcl/agenda.h"

#include <algorithm>

namespace accord::cdcl {

std::string_view Agenda::FirstName(RequirementId id) const {
  const Requirement& requirement = universe_.requirement(id);
  if (requirement.alternatives.empty()) return {};
  return universe_.name(universe_.set(requirement.alternatives.front()).package);
}

bool Agenda::Before(const OpenRequirement& a, const OpenRequirement& b) const {
  if (a.definite != b.definite) return a.definite;
  if (a.depth != b.depth) return a.depth < b.depth;
  if (a.priority != b.priority) return a.priority < b.priority;
  if (a.soft != b.soft) return b.soft;
  if (a.requirement != b.requirement) {
    if (const int order = FirstName(a.requirement).compare(FirstName(b.requirement)); order != 0) {
      return order < 0;
    }
    const StringId a_text = universe_.requirement(a.requirement).text;
    const StringId b_text = universe_.requirement(b.requirement).text;
    if (a_text != b_text) return universe_.Text(a_text) < universe_.Text(b_text);
  }
  return a.bringer + 1 < b.bringer + 1;  // kRequest first
}

void Agenda::Add(const OpenRequirement& open) {
  heap_.push_back(open);
  std::push_heap(heap_.begin(), heap_.end(),
                 [&](const OpenRequirement& a, const OpenRequirement& b) { return Before(b, a); });
}

OpenRequirement Agenda::TakeFirst() {
  std::pop_heap(heap_.begin(), heap_.end(),
                [&](const OpenRequirement& a, const OpenRequirement& b) { return Before(b, a); });
  const OpenRequirement first = heap_.back();
  heap_.pop_back();
  return first;
}

}  // namespace accord::cdcl
