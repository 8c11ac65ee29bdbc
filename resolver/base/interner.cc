#include "base/interner.h"

#include <cstring>

namespace accord {

StringId Interner::Intern(std::string_view text) {
  const auto add = [&](const auto& make) {
    const std::string_view kept = Keep(text);
    make(kept, texts_.Add(kept));
  };
  return ids_.lazy_emplace(text, add)->second;
}

StringId Interner::Find(std::string_view text) const {
  const auto found = ids_.find(text);
  return found == ids_.end() ? StringId() : found->second;
}

std::string_view Interner::Keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > kBlockBytes / 4) {  // a block of its own, before the open one
    auto own = std::make_unique_for_overwrite<char[]>(text.size());
    std::memcpy(own.get(), text.data(), text.size());
    const std::string_view kept(own.get(), text.size());
    blocks_.insert(blocks_.begin(), std::move(own));
    return kept;
  }
  if (blocks_.empty() || block_used_ + text.size() > kBlockBytes) {
    // Memory that nobody writes to costs nothing.
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlockBytes));
    block_used_ = 0;
  }
  char* to = blocks_.back().get() + block_used_;
  std::memcpy(to, text.data(), text.size());
  block_used_ += text.size();
  return {to, text.size()};
}

}  // namespace accord
