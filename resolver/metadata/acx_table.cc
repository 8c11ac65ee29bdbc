// See acx_table.h. A block, decompressed, is: how many names; of each the length of the name, the
// name, and how many bytes it has; then these bytes, one after the other.
#include "metadata/acx_table.h"

// Of what zstd calls experimental only the dictionary that is not copied: it has stood since 1.3,
// and zstd is linked from its archive.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "metadata/bytes.h"
#include "metadata/checksum.h"

namespace accord::metadata {
namespace {

// A request asks a corpus of so few blocks for many of them, and again for what stands in one. In
// one of more the names of a request stand far apart.
constexpr uint32_t kKeptBlocksMax = 2048;

// What a block says of a name takes at least two lengths and one letter.
constexpr size_t kNameBytesMin = 3;

// What a frame says that it is, decompressed.
std::optional<uint64_t> SizeIn(std::string_view frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR) return std::nullopt;
  return size;
}

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

AcxTable::AcxTable(std::string_view file, const MappedFile* mapping, AcxIndex index,
                   std::string place)
    : file_(file), mapping_(mapping), place_(std::move(place)), index_(std::move(index)) {}
AcxTable::~AcxTable() = default;

absl::StatusOr<std::unique_ptr<const AcxTable>> AcxTable::Open(std::string_view file,
                                                               const MappedFile* mapping,
                                                               const AcxTableEntry& entry,
                                                               std::string place) {
  absl::StatusOr<AcxIndex> index = AcxIndex::Open(file, entry, place);
  if (!index.ok()) return index.status();
  if (entry.dictionary_offset > file.size() ||
      entry.dictionary_bytes > file.size() - entry.dictionary_offset ||
      entry.dictionary_bytes > kAcxDictionaryBytesMax) {
    return Missing(place, "its dictionary is damaged");
  }
  std::unique_ptr<AcxTable> table(new AcxTable(file, mapping, *std::move(index), std::move(place)));
  table->dictionary_ = file.substr(entry.dictionary_offset, entry.dictionary_bytes);
  table->dictionary_checksum_ = entry.dictionary_checksum;
  return std::unique_ptr<const AcxTable>(std::move(table));
}

absl::Status AcxTable::Damaged(const IndexedBlock& block, std::string_view fact) const {
  return Missing(Cat(place_, ": block ", block.number, " (from ", Quoted(block.from), " on)"),
                 fact);
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

absl::StatusOr<AcxBlock> AcxTable::ReadBlock(uint32_t number) const {
  const absl::StatusOr<IndexedBlock> block = index_.At(number);
  if (!block.ok()) return block.status();
  return ReadBlock(*block);
}

absl::StatusOr<std::string_view> AcxTable::StoredBytes(const IndexedBlock& block) const {
  const AcxBlockEntry& at = block.entry;
  if (at.offset > file_.size() || at.bytes > file_.size() - at.offset) {
    return Damaged(block, "it does not lie inside the file");
  }
  return file_.substr(at.offset, at.bytes);
}

absl::StatusOr<uint64_t> AcxTable::RawBytes(const IndexedBlock& block) const {
  const absl::StatusOr<std::string_view> stored = StoredBytes(block);
  if (!stored.ok()) return stored.status();
  return SizeIn(*stored).value_or(0);
}

absl::StatusOr<AcxBlock> AcxTable::ReadBlock(const IndexedBlock& block) const {
  absl::StatusOr<std::string_view> stored = StoredBytes(block);
  if (!stored.ok()) return stored.status();
  std::string copy;
  if (mapping_ != nullptr && index_.block_count() > kKeptBlocksMax) {
    copy.resize(stored->size());
    if (!mapping_->Read(*stored, copy.data())) return Damaged(block, "it cannot be read");
    stored = copy;
  }
  if (static_cast<uint32_t>(Xxh3({*stored})) != block.entry.checksum) {
    return Damaged(block, "its checksum is wrong");
  }
  const std::optional<uint64_t> raw_bytes = SizeIn(*stored);
  if (!raw_bytes) return Damaged(block, "it is no zstd frame that says its size");
  if (*raw_bytes > kAcxBlockBytesMax) {
    return LimitReached(place_, Cat("a block may have at most ", kAcxBlockBytesMax, " bytes"));
  }
  ACCORD_RETURN_IF_ERROR(CheckDictionary());
  auto raw = std::make_unique_for_overwrite<char[]>(*raw_bytes);
  std::unique_ptr<Decoder> decoder = TakeDecoder();
  const size_t size =
      ZSTD_decompress_usingDDict(decoder->context, raw.get(), *raw_bytes, stored->data(),
                                 stored->size(), read_dictionary_->dictionary);
  GiveBack(std::move(decoder));
  if (ZSTD_isError(size)) {
    return Damaged(block, Cat("damaged zstd data: ", ZSTD_getErrorName(size)));
  }
  absl::StatusOr<AcxBlock> read = AcxBlock::Read(std::move(raw), size);
  if (!read.ok()) return Damaged(block, Message(read.status()));
  if (read->entries().front().name < block.from ||
      (!block.before.empty() && read->entries().back().name >= block.before)) {
    return Damaged(block, "its names are not those that the index says");
  }
  return read;
}

absl::StatusOr<const AcxBlock*> AcxTable::Block(const IndexedBlock& block) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = blocks_.find(block.number); known != blocks_.end())
      return known->second.get();
  }
  absl::StatusOr<AcxBlock> read = ReadBlock(block);
  if (!read.ok()) return read.status();
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  std::unique_ptr<const AcxBlock>& kept = blocks_[block.number];
  if (kept == nullptr) kept = std::make_unique<const AcxBlock>(*std::move(read));
  return kept.get();
}

absl::StatusOr<const AcxBlock::Entry*> AcxTable::FindAlone(const IndexedBlock& block,
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

absl::StatusOr<const AcxBlock::Entry*> AcxTable::Find(std::string_view name) const {
  const absl::StatusOr<std::optional<IndexedBlock>> at = index_.Find(name);
  if (!at.ok()) return at.status();
  if (!*at) return nullptr;
  if (index_.block_count() > kKeptBlocksMax) return FindAlone(**at, name);
  const absl::StatusOr<const AcxBlock*> block = Block(**at);
  if (!block.ok()) return block.status();
  return (*block)->Find(name);
}

}  // namespace accord::metadata
