// Where a solver keeps what only grows: memory is handed out in sequence and freed at once. Making
// and destroying a solver for a small problem was mostly malloc and free.
//
// A vector that grows leaves its old place behind, at most as much as it has. Under
// AddressSanitizer each piece is an allocation of its own, so that what is outside of it is still
// seen.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace accord::cdcl {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Aligned for anything; good for the arena's life.
  [[nodiscard]] std::byte* Take(size_t bytes) {
    const size_t rounded = (bytes + kAlign - 1) / kAlign * kAlign;
    if (rounded > left_) Grow(rounded);
    std::byte* const taken = next_;
    next_ += rounded;
    left_ -= rounded;
    return taken;
  }

 private:
  static constexpr size_t kAlign = alignof(std::max_align_t);
  static constexpr size_t kChunkBytes = size_t{1} << 14;

  void Grow(size_t bytes) {
    const size_t chunk = std::max(bytes, kChunkBytes);
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk));
    next_ = chunks_.back().get();
    left_ = chunk;
  }

  std::byte* next_ = nullptr;
  size_t left_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
};

template <class T>
class ArenaAllocator {
 public:
  using value_type = T;
  explicit ArenaAllocator(Arena& arena) : arena_(&arena) {}
  template <class U>
  ArenaAllocator(const ArenaAllocator<U>& other) : arena_(other.arena()) {}

  [[nodiscard]] T* allocate(size_t count) {
    if (IsLarge(count)) return std::allocator<T>().allocate(count);
    return reinterpret_cast<T*>(arena_->Take(count * sizeof(T)));
  }
  void deallocate(T* items, size_t count) noexcept {
    if (IsLarge(count)) std::allocator<T>().deallocate(items, count);
  }
  [[nodiscard]] Arena* arena() const { return arena_; }
  template <class U>
  bool operator==(const ArenaAllocator<U>& other) const {
    return arena_ == other.arena();
  }

 private:
#ifdef __SANITIZE_ADDRESS__
  static constexpr size_t kLargeBytes = 0;
#else
  static constexpr size_t kLargeBytes = size_t{1} << 13;
#endif
  static bool IsLarge(size_t count) { return count * sizeof(T) > kLargeBytes; }

  Arena* arena_;
};

// Starts with room for `room_at_first`: most problems are small.
template <class T>
class ArenaVector : public std::vector<T, ArenaAllocator<T>> {
 public:
  explicit ArenaVector(Arena& arena, size_t room_at_first = 16)
      : std::vector<T, ArenaAllocator<T>>(ArenaAllocator<T>(arena)) {
    this->reserve(room_at_first);
  }
};

}  // namespace accord::cdcl
