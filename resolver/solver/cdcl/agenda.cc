#include "solver/cdcl/agenda.h"

#include <algorithm>

namespace accord::cdcl {
namespace {

constexpr int kDepthAt = 33;  // in a rank: above priority and softness

}  // namespace

std::string_view Agenda::NameOf(PackageId package) const {
  return package.valid() ? universe_.name(package) : std::string_view();
}

Agenda::Key Agenda::KeyOf(const OpenRequirement& open, Slot slot) const {
  ACCORD_CHECK(open.depth < uint32_t{1} << 30);
  const auto priority = static_cast<uint32_t>(open.priority) ^ (uint32_t{1} << 31);
  Key key{.slot = slot};
  key.rank = (universe_.IsDefinite(open.requirement) ? 0 : uint64_t{1} << 63) |
             uint64_t{open.depth} << kDepthAt | uint64_t{priority} << 1 |
             (open.soft ? uint64_t{1} : 0);
  const Requirement& requirement = universe_.requirement(open.requirement);
  if (!requirement.alternatives.empty()) {
    key.package = universe_.set(requirement.alternatives.front()).package;
  }
  const std::string_view name = NameOf(key.package);
  unsigned char begin[sizeof key.name_begin] = {};
  std::copy_n(name.begin(), std::min(name.size(), sizeof begin), begin);
  for (const unsigned char byte : begin) key.name_begin = key.name_begin << 8 | byte;
  return key;
}

bool Agenda::Before(const Key& a, const Key& b) const {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.name_begin != b.name_begin) return a.name_begin < b.name_begin;
  return NameBefore(a, b);
}

// Both have the same rank and their names begin alike.
bool Agenda::NameBefore(const Key& a, const Key& b) const {
  if (a.package != b.package) {
    if (const int order = NameOf(a.package).compare(NameOf(b.package)); order != 0) {
      return order < 0;
    }
  }
  const OpenRequirement& open_a = at(a.slot);
  const OpenRequirement& open_b = at(b.slot);
  if (open_a.requirement != open_b.requirement) {
    const StringId a_text = universe_.requirement(open_a.requirement).text;
    const StringId b_text = universe_.requirement(open_b.requirement).text;
    if (a_text != b_text) return universe_.Text(a_text) < universe_.Text(b_text);
  }
  return open_a.bringer + 1 < open_b.bringer + 1;  // kRequest first
}

void Agenda::Clear() {
  heap_.clear();
  returned_.clear();
  slots_.clear();
  free_.clear();
}

void Agenda::Push(const Key& key) {
  heap_.push_back(key);
  std::ranges::push_heap(heap_, [&](const Key& a, const Key& b) { return Before(b, a); });
}

void Agenda::Add(const OpenRequirement& open) {
  auto slot = static_cast<Slot>(slots_.size());
  if (free_.empty()) {
    slots_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  const Key key = KeyOf(open, slot);
  slots_[slot] = {.open = open, .key = key};
  Push(key);
}

void Agenda::GiveBack(Slot slot) {
  const Key& key = slots_[slot].key;
  if (returned_.empty() || !Before(returned_.back(), key)) {
    returned_.push_back(key);
  } else {
    Push(key);
  }
}

const Agenda::Key& Agenda::First() const {
  if (returned_.empty()) return heap_.front();
  if (heap_.empty()) return returned_.back();
  return Before(heap_.front(), returned_.back()) ? heap_.front() : returned_.back();
}

bool Agenda::IsPast(uint32_t depth) const {
  return empty() || First().rank >= uint64_t{depth} << kDepthAt;
}

Agenda::Slot Agenda::TakeFirst() {
  const Slot first = First().slot;
  if (!returned_.empty() && returned_.back().slot == first) {
    returned_.pop_back();
    return first;
  }
  std::ranges::pop_heap(heap_, [&](const Key& a, const Key& b) { return Before(b, a); });
  heap_.pop_back();
  return first;
}

}  // namespace accord::cdcl
