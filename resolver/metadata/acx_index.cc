#include "metadata/acx_index.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "metadata/checksum.h"

namespace accord::metadata {
namespace {

uint32_t PagesOf(uint32_t blocks) {
  return static_cast<uint32_t>((uint64_t{blocks} + kAcxPageBlocks - 1) / kAcxPageBlocks);
}

}  // namespace

AcxIndex::Level AcxIndex::Level::Of(std::string_view bytes, uint32_t count) {
  const size_t entry_bytes = size_t{count} * sizeof(AcxBlockEntry);
  return {.count = count,
          .entries = bytes.substr(0, entry_bytes),
          .separators = bytes.substr(entry_bytes)};
}

AcxBlockEntry AcxIndex::Level::Entry(uint32_t i) const {
  AcxBlockEntry entry;
  std::memcpy(&entry, entries.data() + size_t{i} * sizeof entry, sizeof entry);
  return entry;
}

std::string_view AcxIndex::Level::From(uint32_t i) const {
  const uint64_t begin = Entry(i).name_offset;
  const uint64_t end = i + 1 < count ? Entry(i + 1).name_offset : separators.size();
  if (begin > end || end > separators.size()) return {};
  return separators.substr(begin, end - begin);
}

uint32_t AcxIndex::Level::CountUpTo(std::string_view name) const {
  uint32_t begin = 0;
  uint32_t end = count;  // the first separator above stands here or before
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (From(middle) <= name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return end;
}

absl::StatusOr<AcxIndex> AcxIndex::Open(std::string_view file, const AcxTableEntry& entry,
                                        std::string place) {
  AcxIndex index(file, std::move(place));
  const uint32_t pages = PagesOf(entry.block_count);
  const bool inside =
      entry.index_offset <= file.size() && entry.index_bytes <= file.size() - entry.index_offset;
  const std::string_view list =
      inside ? file.substr(entry.index_offset, entry.index_bytes) : std::string_view();
  if (!inside || uint64_t{pages} * sizeof(AcxBlockEntry) > list.size() ||
      Xxh3({list}) != entry.index_checksum) {
    return Missing(index.place_, "its index is damaged");
  }
  index.block_count_ = entry.block_count;
  index.pages_ = Level::Of(list, pages);
  return index;
}

absl::StatusOr<AcxIndex::Level> AcxIndex::Page(uint32_t page) const {
  const AcxBlockEntry at = pages_.Entry(page);
  const uint32_t blocks = std::min(kAcxPageBlocks, block_count_ - page * kAcxPageBlocks);
  const bool inside = at.offset <= file_.size() && at.bytes <= file_.size() - at.offset;
  const std::string_view bytes = inside ? file_.substr(at.offset, at.bytes) : std::string_view();
  const auto damaged = [&](std::string_view fact) {
    return Missing(Cat(place_, ": index page ", page, " (from ", Quoted(pages_.From(page)), " on)"),
                   fact);
  };
  if (size_t{blocks} * sizeof(AcxBlockEntry) > bytes.size() ||
      static_cast<uint32_t>(Xxh3({bytes})) != at.checksum) {
    return damaged("its checksum is wrong");
  }
  const Level level = Level::Of(bytes, blocks);
  if (level.From(0) != pages_.From(page)) return damaged("the list of pages says another one");
  return level;
}

IndexedBlock AcxIndex::BlockOf(const Level& level, uint32_t page, uint32_t i) const {
  const bool page_ends = i + 1 == level.count;
  const bool all_ends = page_ends && page + 1 == pages_.count;
  return {.number = page * kAcxPageBlocks + i,
          .entry = level.Entry(i),
          .from = level.From(i),
          .before = all_ends    ? std::string_view()
                    : page_ends ? pages_.From(page + 1)
                                : level.From(i + 1)};
}

absl::StatusOr<IndexedBlock> AcxIndex::At(uint32_t block) const {
  const uint32_t page = block / kAcxPageBlocks;
  const absl::StatusOr<Level> level = Page(page);
  if (!level.ok()) return level.status();
  return BlockOf(*level, page, block % kAcxPageBlocks);
}

absl::StatusOr<std::optional<IndexedBlock>> AcxIndex::Find(std::string_view name) const {
  const uint32_t pages = pages_.CountUpTo(name);
  if (pages == 0) return std::nullopt;
  const absl::StatusOr<Level> level = Page(pages - 1);
  if (!level.ok()) return level.status();
  // The page begins at a separator that is not above the name.
  return BlockOf(*level, pages - 1, level->CountUpTo(name) - 1);
}

IndexedBlock AcxIndex::PageAt(uint32_t page) const {
  return {.number = page,
          .entry = pages_.Entry(page),
          .from = pages_.From(page),
          .before = page + 1 < pages_.count ? pages_.From(page + 1) : std::string_view()};
}

uint64_t AcxIndex::bytes() const {
  uint64_t bytes = pages_.entries.size() + pages_.separators.size();
  for (uint32_t page = 0; page < pages_.count; ++page) bytes += pages_.Entry(page).bytes;
  return bytes;
}

}  // namespace accord::metadata
