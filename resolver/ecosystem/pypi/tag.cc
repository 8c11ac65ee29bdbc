// Compressed tag sets and ranks (PEP 425), with the rules that `packaging` holds file names to.
#include "ecosystem/pypi/tag.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/tag_words.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

// 21 bits a list: kSupportedTagsMax words fit.
constexpr int kKeyBits = 21;
static_assert(kSupportedTagsMax < (1U << kKeyBits));

uint64_t KeyOf(uint64_t python, uint64_t abi, uint64_t platform) {
  return (python << (2 * kKeyBits)) | (abi << kKeyBits) | platform;
}

// As Python's str.isidentifier(), with every character beyond ASCII taken for a letter.
bool IsIdentifier(std::string_view word) {
  if (word.empty() || IsDigit(word.front())) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return IsAlphanumeric(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

size_t WordsOf(std::string_view list) {
  return 1 + static_cast<size_t>(std::count(list.begin(), list.end(), '.'));
}

bool HasEmptyWord(std::string_view list) {
  return !ForEachTagWord(list, [](std::string_view word) { return !word.empty(); });
}

bool IsSortedList(std::string_view list) {
  std::string_view last;
  return ForEachTagWord(list, [&](std::string_view word) {
    const bool sorted = last <= word;
    last = word;
    return sorted;
  });
}

using TagParts = std::array<std::string_view, 3>;

// The three lists of a text, none with an empty word, the first of identifiers.
absl::StatusOr<TagParts> PartsOf(std::string_view text) {
  const auto place = [&] { return Cat("tag ", Quoted(text)); };
  if (text.size() > kTagBytesMax) {
    return LimitReached(place(), Cat("at most ", kTagBytesMax, " bytes, found ", text.size()));
  }
  const size_t first = text.find('-');
  const size_t last = text.rfind('-');
  if (first == std::string_view::npos || first == last || text.find('-', first + 1) != last) {
    return InvalidInput(place(), "expected three parts with '-' between them, as py3-none-any");
  }
  const TagParts lists = {text.substr(0, first), text.substr(first + 1, last - first - 1),
                          text.substr(last + 1)};
  for (const std::string_view list : lists) {
    if (HasEmptyWord(list)) return InvalidInput(place(), "empty word");
  }
  if (!ForEachTagWord(lists[0], IsIdentifier)) {
    return InvalidInput(place(),
                        Cat("expected an interpreter as cp312 or py3, found ", Quoted(lists[0])));
  }
  return lists;
}

}  // namespace

absl::StatusOr<TagSet> TagSet::Parse(std::string_view text, size_t tags_max) {
  const absl::StatusOr<TagParts> lists = PartsOf(text);
  if (!lists.ok()) return lists.status();
  size_t tags = 1;
  for (const std::string_view list : *lists) tags *= WordsOf(list);
  if (tags > tags_max) {
    return LimitReached(Cat("tag ", Quoted(text)),
                        Cat("at most ", tags_max, " tags of one file, found ", tags));
  }
  return TagSet{.pythons = LowerText((*lists)[0]),
                .abis = LowerText((*lists)[1]),
                .platforms = LowerText((*lists)[2])};
}

std::vector<std::string> TagSet::Expanded() const {
  std::vector<std::string> tags;
  ForEachTagWord(pythons, [&](std::string_view python) {
    return ForEachTagWord(abis, [&](std::string_view abi) {
      return ForEachTagWord(platforms, [&](std::string_view platform) {
        tags.push_back(Cat(python, '-', abi, '-', platform));
        return true;
      });
    });
  });
  std::sort(tags.begin(), tags.end());
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  return tags;
}

bool TagSet::IsSorted() const {
  return IsSortedList(pythons) && IsSortedList(abis) && IsSortedList(platforms);
}

struct SupportedTags::Lists {
  using Words = absl::flat_hash_map<std::string, uint32_t>;

  std::vector<std::string> tags;
  // A tag is three small numbers, and these three together one key. A file whose words are not
  // here, which is most of the files of a package, costs three look-ups.
  Words pythons;
  Words abis;
  Words platforms;
  absl::flat_hash_map<uint64_t, uint32_t> ranks;

  static int64_t Find(const Words& words, std::string_view word) {
    const auto found = words.find(absl::string_view(word.data(), word.size()));
    return found == words.end() ? -1 : static_cast<int64_t>(found->second);
  }

  static uint32_t NumberOf(Words& words, std::string_view word) {
    const int64_t known = Find(words, word);
    if (known >= 0) return static_cast<uint32_t>(known);
    return words.try_emplace(std::string(word), static_cast<uint32_t>(words.size())).first->second;
  }

  // Errors: as Make.
  absl::Status Add(std::string_view spelled) {
    std::string text = LowerText(spelled);
    const absl::StatusOr<TagParts> parts = PartsOf(text);
    if (!parts.ok()) return parts.status();
    if (text.find('.') != std::string::npos) {
      return InvalidInput(Cat("tag ", Quoted(spelled)), "expected one tag, found a set of tags");
    }
    const auto& [python, abi, platform] = *parts;
    const uint64_t key =
        KeyOf(NumberOf(pythons, python), NumberOf(abis, abi), NumberOf(platforms, platform));
    const auto rank = static_cast<uint32_t>(tags.size());
    if (ranks.try_emplace(key, rank).second) tags.push_back(std::move(text));
    return absl::OkStatus();
  }
};

struct SupportedTags::DeferredLists {
  std::function<std::vector<std::string>()> make;
  std::once_flag made;
  Lists lists;
};

absl::StatusOr<SupportedTags> SupportedTags::Make(std::span<const std::string> best_first) {
  if (best_first.size() > kSupportedTagsMax) {
    return LimitReached("tags of the target",
                        Cat("at most ", kSupportedTagsMax, ", found ", best_first.size()));
  }
  SupportedTags supported;
  if (best_first.empty()) return supported;
  supported.lists_ = std::make_shared<DeferredLists>();
  for (const std::string& tag : best_first) {
    ACCORD_RETURN_IF_ERROR(supported.lists_->lists.Add(tag));
  }
  return supported;
}

SupportedTags SupportedTags::Deferred(std::function<std::vector<std::string>()> list) {
  SupportedTags supported;
  supported.lists_ = std::make_shared<DeferredLists>();
  supported.lists_->make = std::move(list);
  return supported;
}

const SupportedTags::Lists& SupportedTags::lists() const {
  std::call_once(lists_->made, [this] {
    if (!lists_->make) return;
    for (const std::string& tag : lists_->make()) {
      const absl::Status added = lists_->lists.Add(tag);
      ACCORD_CHECK(added.ok());
    }
  });
  return lists_->lists;
}

std::span<const std::string> SupportedTags::best_first() const {
  return empty() ? std::span<const std::string>() : lists().tags;
}

bool SupportedTags::HasPython(std::string_view word) const {
  return !empty() && lists().pythons.contains(std::string(word));
}

bool SupportedTags::HasAbi(std::string_view word) const {
  return !empty() && lists().abis.contains(std::string(word));
}

bool SupportedTags::HasPlatform(std::string_view word) const {
  return !empty() && lists().platforms.contains(std::string(word));
}

std::optional<uint32_t> SupportedTags::RankOf(const TagSet& file) const {
  if (empty()) return std::nullopt;
  const Lists& known = lists();
  constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  uint32_t best = kNone;
  ForEachTagWord(file.platforms, [&](std::string_view platform_word) {
    const int64_t platform = Lists::Find(known.platforms, platform_word);
    if (platform < 0) return true;
    return ForEachTagWord(file.pythons, [&](std::string_view python_word) {
      const int64_t python = Lists::Find(known.pythons, python_word);
      if (python < 0) return true;
      return ForEachTagWord(file.abis, [&](std::string_view abi_word) {
        const int64_t abi = Lists::Find(known.abis, abi_word);
        if (abi < 0) return true;
        const auto rank =
            known.ranks.find(KeyOf(static_cast<uint64_t>(python), static_cast<uint64_t>(abi),
                                   static_cast<uint64_t>(platform)));
        if (rank != known.ranks.end()) best = std::min(best, rank->second);
        return true;
      });
    });
  });
  return best == kNone ? std::nullopt : std::optional(best);
}

}  // namespace accord::pypi
