// Distinct texts by number, in the order of their first use: how compiled records are written.
// For this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/interner.h"
#include "metadata/bytes.h"

namespace accord::metadata {

// Views of texts that outlive it.
class TextTable {
 public:
  uint32_t Add(std::string_view text) {
    const auto [entry, is_new] = numbers_.try_emplace(text, static_cast<uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return entry->second;
  }
  [[nodiscard]] const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  std::vector<std::string_view> texts_;
  absl::flat_hash_map<std::string_view, uint32_t, TextHash, TextEqual> numbers_;
};

// How many, their lengths, their bytes.
inline void WriteTexts(const std::vector<std::string_view>& texts, ByteWriter& out) {
  std::vector<uint32_t> lengths;
  lengths.reserve(texts.size());
  for (const std::string_view text : texts) lengths.push_back(static_cast<uint32_t>(text.size()));
  out.Varint(texts.size());
  out.Column(lengths);
  for (const std::string_view text : texts) out.Bytes(text);
}

}  // namespace accord::metadata
