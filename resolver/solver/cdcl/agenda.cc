#include "solver/cdcl/agenda.h"

#include <algorithm>

namespace accord::cdcl {

std::string_view Agenda::FirstName(RequirementId id) const {
  const Requirement& requirement = universe_.requirement(id);
  if (requirement.alternatives.empty()) return {};
  return universe_.name(universe_.set(requirement.alternatives.front()).package);
}

Agenda::Key Agenda::KeyOf(const OpenRequirement& open) const {
  ACCORD_CHECK(open.depth < uint32_t{1} << 30);
  const auto priority = static_cast<uint32_t>(open.priority) ^ (uint32_t{1} << 31);
  Key key;
  key.rank = (open.definite ? 0 : uint64_t{1} << 63) | uint64_t{open.depth} << 33 |
             uint64_t{priority} << 1 | (open.soft ? uint64_t{1} : 0);
  const std::string_view name = FirstName(open.requirement);
  unsigned char begin[sizeof key.name_begin] = {};
  std::copy_n(name.begin(), std::min(name.size(), sizeof begin), begin);
  for (const unsigned char byte : begin) key.name_begin = key.name_begin << 8 | byte;
  return key;
}

bool Agenda::Before(const Key& a, const Key& b) const {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.name_begin != b.name_begin) return a.name_begin < b.name_begin;
  return NameBefore(open_[a.open], open_[b.open]);
}

// Both have the same rank and their names begin alike.
bool Agenda::NameBefore(const OpenRequirement& a, const OpenRequirement& b) const {
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

void Agenda::Clear() {
  heap_.clear();
  open_.clear();
  free_.clear();
}

void Agenda::Add(const OpenRequirement& open) {
  Key key = KeyOf(open);
  if (free_.empty()) {
    key.open = static_cast<uint32_t>(open_.size());
    open_.push_back(open);
  } else {
    key.open = free_.back();
    free_.pop_back();
    open_[key.open] = open;
  }
  heap_.push_back(key);
  std::ranges::push_heap(heap_, [&](const Key& a, const Key& b) { return Before(b, a); });
}

OpenRequirement Agenda::TakeFirst() {
  std::ranges::pop_heap(heap_, [&](const Key& a, const Key& b) { return Before(b, a); });
  const uint32_t first = heap_.back().open;
  heap_.pop_back();
  free_.push_back(first);
  return open_[first];
}

}  // namespace accord::cdcl
