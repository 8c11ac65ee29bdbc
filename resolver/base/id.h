// Dense typed ids and the arrays they index. An id is a position in one array of one owner; ids of
// different things do not convert, ids of one kind compare by value.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "base/check.h"

namespace accord {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;  // "none"
  constexpr explicit Id(uint32_t value) : value_(value) {}
  template <std::same_as<size_t> T>
  constexpr explicit Id(T value) : value_(static_cast<uint32_t>(value)) {}

  [[nodiscard]] constexpr uint32_t value() const { return value_; }
  [[nodiscard]] constexpr bool valid() const { return value_ != kNone; }
  constexpr auto operator<=>(const Id&) const = default;

  template <class H>
  friend H AbslHashValue(H h, Id id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  uint32_t value_ = kNone;
};

// An array keyed by one kind of id.
template <class IdType, class T>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(size_t count, const T& value = T()) : items_(count, value) {}

  [[nodiscard]] size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] T& operator[](IdType id) {
    ACCORD_DCHECK(id.value() < items_.size());
    return items_[id.value()];
  }
  [[nodiscard]] const T& operator[](IdType id) const {
    ACCORD_DCHECK(id.value() < items_.size());
    return items_[id.value()];
  }
  IdType Add(T item) {
    items_.push_back(std::move(item));
    return IdType(items_.size() - 1);
  }
  [[nodiscard]] IdType NextId() const { return IdType(items_.size()); }
  void Resize(size_t count, const T& value = T()) { items_.resize(count, value); }
  void GrowTo(size_t count, const T& value = T()) {
    if (items_.size() < count) items_.resize(count, value);
  }
  void Clear() { items_.clear(); }

  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace accord

template <class Tag>
struct std::hash<accord::Id<Tag>> {
  size_t operator()(accord::Id<Tag> id) const { return std::hash<uint32_t>()(id.value()); }
};
