#include "solver/cdcl/domains.h"

namespace accord::cdcl {

bool Intersects(std::span<const PositionRange> a, std::span<const PositionRange> b) {
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i].last < b[j].first) {
      ++i;
    } else if (b[j].last < a[i].first) {
      ++j;
    } else {
      return true;
    }
  }
  return false;
}

// Ranges do not touch, so each of `a` must lie in one of `of`.
bool IsSubset(std::span<const PositionRange> a, std::span<const PositionRange> of) {
  size_t j = 0;
  for (const PositionRange range : a) {
    while (j < of.size() && of[j].last < range.first) ++j;
    if (j == of.size() || of[j].first > range.first || of[j].last < range.last) return false;
  }
  return true;
}

DomainIndex Domains::Add(uint32_t count) {
  const auto index = static_cast<DomainIndex>(domains_.size());
  const uint32_t words = (count + kBits - 1) / kBits;
  domains_.push_back({.first_candidate = static_cast<uint32_t>(vars_.size()),
                      .first_word = static_cast<uint32_t>(alive_.size()),
                      .count = count,
                      .words = words});
  vars_.resize(vars_.size() + count, kNoVar);
  alive_.resize(alive_.size() + words, ~uint64_t{0});
  if (count % kBits != 0) alive_.back() >>= kBits - count % kBits;
  made_.resize(made_.size() + words, 0);
  return index;
}

void Domains::SetVar(DomainIndex index, Position position, Var var) {
  const Domain& domain = domains_[index];
  vars_[domain.first_candidate + position] = var;
  made_[domain.first_word + position / kBits] |= uint64_t{1} << (position % kBits);
}

uint64_t Domains::WordOf(DomainIndex index, std::span<const PositionRange> set) const {
  if (domains_[index].words != 1) return 0;
  uint64_t word = 0;
  for (const PositionRange range : set) {
    ForWords(range, [&](uint32_t, uint64_t mask) {
      word |= mask;
      return true;
    });
  }
  return word;
}

Domains::Two Domains::LowestAlive(DomainIndex index, const Members& set) const {
  const uint64_t* const alive = alive_.data() + domains_[index].first_word;
  Two two;
  if (set.word() != 0) {
    const uint64_t bits = *alive & set.word();
    if (bits != 0) two.first = static_cast<Position>(std::countr_zero(bits));
    if (const uint64_t rest = bits & (bits - 1); bits != 0 && rest != 0) {
      two.second = static_cast<Position>(std::countr_zero(rest));
    }
    return two;
  }
  for (const PositionRange range : set.ranges()) {
    ForWords(range, [&](uint32_t word, uint64_t mask) {
      uint64_t bits = alive[word] & mask;
      for (; bits != 0 && two.second == kNoPosition; bits &= bits - 1) {
        const Position found = word * kBits + static_cast<Position>(std::countr_zero(bits));
        (two.first == kNoPosition ? two.first : two.second) = found;
      }
      return two.second == kNoPosition;
    });
    if (two.second != kNoPosition) break;
  }
  return two;
}

Position Domains::HighestAlive(DomainIndex index, std::span<const PositionRange> set) const {
  const uint64_t* const alive = alive_.data() + domains_[index].first_word;
  for (size_t i = set.size(); i > 0; --i) {
    const PositionRange range = set[i - 1];
    for (uint32_t word = range.last / kBits + 1; word > range.first / kBits; --word) {
      uint64_t bits = alive[word - 1];
      if (word - 1 == range.first / kBits) bits &= ~uint64_t{0} << (range.first % kBits);
      if (word - 1 == range.last / kBits) bits &= ~uint64_t{0} >> (kBits - 1 - range.last % kBits);
      if (bits == 0) continue;
      return (word - 1) * kBits + kBits - 1 - static_cast<Position>(std::countl_zero(bits));
    }
  }
  return kNoPosition;
}

void Domains::Begin(DomainIndex index) {
  killed_.resize(killed_.size() + domains_[index].words, 0);
}

void Domains::Kill(DomainIndex index, PositionRange range) {
  const Domain& domain = domains_[index];
  const uint64_t* const alive = alive_.data() + domain.first_word;
  uint64_t* const killed = killed_.data() + killed_.size() - domain.words;
  ForWords(range, [&](uint32_t word, uint64_t mask) {
    killed[word] |= alive[word] & mask;
    return true;
  });
}

bool Domains::Finish(DomainIndex index, Lit by) {
  Domain& domain = domains_[index];
  uint64_t* const alive = alive_.data() + domain.first_word;
  const size_t first = killed_.size() - domain.words;
  uint64_t any = 0;
  for (uint32_t word = 0; word < domain.words; ++word) {
    any |= killed_[first + word];
    alive[word] &= ~killed_[first + word];
  }
  if (any == 0) {
    killed_.resize(first);
    return false;
  }
  cuts_.push_back({.by = by,
                   .domain = index,
                   .previous = domain.last_cut,
                   .first_word = static_cast<uint32_t>(first)});
  domain.last_cut = static_cast<uint32_t>(cuts_.size() - 1);
  return true;
}

bool Domains::KeepOnly(DomainIndex index, const Members& set, Lit by) {
  Begin(index);
  if (set.word() != 0) {
    killed_.back() = alive_[domains_[index].first_word] & ~set.word();
    return Finish(index, by);
  }
  Position next = 0;
  for (const PositionRange range : set.ranges()) {
    if (next < range.first) Kill(index, {next, range.first - 1});
    next = range.last + 1;
  }
  if (const uint32_t count = domains_[index].count; next < count) Kill(index, {next, count - 1});
  return Finish(index, by);
}

bool Domains::Drop(DomainIndex index, const Members& set, Lit by) {
  Begin(index);
  for (const PositionRange range : set.ranges()) Kill(index, range);
  return Finish(index, by);
}

bool Domains::KeepOne(DomainIndex index, Position position, Lit by) {
  const PositionRange one{position, position};
  return KeepOnly(index, std::span(&one, 1), by);
}

bool Domains::DropOne(DomainIndex index, Position position, Lit by) {
  if (!IsAlive(index, position)) return false;
  Domain& domain = domains_[index];
  alive_[domain.first_word + position / kBits] &= ~(uint64_t{1} << (position % kBits));
  cuts_.push_back({.by = by, .domain = index, .previous = domain.last_cut, .position = position});
  domain.last_cut = static_cast<uint32_t>(cuts_.size() - 1);
  return true;
}

Lit Domains::Undo() {
  const Cut cut = cuts_.back();
  cuts_.pop_back();
  Domain& domain = domains_[cut.domain];
  domain.last_cut = cut.previous;
  if (cut.position != kNoPosition) {
    alive_[domain.first_word + cut.position / kBits] |= uint64_t{1} << (cut.position % kBits);
    return cut.by;
  }
  for (uint32_t word = 0; word < domain.words; ++word) {
    alive_[domain.first_word + word] |= killed_[cut.first_word + word];
  }
  killed_.resize(cut.first_word);
  return cut.by;
}

Lit Domains::KilledBy(DomainIndex domain, Position position) const {
  ACCORD_DCHECK(!IsAlive(domain, position));
  const PositionRange one{position, position};
  uint32_t i = domains_[domain].last_cut;
  while (!KilledOf(cuts_[i], {&one, 1}, kNoPosition)) i = cuts_[i].previous;
  return cuts_[i].by;
}

std::vector<uint32_t> Domains::CutsByPosition(DomainIndex domain) const {
  std::vector<uint32_t> cut_of(domains_[domain].count, kNoIndex);
  for (uint32_t i = domains_[domain].last_cut; i != kNoIndex; i = cuts_[i].previous) {
    ForBits(
        cuts_[i], [](uint32_t) { return ~uint64_t{0}; }, [&](Position at) { cut_of[at] = i; });
  }
  return cut_of;
}

bool Domains::KilledOf(const Cut& cut, std::span<const PositionRange> set, Position except) const {
  if (cut.position != kNoPosition) {
    return cut.position != except && Contains(set, cut.position);
  }
  bool any = false;
  for (const PositionRange range : set) {
    ForWords(range, [&](uint32_t word, uint64_t bits) {
      bits &= killed_[cut.first_word + word];
      if (except / kBits == word) bits &= ~(uint64_t{1} << (except % kBits));
      any = bits != 0;
      return !any;
    });
    if (any) break;
  }
  return any;
}

}  // namespace accord::cdcl
