// Names and what is said of each: an immutable map. One that is made from another shares with it
// what did not change, so that a change costs little even with 100,000 names.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/interner.h"

namespace accord::engine {

// `Said` has a `name`. Copies cost little; thread-safe, as constants are.
template <class Said>
class SharedNames {
 public:
  class Change;

  // Null: nothing is said of it.
  [[nodiscard]] std::shared_ptr<const Said> Share(std::string_view name) const {
    const std::shared_ptr<const Said>* found = Look(name);
    return found == nullptr ? nullptr : *found;
  }
  [[nodiscard]] const Said* Find(std::string_view name) const {
    const std::shared_ptr<const Said>* found = Look(name);
    return found == nullptr ? nullptr : found->get();
  }
  [[nodiscard]] size_t size() const { return size_; }

 private:
  // The keys are the values' own names.
  using Shard =
      absl::flat_hash_map<std::string_view, std::shared_ptr<const Said>, TextHash, TextEqual>;
  static constexpr size_t kShards = 512;

  [[nodiscard]] static size_t ShardOf(std::string_view name) { return TextHash()(name) % kShards; }
  [[nodiscard]] const std::shared_ptr<const Said>* Look(std::string_view name) const {
    const std::shared_ptr<const Shard>& shard = shards_[ShardOf(name)];
    if (shard == nullptr) return nullptr;
    const auto found = shard->find(name);
    return found == shard->end() ? nullptr : &found->second;
  }

  std::array<std::shared_ptr<const Shard>, kShards> shards_;  // null: empty
  size_t size_ = 0;
};

// A map on its way to another one.
template <class Said>
class SharedNames<Said>::Change {
 public:
  explicit Change(const SharedNames& before) : names_(before) {}

  // As they are now.
  [[nodiscard]] const SharedNames& names() const { return names_; }
  // In the place of what was said of the name.
  void Put(Said said) {
    const auto kept = std::make_shared<const Said>(std::move(said));
    Erase(kept->name);
    Own(kept->name).emplace(kept->name, kept);
    ++names_.size_;
  }
  void Erase(std::string_view name) {
    if (names_.Look(name) != nullptr) names_.size_ -= Own(name).erase(name);
  }
  // Nothing is changed afterwards.
  [[nodiscard]] SharedNames Take() && { return std::move(names_); }

 private:
  // The name's shard, copied once by a change.
  Shard& Own(std::string_view name) {
    const size_t index = ShardOf(name);
    std::shared_ptr<Shard>& own = own_[index];
    if (own == nullptr) {
      const std::shared_ptr<const Shard>& shared = names_.shards_[index];
      own = shared != nullptr ? std::make_shared<Shard>(*shared) : std::make_shared<Shard>();
      names_.shards_[index] = own;
    }
    return *own;
  }

  SharedNames names_;
  std::array<std::shared_ptr<Shard>, kShards> own_;  // null: as it was
};

}  // namespace accord::engine
