// Wheel tags (PEP 425): the set a file carries, and the ordered set a target supports.
//
// A file's tags are a product of three lists, "py2.py3-none-any" being two tags. A target supports
// a list of tags, best first; a file fits if one of its tags is in the list, and its rank is that
// of its best tag. Which tags a target supports is target.h.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::pypi {

inline constexpr size_t kTagBytesMax = 4096;       // of one compressed tag set
inline constexpr size_t kTagsOfOneFileMax = 1024;  // after expansion
inline constexpr size_t kSupportedTagsMax = 65536;

// The three lists as the file name spells them, ASCII in lower case: "py2.py3", "none", "any".
// Parse alone makes them, so no member is empty and their product keeps the limit.
struct TagSet {
  std::string pythons;
  std::string abis;
  std::string platforms;

  // "py2.py3-none-any", as `packaging` reads it: three lists, no member empty, each Python an
  // identifier. Errors: InvalidInput with what is wrong; LimitReached above kTagBytesMax, or if
  // the product has more than tags_max tags.
  [[nodiscard]] static absl::StatusOr<TagSet> Parse(std::string_view text,
                                                    size_t tags_max = kTagsOfOneFileMax);
  // Every tag of the product, "py2-none-any", "py3-none-any", each once, sorted.
  [[nodiscard]] std::vector<std::string> Expanded() const;
  [[nodiscard]] std::string Text() const { return pythons + "-" + abis + "-" + platforms; }
  // Whether each list is sorted, as PEP 425 asks of file names. Many are not; nothing depends on
  // it.
  [[nodiscard]] bool IsSorted() const;

  friend bool operator==(const TagSet&, const TagSet&) = default;
};

// The tags of a target, best first. Immutable, cheap to copy, and safe to use from several threads.
class SupportedTags {
 public:
  SupportedTags() = default;  // none: says nothing of any file
  // "cp312-cp312-manylinux_2_17_x86_64", best first; of equal ones the first counts. Each must be
  // one tag, not a set. Errors: InvalidInput naming the tag; LimitReached above kSupportedTagsMax.
  [[nodiscard]] static absl::StatusOr<SupportedTags> Make(std::span<const std::string> best_first);
  // The same of a list that is made when it is first needed: a corpus without files needs none.
  // list() gives at least one tag, and none that Make would refuse.
  [[nodiscard]] static SupportedTags Deferred(std::function<std::vector<std::string>()> list);

  // No tags were given: every wheel is as good as any other.
  [[nodiscard]] bool empty() const { return lists_ == nullptr; }
  [[nodiscard]] std::span<const std::string> best_first() const;
  // The rank of the file's best tag, 0 the best; none if no tag of it is supported. Allocates
  // nothing but at the first call: a package may have twenty thousand files.
  [[nodiscard]] std::optional<uint32_t> RankOf(const TagSet& file) const;

  // Whether the word is in one of the lists: "cp312", "manylinux_2_17_x86_64". For messages that
  // say which part of a file's tags the target lacks.
  [[nodiscard]] bool HasPython(std::string_view word) const;
  [[nodiscard]] bool HasAbi(std::string_view word) const;
  [[nodiscard]] bool HasPlatform(std::string_view word) const;

 private:
  struct Lists;
  struct DeferredLists;

  // Only if not empty.
  [[nodiscard]] const Lists& lists() const;

  std::shared_ptr<DeferredLists> lists_;
};

}  // namespace accord::pypi
