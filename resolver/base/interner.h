// Texts as ids: equal texts get the same StringId. The bytes never move, so views stay good for the
// interner's life. Not thread-safe while it grows.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "base/id.h"

namespace accord {

struct StringTag;
using StringId = Id<StringTag>;

// Debian's abseil hashes absl::string_view, which is not std::string_view.
struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const {
    return absl::HashOf(absl::string_view(text.data(), text.size()));
  }
};
struct TextEqual {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return a == b; }
};
template <class Value>
using TextMap = absl::flat_hash_map<std::string, Value, TextHash, TextEqual>;

class Interner {
 public:
  Interner() = default;
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;
  Interner(Interner&&) = default;
  Interner& operator=(Interner&&) = default;

  StringId Intern(std::string_view text);
  // A text for itself: a new id, which neither Intern nor Find will give for it. Costs no look-up:
  // for the many that nobody looks for by text.
  StringId Add(std::string_view text) { return texts_.Add(Keep(text)); }
  // The id of a text that was interned before, or the invalid id.
  [[nodiscard]] StringId Find(std::string_view text) const;
  [[nodiscard]] std::string_view Text(StringId id) const { return texts_[id]; }
  [[nodiscard]] size_t size() const { return texts_.size(); }

 private:
  std::string_view Keep(std::string_view text);

  static constexpr size_t kBlockBytes = 1 << 16;
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t block_used_ = kBlockBytes;
  IdVector<StringId, std::string_view> texts_;
  absl::flat_hash_map<std::string_view, StringId, TextHash, TextEqual> ids_;
};

}  // namespace accord
