// See acx_table.h. A block, decompressed, is: how many names; of each the length of the name, the
// name, and how many bytes it has; then these bytes, one after the other.
#include "metadata/acx_table.h"

// Of what zstd calls experimental only the dictionary that is not copied: it has stood since 1.3,
// and zstd is linked from its archive.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "metadata/bytes.h"
#include "metadata/checksum.h"

namespace accord::metadata {
namespace {

// A request asks a corpus of so few blocks for most of them, and again for what stands in one. In
// one of more the names of a request stand far apart.
constexpr uint32_t kKeptBlocksMax = 1024;

// What a block says of a name takes at least two lengths and one letter.
constexpr size_t kNameBytesMin = 3;

}  // namespace

absl::StatusOr<AcxBlock> AcxBlock::Read(std::unique_ptr<char[]> raw, size_t size) {
  ByteReader in(std::string_view(raw.get(), size));
  const uint64_t count = in.Varint();
  if (count > size / kNameBytesMin) in.Fail();
  std::vector<Entry> entries;
  std::vector<uint64_t> sizes;
  entries.reserve(in.ok() ? count : 0);
  sizes.reserve(in.ok() ? count : 0);
  for (uint64_t i = 0; i < count && in.ok(); ++i) {
    const std::string_view name = in.Bytes(in.Varint());
    if (name.empty() || (i > 0 && name <= entries.back().name)) in.Fail();
    entries.push_back({.name = name, .bytes = {}});
    sizes.push_back(in.Varint());
  }
  for (size_t i = 0; i < entries.size() && in.ok(); ++i) entries[i].bytes = in.Bytes(sizes[i]);
  if (!in.ok() || !in.AtEnd() || entries.empty()) {
    return Missing("its text", "names and their facts are expected, found other bytes");
  }
  AcxBlock block;
  block.raw_ = std::move(raw);
  block.entries_ = std::move(entries);
  return block;
}

const AcxBlock::Entry* AcxBlock::Find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(entries_, name, {}, &Entry::name);
  return found == entries_.end() || found->name != name ? nullptr : &*found;
}

AcxBlock AcxBlock::Of(const Entry& entry) {
  AcxBlock block;
  const size_t size = entry.name.size() + entry.bytes.size();
  block.raw_ = std::make_unique_for_overwrite<char[]>(size);
  char* bytes = std::ranges::copy(entry.name, block.raw_.get()).out;
  std::ranges::copy(entry.bytes, bytes);
  const std::string_view whole(block.raw_.get(), size);
  block.entries_.push_back(
      {.name = whole.substr(0, entry.name.size()), .bytes = whole.substr(entry.name.size())});
  return block;
}

struct AcxTable::Decoder {
  Decoder() : context(ZSTD_createDCtx()) { ACCORD_CHECK(context != nullptr); }
  ~Decoder() { ZSTD_freeDCtx(context); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ZSTD_DCtx* const context;
};

struct AcxTable::Dictionary {
  explicit Dictionary(ZSTD_DDict* made) : dictionary(made) {}
  ~Dictionary() { ZSTD_freeDDict(dictionary); }
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ZSTD_DDict* const dictionary;
};

AcxTable::AcxTable(std::string_view file, const MappedFile* mapping, std::string place)
    : file_(file), mapping_(mapping), place_(std::move(place)) {}
AcxTable::~AcxTable() = default;

absl::StatusOr<std::unique_ptr<const AcxTable>> AcxTable::Open(std::string_view file,
                                                               const MappedFile* mapping,
                                                               const AcxTableEntry& entry,
                                                               std::string place) {
  const auto part = [&](uint64_t offset, uint64_t bytes) {
    const bool inside = offset <= file.size() && bytes <= file.size() - offset;
    return inside ? file.substr(offset, bytes) : std::string_view();
  };
  const std::string_view index = part(entry.index_offset, entry.index_bytes);
  const uint64_t entry_bytes = uint64_t{entry.block_count} * sizeof(AcxBlockEntry);
  if (index.size() != entry.index_bytes || entry_bytes > index.size() ||
      Xxh3({index}) != entry.index_checksum) {
    return Missing(place, "its index is damaged");
  }
  const std::string_view dictionary = part(entry.dictionary_offset, entry.dictionary_bytes);
  if (dictionary.size() != entry.dictionary_bytes || dictionary.size() > kAcxDictionaryBytesMax) {
    return Missing(place, "its dictionary is damaged");
  }
  std::unique_ptr<AcxTable> table(new AcxTable(file, mapping, std::move(place)));
  table->count_ = entry.block_count;
  table->entries_ = index.substr(0, entry_bytes);
  table->names_ = index.substr(entry_bytes);
  table->dictionary_ = dictionary;
  table->dictionary_checksum_ = entry.dictionary_checksum;
  return std::unique_ptr<const AcxTable>(std::move(table));
}

AcxBlockEntry AcxTable::entry(uint32_t block) const {
  AcxBlockEntry entry;
  std::memcpy(&entry, entries_.data() + size_t{block} * sizeof entry, sizeof entry);
  return entry;
}

// Of an index with wrong offsets an empty text, which no name is.
std::string_view AcxTable::FirstName(uint32_t block) const {
  const uint64_t begin = entry(block).name_offset;
  const uint64_t end = block + 1 < count_ ? entry(block + 1).name_offset : names_.size();
  if (begin > end || end > names_.size()) return {};
  return names_.substr(begin, end - begin);
}

absl::Status AcxTable::Damaged(uint32_t block, std::string_view fact) const {
  return Missing(Cat(place_, ": block ", block, " (from ", Quoted(FirstName(block)), " on)"), fact);
}

std::unique_ptr<AcxTable::Decoder> AcxTable::TakeDecoder() const {
  const std::lock_guard lock(mutex_);
  if (idle_decoders_.empty()) return std::make_unique<Decoder>();
  std::unique_ptr<Decoder> decoder = std::move(idle_decoders_.back());
  idle_decoders_.pop_back();
  return decoder;
}

void AcxTable::GiveBack(std::unique_ptr<Decoder> decoder) const {
  const std::lock_guard lock(mutex_);
  idle_decoders_.push_back(std::move(decoder));
}

absl::Status AcxTable::CheckDictionary() const {
  const std::lock_guard lock(mutex_);
  if (read_dictionary_ != nullptr) return absl::OkStatus();
  if (Xxh3({dictionary_}) != dictionary_checksum_) {
    return Missing(place_, "its dictionary is damaged");
  }
  // The file outlives the table: a copy would be a quarter of a megabyte of new memory.
  ZSTD_DDict* made = ZSTD_createDDict_byReference(dictionary_.data(), dictionary_.size());
  if (made == nullptr) return Missing(place_, "its dictionary is none that zstd can read");
  read_dictionary_ = std::make_unique<Dictionary>(made);
  return absl::OkStatus();
}

absl::StatusOr<AcxBlock> AcxTable::ReadBlock(uint32_t block) const {
  const AcxBlockEntry at = entry(block);
  if (at.offset > file_.size() || at.stored_bytes > file_.size() - at.offset) {
    return Damaged(block, "it does not lie inside the file");
  }
  if (at.raw_bytes > kAcxBlockBytesMax) {
    return LimitReached(place_, Cat("a block may have at most ", kAcxBlockBytesMax, " bytes"));
  }
  std::string_view stored = file_.substr(at.offset, at.stored_bytes);
  std::string copy;
  if (mapping_ != nullptr && count_ > kKeptBlocksMax) {
    copy.resize(stored.size());
    if (!mapping_->Read(stored, copy.data())) return Damaged(block, "it cannot be read");
    stored = copy;
  }
  if (static_cast<uint32_t>(Xxh3({stored})) != at.checksum) {
    return Damaged(block, "its checksum is wrong");
  }
  ACCORD_RETURN_IF_ERROR(CheckDictionary());
  auto raw = std::make_unique_for_overwrite<char[]>(at.raw_bytes);
  std::unique_ptr<Decoder> decoder = TakeDecoder();
  const size_t size =
      ZSTD_decompress_usingDDict(decoder->context, raw.get(), at.raw_bytes, stored.data(),
                                 stored.size(), read_dictionary_->dictionary);
  GiveBack(std::move(decoder));
  if (ZSTD_isError(size) || size != at.raw_bytes) {
    return Damaged(block, ZSTD_isError(size) ? Cat("damaged zstd data: ", ZSTD_getErrorName(size))
                                             : std::string("its text is too short"));
  }
  absl::StatusOr<AcxBlock> read = AcxBlock::Read(std::move(raw), size);
  if (!read.ok()) return Damaged(block, Message(read.status()));
  const bool has_next = block + 1 < count_;
  if (read->entries().front().name != FirstName(block) ||
      (has_next && read->entries().back().name >= FirstName(block + 1))) {
    return Damaged(block, "its names are not those that the index says");
  }
  return read;
}

absl::StatusOr<const AcxBlock*> AcxTable::Block(uint32_t block) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = blocks_.find(block); known != blocks_.end()) return known->second.get();
  }
  absl::StatusOr<AcxBlock> read = ReadBlock(block);
  if (!read.ok()) return read.status();
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  std::unique_ptr<const AcxBlock>& kept = blocks_[block];
  if (kept == nullptr) kept = std::make_unique<const AcxBlock>(*std::move(read));
  return kept.get();
}

absl::StatusOr<const AcxBlock::Entry*> AcxTable::FindAlone(uint32_t block,
                                                           std::string_view name) const {
  const auto entry_of = [](const std::unique_ptr<const AcxBlock>& kept) {
    return kept == nullptr ? nullptr : &kept->entries().front();
  };
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = alone_.find(name); known != alone_.end()) return entry_of(known->second);
  }
  const absl::StatusOr<AcxBlock> read = ReadBlock(block);
  if (!read.ok()) return read.status();
  std::unique_ptr<const AcxBlock> alone;
  if (const AcxBlock::Entry* found = read->Find(name); found != nullptr) {
    alone = std::make_unique<const AcxBlock>(AcxBlock::Of(*found));
  }
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  return entry_of(alone_.try_emplace(std::string(name), std::move(alone)).first->second);
}

std::optional<uint32_t> AcxTable::BlockFor(std::string_view name) const {
  uint32_t begin = 0;
  uint32_t end = count_;  // the first block whose first name is above the name
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (FirstName(middle) <= name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return end == 0 ? std::nullopt : std::optional(end - 1);
}

absl::StatusOr<const AcxBlock::Entry*> AcxTable::Find(std::string_view name) const {
  const std::optional<uint32_t> number = BlockFor(name);
  if (!number) return nullptr;
  if (count_ > kKeptBlocksMax) return FindAlone(*number, name);
  const absl::StatusOr<const AcxBlock*> block = Block(*number);
  if (!block.ok()) return block.status();
  return (*block)->Find(name);
}

}  // namespace accord::metadata
