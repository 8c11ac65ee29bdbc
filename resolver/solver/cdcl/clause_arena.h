// Clauses in one array of words: a header of four, then the literals. A ClauseRef is an offset and
// stays good; a deleted clause is only marked (its words are not reused: learnt clauses are few and
// short here, see docs/solver.md).
#pragma once

#include <bit>
#include <span>
#include <vector>

#include "base/check.h"
#include "solver/cdcl/arena.h"
#include "solver/cdcl/literal.h"

namespace accord::cdcl {

using ClauseRef = uint32_t;

class ClauseArena {
 public:
  explicit ClauseArena(Arena& arena) : words_(arena, 512) {}

  // `origin`: for an input clause the index of its reason, for a learnt one that of its derivation.
  ClauseRef Add(std::span<const Lit> literals, uint32_t origin, bool learnt) {
    const auto ref = static_cast<ClauseRef>(words_.size());
    ACCORD_CHECK(words_.size() + literals.size() + kHeaderWords < UINT32_MAX / 2);
    words_.push_back(static_cast<uint32_t>(literals.size()));
    words_.push_back(learnt ? kLearnt : 0);
    words_.push_back(origin);
    words_.push_back(0);  // activity
    for (const Lit literal : literals) words_.push_back(literal.code());
    return ref;
  }

  [[nodiscard]] uint32_t size(ClauseRef ref) const { return words_[ref]; }
  [[nodiscard]] Lit at(ClauseRef ref, uint32_t i) const {
    return Lit::FromCode(words_[ref + kHeaderWords + i]);
  }
  // Of all literals. Good until the next Add.
  [[nodiscard]] std::span<uint32_t> codes(ClauseRef ref) {
    return {words_.data() + ref + kHeaderWords, words_[ref]};
  }
  void Swap(ClauseRef ref, uint32_t i, uint32_t j) {
    std::swap(words_[ref + kHeaderWords + i], words_[ref + kHeaderWords + j]);
  }
  [[nodiscard]] bool learnt(ClauseRef ref) const { return (words_[ref + 1] & kLearnt) != 0; }
  [[nodiscard]] bool deleted(ClauseRef ref) const { return (words_[ref + 1] & kDeleted) != 0; }
  void Delete(ClauseRef ref) { words_[ref + 1] |= kDeleted; }
  [[nodiscard]] uint32_t origin(ClauseRef ref) const { return words_[ref + 2]; }
  [[nodiscard]] float activity(ClauseRef ref) const {
    return std::bit_cast<float>(words_[ref + 3]);
  }
  void SetActivity(ClauseRef ref, float activity) {
    words_[ref + 3] = std::bit_cast<uint32_t>(activity);
  }

 private:
  static constexpr uint32_t kHeaderWords = 4;
  static constexpr uint32_t kLearnt = 1;
  static constexpr uint32_t kDeleted = 2;
  ArenaVector<uint32_t> words_;
};

}  // namespace accord::cdcl
