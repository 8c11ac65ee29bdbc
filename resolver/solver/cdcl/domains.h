// The candidates of packages that admit one at a time, as bits: which are left, what killed the
// others, and which have a variable. A candidate becomes a variable only when a clause names it or
// the search decides it; of 1,400 siblings the rest stay bits, and one *cut* rules them all out.
//
// A cut is what one true literal kills: everything outside of a set, or inside. It keeps what it
// found alive, so cuts of a domain are disjoint, are undone in reverse, and name for each dead
// candidate the one literal that killed it. This file knows no levels and no values: sat_core.h
// says when to cut, why_dead.cc what a cut explains.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "model/positions.h"
#include "solver/cdcl/arena.h"
#include "solver/cdcl/literal.h"

namespace accord::cdcl {

using DomainIndex = uint32_t;  // the candidates of one package
inline constexpr uint32_t kNoIndex = UINT32_MAX;
inline constexpr Position kNoPosition = UINT32_MAX;

[[nodiscard]] bool Intersects(std::span<const PositionRange> a, std::span<const PositionRange> b);
[[nodiscard]] bool IsSubset(std::span<const PositionRange> a, std::span<const PositionRange> of);

// Some candidates of a domain. Of a domain that has no more than 64 the same as bits, for who asks
// often; no bits: they were not made, or there is no candidate.
class Members {
 public:
  Members() = default;
  template <class Ranges>
    requires std::convertible_to<const Ranges&, std::span<const PositionRange>>
  Members(const Ranges& ranges, uint64_t word = 0)  // NOLINT(google-explicit-constructor)
      : ranges_(ranges), word_(word) {}
  [[nodiscard]] std::span<const PositionRange> ranges() const { return ranges_; }
  [[nodiscard]] uint64_t word() const { return word_; }

 private:
  std::span<const PositionRange> ranges_;
  uint64_t word_ = 0;
};

class Domains {
 public:
  explicit Domains(Arena& arena) : arena_(arena) {}

  // `count` candidates, all alive, none a variable.
  DomainIndex Add(uint32_t count);
  // What Members has as word.
  [[nodiscard]] uint64_t WordOf(DomainIndex domain, std::span<const PositionRange> set) const;
  [[nodiscard]] size_t size() const { return domains_.size(); }
  [[nodiscard]] uint32_t count(DomainIndex domain) const { return domains_[domain].count; }

  [[nodiscard]] Var VarAt(DomainIndex domain, Position position) const {
    return vars_[domains_[domain].first_candidate + position];
  }
  // Of a domain that has no more than 64 candidates, and one at least.
  [[nodiscard]] uint64_t AliveWord(DomainIndex domain) const {
    return alive_[domains_[domain].first_word];
  }
  void SetVar(DomainIndex domain, Position position, Var var);

  [[nodiscard]] bool IsAlive(DomainIndex domain, Position position) const {
    return ((alive_[domains_[domain].first_word + position / kBits] >> (position % kBits)) & 1) !=
           0;
  }
  // The lowest two that are alive in the set, kNoPosition for those that are not there.
  struct Two {
    Position first = kNoPosition;
    Position second = kNoPosition;
  };
  [[nodiscard]] Two LowestAlive(DomainIndex domain, const Members& set) const;
  [[nodiscard]] Two LowestAlive(DomainIndex domain) const {
    const uint32_t count = domains_[domain].count;
    const PositionRange all{0, count - 1};
    return LowestAlive(domain, std::span(&all, count == 0 ? size_t{0} : size_t{1}));
  }
  [[nodiscard]] Position HighestAlive(DomainIndex domain, std::span<const PositionRange> set) const;

  // Each kills what is alive and gives true if that was anything; then a cut of `by` is on top.
  bool KeepOnly(DomainIndex domain, const Members& set, Lit by);
  bool Drop(DomainIndex domain, const Members& set, Lit by);
  bool KeepOne(DomainIndex domain, Position position, Lit by);
  bool DropOne(DomainIndex domain, Position position, Lit by);

  [[nodiscard]] size_t cut_count() const { return cuts_.size(); }
  // Undoes the last cut; gives its literal.
  Lit Undo();

  // Calls visit(Var) for each variable that the last cut killed.
  template <class Visit>
  void ForVarsOfLastCut(Visit visit) const {
    const Cut& cut = cuts_.back();
    ForBits(
        cut, [&](uint32_t word) { return made_[domains_[cut.domain].first_word + word]; },
        [&](Position position) { visit(VarAt(cut.domain, position)); });
  }
  // Calls visit(Position, Var) for each candidate that has a variable.
  template <class Visit>
  void ForVars(DomainIndex index, Visit visit) const {
    for (uint32_t word = 0; word < domains_[index].words; ++word) {
      uint64_t bits = made_[domains_[index].first_word + word];
      for (; bits != 0; bits &= bits - 1) {
        const Position at = word * kBits + static_cast<Position>(std::countr_zero(bits));
        visit(at, VarAt(index, at));
      }
    }
  }
  // The same, of those that are alive; visit may drop the one it is called for.
  template <class Visit>
  void ForLivingVars(DomainIndex index, Visit visit) {
    const Domain domain = domains_[index];
    for (uint32_t word = 0; word < domain.words; ++word) {
      uint64_t bits = made_[domain.first_word + word] & alive_[domain.first_word + word];
      for (; bits != 0; bits &= bits - 1) {
        const Position at = word * kBits + static_cast<Position>(std::countr_zero(bits));
        visit(at, VarAt(index, at));
      }
    }
  }
  // Calls visit(Var) for each variable of a dead candidate.
  template <class Visit>
  void ForDeadVars(DomainIndex index, Visit visit) const {
    const Domain& domain = domains_[index];
    for (uint32_t word = 0; word < domain.words; ++word) {
      uint64_t bits = made_[domain.first_word + word] & ~alive_[domain.first_word + word];
      for (; bits != 0; bits &= bits - 1) {
        visit(VarAt(index, word * kBits + static_cast<Position>(std::countr_zero(bits))));
      }
    }
  }
  // The literal whose cut killed the dead candidate.
  [[nodiscard]] Lit KilledBy(DomainIndex domain, Position position) const;
  // By position: the number of the cut that killed the candidate, later cuts having higher ones, or
  // kNoIndex while it lives. For who asks of many sets: one walk over the cuts serves them all.
  [[nodiscard]] std::vector<uint32_t> CutsByPosition(DomainIndex domain) const;
  [[nodiscard]] Lit cut_literal(uint32_t cut) const { return cuts_[cut].by; }
  // Calls visit(Lit) for the literal of each cut that killed a member of the set other than
  // `except`, the last cut first, as long as it returns true. Together they rule the dead members
  // out.
  template <class Visit>
  void ForKillers(DomainIndex domain, const Members& set, Position except, Visit visit) const {
    for (uint32_t i = domains_[domain].last_cut; i != kNoIndex; i = cuts_[i].previous) {
      if (Killed(cuts_[i], set, except) && !visit(cuts_[i].by)) return;
    }
  }

 private:
  static constexpr uint32_t kBits = 64;
  struct Domain {
    uint32_t first_candidate = 0;  // in vars_
    uint32_t first_word = 0;       // in alive_ and made_
    uint32_t count = 0;
    uint32_t words = 0;
    uint32_t last_cut = kNoIndex;
  };
  struct Cut {
    Lit by;
    DomainIndex domain = 0;
    uint32_t previous = kNoIndex;     // of the same domain
    Position position = kNoPosition;  // killed this one alone; kNoPosition: see first_word
    uint32_t first_word = 0;          // in killed_: as many words as the domain has
  };

  // visit(word, bits of it that the range covers)
  template <class Visit>
  static void ForWords(PositionRange range, Visit visit) {
    for (uint32_t word = range.first / kBits; word <= range.last / kBits; ++word) {
      uint64_t bits = ~uint64_t{0};
      if (word == range.first / kBits) bits &= ~uint64_t{0} << (range.first % kBits);
      if (word == range.last / kBits) bits &= ~uint64_t{0} >> (kBits - 1 - range.last % kBits);
      if (!visit(word, bits)) return;
    }
  }
  template <class Among, class Visit>
  void ForBits(const Cut& cut, Among among, Visit visit) const {
    if (cut.position != kNoPosition) {
      if (((among(cut.position / kBits) >> (cut.position % kBits)) & 1) != 0) visit(cut.position);
      return;
    }
    for (uint32_t word = 0; word < domains_[cut.domain].words; ++word) {
      uint64_t bits = killed_[cut.first_word + word] & among(word);
      for (; bits != 0; bits &= bits - 1) {
        visit(word * kBits + static_cast<Position>(std::countr_zero(bits)));
      }
    }
  }
  [[nodiscard]] bool Killed(const Cut& cut, const Members& set, Position except) const {
    if (set.word() == 0) return KilledOf(cut, set.ranges(), except);
    if (cut.position != kNoPosition) {
      return cut.position != except && ((set.word() >> cut.position) & 1) != 0;
    }
    uint64_t bits = killed_[cut.first_word] & set.word();
    if (except < kBits) bits &= ~(uint64_t{1} << except);
    return bits != 0;
  }
  [[nodiscard]] bool KilledOf(const Cut& cut, std::span<const PositionRange> set,
                              Position except) const;
  // Kill marks in the words of a new cut; Finish takes the dead out of alive_ and keeps the cut.
  void Begin(DomainIndex domain);
  void Kill(DomainIndex domain, PositionRange range);
  bool Finish(DomainIndex domain, Lit by);

  Arena& arena_;
  ArenaVector<Domain> domains_{arena_};
  ArenaVector<Var> vars_{arena_, 256};   // by candidate: kNoVar until it is one
  ArenaVector<uint64_t> alive_{arena_};  // bits by position
  ArenaVector<uint64_t> made_{arena_};   // has a variable
  ArenaVector<Cut> cuts_{arena_};
  ArenaVector<uint64_t> killed_{arena_};  // of the cuts, in their order
};

}  // namespace accord::cdcl
