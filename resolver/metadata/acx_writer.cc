#include "metadata/acx_writer.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "metadata/acx_directory.h"
#include "metadata/bytes.h"
#include "metadata/checksum.h"
#include "metadata/output_file.h"

namespace accord::metadata {
namespace {

// Blocks that are compressed together: enough for every thread to have its share, few in memory.
constexpr size_t kBlocksAtOnce = 256;

// Compresses with one dictionary, from several threads.
class BlockCompressor {
 public:
  BlockCompressor(std::string_view dictionary, int level)
      : dictionary_(ZSTD_createCDict(dictionary.data(), dictionary.size(), level)) {
    ACCORD_CHECK(dictionary_ != nullptr);
  }
  ~BlockCompressor() {
    ZSTD_freeCDict(dictionary_);
    for (ZSTD_CCtx* context : idle_) ZSTD_freeCCtx(context);
  }
  BlockCompressor(const BlockCompressor&) = delete;
  BlockCompressor& operator=(const BlockCompressor&) = delete;

  std::string Compress(std::string_view raw) {
    ZSTD_CCtx* context = Take();
    std::string stored(ZSTD_compressBound(raw.size()), '\0');
    const size_t size = CompressInto(context, stored, raw);
    stored.resize(size);
    const std::lock_guard lock(mutex_);
    idle_.push_back(context);
    return stored;
  }

 private:
  // How many bytes it became; without the checksum and the id that the index and the table know.
  size_t CompressInto(ZSTD_CCtx* context, std::string& stored, std::string_view raw) {
    const auto set = [&](ZSTD_cParameter parameter, int value) {
      ACCORD_CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value)));
    };
    ACCORD_CHECK(!ZSTD_isError(ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters)));
    set(ZSTD_c_contentSizeFlag, 1);
    set(ZSTD_c_dictIDFlag, 0);
    set(ZSTD_c_checksumFlag, 0);
    ACCORD_CHECK(!ZSTD_isError(ZSTD_CCtx_refCDict(context, dictionary_)));
    const size_t size =
        ZSTD_compress2(context, stored.data(), stored.size(), raw.data(), raw.size());
    ACCORD_CHECK(!ZSTD_isError(size));
    return size;
  }
  ZSTD_CCtx* Take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
      ZSTD_CCtx* context = ZSTD_createCCtx();
      ACCORD_CHECK(context != nullptr);
      return context;
    }
    ZSTD_CCtx* context = idle_.back();
    idle_.pop_back();
    return context;
  }

  ZSTD_CDict* const dictionary_;
  std::mutex mutex_;  // guards idle_
  std::vector<ZSTD_CCtx*> idle_;
};

// Names and bytes until they are a block (acx_table.cc has the form).
class BlockText {
 public:
  void Add(std::string_view name, std::string_view bytes) {
    ++names_;
    heads_.Varint(name.size());
    heads_.Bytes(name);
    heads_.Varint(bytes.size());
    bodies_ += bytes;
  }
  [[nodiscard]] size_t size() const { return heads_.bytes().size() + bodies_.size(); }
  [[nodiscard]] bool empty() const { return names_ == 0; }
  [[nodiscard]] std::string Take() {
    ByteWriter whole;
    whole.Varint(names_);
    whole.Bytes(heads_.bytes());
    whole.Bytes(bodies_);
    *this = {};
    return whole.Take();
  }

 private:
  uint64_t names_ = 0;
  ByteWriter heads_;
  std::string bodies_;
};

// The shortest beginning of `name` that is above `last`, which is below `name`.
std::string_view ShortestAbove(std::string_view last, std::string_view name) {
  const auto differ = std::ranges::mismatch(last, name);
  return name.substr(0, static_cast<size_t>(differ.in2 - name.begin()) + 1);
}

}  // namespace

class AcxWriter::TableWriter {
 public:
  TableWriter(const std::string& dictionary, int level, size_t block_bytes)
      : compressor_(dictionary, level), block_bytes_(block_bytes) {}

  void Add(std::string_view name, std::string_view bytes) {
    if (text_.empty()) separators_.emplace_back(ShortestAbove(last_name_, name));
    last_name_ = name;
    text_.Add(name, bytes);
    if (text_.size() >= block_bytes_) CloseBlock();
  }
  void CloseBlock() {
    if (text_.empty()) return;
    full_.push_back(text_.Take());
  }
  [[nodiscard]] size_t full() const { return full_.size(); }

  // Compresses the full blocks and hands them to write(bytes) -> offset, in order.
  template <class WriteBytes>
  void Flush(const Executor& executor, WriteBytes write) {
    std::vector<std::string> stored(full_.size());
    executor.ForEach(full_.size(), [&](size_t i) { stored[i] = compressor_.Compress(full_[i]); });
    for (size_t i = 0; i < full_.size(); ++i) {
      entries_.push_back(EntryOf(write(stored[i]), stored[i]));
    }
    full_.clear();
  }

  [[nodiscard]] uint32_t block_count() const { return static_cast<uint32_t>(entries_.size()); }
  // Writes the pages of the index; the list of them.
  template <class WriteBytes>
  [[nodiscard]] std::string WriteIndex(WriteBytes write) {
    std::vector<AcxBlockEntry> pages;
    std::vector<std::string> page_separators;
    for (size_t begin = 0; begin < entries_.size(); begin += kAcxPageBlocks) {
      const size_t blocks = std::min<size_t>(kAcxPageBlocks, entries_.size() - begin);
      const std::string page = Level(std::span(entries_).subspan(begin, blocks),
                                     std::span(separators_).subspan(begin, blocks));
      pages.push_back(EntryOf(write(page), page));
      page_separators.push_back(separators_[begin]);
    }
    return Level(pages, page_separators);
  }

 private:
  [[nodiscard]] static AcxBlockEntry EntryOf(uint64_t offset, std::string_view stored) {
    return {.offset = offset,
            .bytes = static_cast<uint32_t>(stored.size()),
            .name_offset = 0,
            .checksum = static_cast<uint32_t>(Xxh3({stored}))};
  }
  // Entries and behind them their separators.
  [[nodiscard]] static std::string Level(std::span<AcxBlockEntry> entries,
                                         std::span<const std::string> separators) {
    std::string behind;
    for (size_t i = 0; i < entries.size(); ++i) {
      entries[i].name_offset = static_cast<uint32_t>(behind.size());
      behind += separators[i];
    }
    return std::string(reinterpret_cast<const char*>(entries.data()), entries.size_bytes()) +
           behind;
  }

  BlockCompressor compressor_;
  const size_t block_bytes_;
  BlockText text_;
  std::vector<std::string> full_;
  std::string last_name_;
  std::vector<std::string> separators_;  // of the full blocks and the one that is not
  std::vector<AcxBlockEntry> entries_;
};

AcxDictionaries TrainDictionaries(const std::vector<EncodedFacts>& samples,
                                  const AcxTuning& tuning) {
  AcxDictionaries dictionaries;
  for (size_t kind = 0; kind < kAcxKinds; ++kind) {
    if (static_cast<AcxKind>(kind) == AcxKind::kHashes) continue;  // hashes do not repeat
    std::string text;
    std::vector<size_t> sizes;
    for (const EncodedFacts& sample : samples) {
      const std::string_view content = ContentsOf(sample)[kind];
      if (content.empty()) continue;
      text += content;
      sizes.push_back(content.size());
    }
    std::string dictionary(std::min(tuning.dictionary_bytes, text.size() / 8), '\0');
    const size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), text.data(),
                                              sizes.data(), static_cast<unsigned>(sizes.size()));
    if (ZDICT_isError(size)) continue;  // too little to learn from
    dictionary.resize(size);
    dictionaries[kind] = std::move(dictionary);
  }
  return dictionaries;
}

AcxWriter::AcxWriter(std::string path, const Executor& executor, const AcxTuning& tuning)
    : path_(std::move(path)),
      partial_(path_ + ".partial"),
      executor_(executor),
      tuning_(tuning),
      file_(partial_, std::ios::binary | std::ios::trunc) {}

AcxWriter::~AcxWriter() {
  if (!file_.is_open()) return;
  file_.close();
  std::remove(partial_.c_str());
}

absl::StatusOr<std::unique_ptr<AcxWriter>> AcxWriter::Create(const std::string& path,
                                                             const Executor& executor,
                                                             const AcxTuning& tuning) {
  ACCORD_RETURN_IF_ERROR(CheckOutputPlace(path));
  std::unique_ptr<AcxWriter> writer(new AcxWriter(path, executor, tuning));
  const std::string room(sizeof(AcxPreamble), '\0');
  static_cast<void>(writer->Write(room));
  if (absl::Status status = writer->Written(); !status.ok()) return status;
  return writer;
}

uint64_t AcxWriter::Write(std::string_view bytes) {
  const uint64_t at = offset_;
  file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  offset_ += bytes.size();
  return at;
}

absl::Status AcxWriter::Written() const {
  if (file_) return absl::OkStatus();
  return Missing(path_, Cat("cannot be written: ", std::strerror(errno)));
}

absl::Status AcxWriter::BeginPart(const CorpusHeader& header, const AcxDictionaries& dictionaries,
                                  std::optional<int> level) {
  ACCORD_RETURN_IF_ERROR(EndPart());
  for (const AcxPartEntry& part : parts_) {
    if (part.header.ecosystem != header.ecosystem) continue;
    return InvalidInput(path_, Cat("one part of ecosystem ", Quoted(header.ecosystem),
                                   " is expected, found a second one"));
  }
  last_name_.clear();
  AcxPartEntry& part = parts_.emplace_back();
  part.header = header;
  for (size_t kind = 0; kind < kAcxKinds; ++kind) {
    AcxTableEntry& table = part.tables[kind];
    table.dictionary_offset = Write(dictionaries[kind]);
    table.dictionary_bytes = dictionaries[kind].size();
    table.dictionary_checksum = Xxh3({dictionaries[kind]});
    tables_[kind] = std::make_unique<TableWriter>(dictionaries[kind], level.value_or(tuning_.level),
                                                  tuning_.block_bytes);
  }
  return Written();
}

absl::Status AcxWriter::Add(std::string_view name, const AcxContents& contents,
                            uint64_t version_count) {
  ACCORD_CHECK(!parts_.empty());
  if (name <= last_name_) {
    return InvalidInput(path_, Cat("names that ascend are expected, found ", Quoted(name),
                                   " behind ", Quoted(last_name_)));
  }
  last_name_ = name;
  ++parts_.back().package_count;
  parts_.back().version_count += version_count;
  size_t full = 0;
  for (size_t kind = 0; kind < kAcxKinds; ++kind) {
    if (contents[kind].size() > kAcxContentBytesMax) {
      return LimitReached(Cat(path_, ": package ", Quoted(name)),
                          Cat("its ", kAcxKindNames[kind], " may have at most ",
                              kAcxContentBytesMax, " bytes, found ", contents[kind].size()));
    }
    if (!contents[kind].empty()) tables_[kind]->Add(name, contents[kind]);
    full += tables_[kind]->full();
  }
  return full >= kBlocksAtOnce ? FlushBlocks() : absl::OkStatus();
}

absl::Status AcxWriter::FlushBlocks() {
  for (const auto& table : tables_) {
    table->Flush(executor_, [&](const std::string& bytes) { return Write(bytes); });
  }
  return Written();
}

absl::Status AcxWriter::EndPart() {
  if (parts_.empty()) return absl::OkStatus();
  for (const auto& table : tables_) table->CloseBlock();
  ACCORD_RETURN_IF_ERROR(FlushBlocks());
  for (size_t kind = 0; kind < kAcxKinds; ++kind) {
    const std::string index =
        tables_[kind]->WriteIndex([&](const std::string& bytes) { return Write(bytes); });
    AcxTableEntry& table = parts_.back().tables[kind];
    table.block_count = tables_[kind]->block_count();
    table.index_bytes = index.size();
    table.index_checksum = Xxh3({index});
    table.index_offset = Write(index);
    tables_[kind].reset();
  }
  return Written();
}

absl::Status AcxWriter::Finish() {
  ACCORD_RETURN_IF_ERROR(EndPart());
  const std::string directory = WriteAcxDirectory(parts_);
  AcxPreamble preamble{.version = kAcxVersion,
                       .directory_bytes = static_cast<uint32_t>(directory.size()),
                       .directory_offset = Write(directory),
                       .file_bytes = offset_};
  std::copy(kAcxMagic.begin(), kAcxMagic.end(), preamble.magic.begin());
  const auto* begin = reinterpret_cast<const char*>(&preamble);
  preamble.checksum = Xxh3({{begin, kAcxCheckedPreambleBytes}, directory});
  file_.seekp(0);
  file_.write(begin, sizeof preamble);
  file_.close();
  if (!file_ || std::rename(partial_.c_str(), path_.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    std::remove(partial_.c_str());
    return Missing(path_, Cat("cannot be written: ", why));
  }
  return absl::OkStatus();
}

}  // namespace accord::metadata
