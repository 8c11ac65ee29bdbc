// An array keyed by a dense id of which few entries are ever written: pages come with the first
// write to them, so a solver's memory follows what its problem reaches, not what the universe
// holds. A root of a universe of 260,000 candidates reaches 25.
#pragma once

#include <cstdint>
#include <vector>

namespace accord::cdcl {

template <class IdType, class T>
class Paged {
 public:
  explicit Paged(const T& absent) : absent_(absent) {}

  // What was written, else `absent`.
  [[nodiscard]] const T& operator[](IdType id) const {
    const uint32_t page = id.value() / kPage;
    if (page >= pages_.size() || pages_[page] == 0) return absent_;
    return items_[pages_[page] - kPage + id.value() % kPage];
  }
  // To be written; good until the next call.
  [[nodiscard]] T& Write(IdType id) {
    const uint32_t page = id.value() / kPage;
    if (page >= pages_.size()) pages_.resize(page + page / 2 + 1, 0);
    if (pages_[page] == 0) {
      items_.resize(items_.size() + kPage, absent_);
      pages_[page] = static_cast<uint32_t>(items_.size());
    }
    return items_[pages_[page] - kPage + id.value() % kPage];
  }

 private:
  static constexpr uint32_t kPage = 16;
  T absent_;
  std::vector<uint32_t> pages_;  // where the page ends in items_; 0 = not there
  std::vector<T> items_;
};

}  // namespace accord::cdcl
