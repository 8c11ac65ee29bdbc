// See package_files.h. The bytes of a package's files:
//
//   names    how many files each version has (column), then of each file: head and tail of its
//            name, Requires-language, upload time, yanked, metadata (columns), sizes (varints);
//            milliseconds (column), if any file has some
//   hashes   of each file what stands for its SHA-256 (column) and its address (column), then
//            texts, then 32 bytes for each hash that is one; the same of MD5, with 16 bytes, if
//            any file has one
#include "metadata/package_files.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "metadata/bytes.h"
#include "metadata/instant_text.h"
#include "metadata/text_table.h"

namespace accord::metadata {
namespace {

// What a column says of a file's upload time: nothing, seconds since 1970 plus one, or, counted
// from the top, the number of a text that is no such time.
constexpr uint32_t kTimeUnknown = 0;
constexpr uint32_t kSecondsMax = 0xF0000000;
// Of yanked: no, yes, or yes with the reason of number - kYankedReasons.
constexpr uint32_t kYankedNo = 0;
constexpr uint32_t kYankedYes = 1;
constexpr uint32_t kYankedReasons = 2;
// Of a hash: none, the next bytes, or the text of number - kHashTexts.
constexpr uint32_t kHashNone = 0;
constexpr uint32_t kHashBytes = 1;
constexpr uint32_t kHashTexts = 2;
constexpr size_t kSha256Bytes = 32;
constexpr size_t kMd5Bytes = 16;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The bytes; none if the text is not lower-case hexadecimal digits of so many.
std::optional<std::string> BytesOfHash(std::string_view text, size_t size) {
  if (text.size() != 2 * size) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

std::string TextOfHash(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(kDigits[byte / 16]);
    text.push_back(kDigits[byte % 16]);
  }
  return text;
}

// Hashes of one kind, file by file.
class HashColumn {
 public:
  explicit HashColumn(size_t hash_bytes) : hash_bytes_(hash_bytes) {}

  void Add(std::string_view text) { column_.push_back(NumberOf(text)); }
  [[nodiscard]] bool HasAny() const {
    return std::ranges::any_of(column_, [](uint32_t hash) { return hash != kHashNone; });
  }
  void WriteOddTexts(ByteWriter& out) const { WriteTexts(texts_.texts(), out); }
  void WriteColumn(ByteWriter& out) const { out.Column(column_); }
  void WriteBytes(ByteWriter& out) const { out.Bytes(bytes_); }

 private:
  uint32_t NumberOf(std::string_view text) {
    if (text.empty()) return kHashNone;
    const std::optional<std::string> bytes = BytesOfHash(text, hash_bytes_);
    if (!bytes) return kHashTexts + texts_.Add(text);
    bytes_ += *bytes;
    return kHashBytes;
  }

  const size_t hash_bytes_;
  TextTable texts_;
  std::vector<uint32_t> column_;
  std::string bytes_;
};

class Encoder {
 public:
  explicit Encoder(const Grammar& grammar) : grammar_(grammar) {}

  void Add(const FileRecord& file) {
    const size_t cut = grammar_.CutFileName(file.name);
    const std::string_view name = file.name;
    head_.push_back(heads_.Add(name.substr(0, cut)));
    tail_.push_back(tails_.Add(name.substr(cut)));
    language_.push_back(languages_.Add(file.requires_language));
    AddTime(file.uploaded);
    yanked_.push_back(!file.yanked ? kYankedNo
                      : file.yanked_reason.empty()
                          ? kYankedYes
                          : kYankedReasons + reasons_.Add(file.yanked_reason));
    metadata_.push_back(file.metadata ? *file.metadata + 1 : 0);
    sizes_.push_back(file.size ? *file.size + 1 : 0);
    sha256_.Add(file.sha256);
    md5_.Add(file.md5);
    url_.push_back(urls_.Add(file.url));
  }

  EncodedFiles Finish(const std::vector<uint32_t>& counts) {
    ByteWriter names;
    names.Column(counts);
    for (const TextTable* table : {&heads_, &tails_, &languages_, &times_, &reasons_}) {
      WriteTexts(table->texts(), names);
    }
    for (const auto* column : {&head_, &tail_, &language_, &uploaded_, &yanked_, &metadata_}) {
      names.Column(*column);
    }
    for (const uint64_t size : sizes_) names.Varint(size);
    const bool has_ms = std::ranges::any_of(ms_, [](uint32_t ms) { return ms != 0; });
    if (has_ms) names.Column(ms_);
    ByteWriter hashes;
    sha256_.WriteOddTexts(hashes);
    WriteTexts(urls_.texts(), hashes);
    sha256_.WriteColumn(hashes);
    hashes.Column(url_);
    sha256_.WriteBytes(hashes);
    if (md5_.HasAny()) {
      md5_.WriteOddTexts(hashes);
      md5_.WriteColumn(hashes);
      md5_.WriteBytes(hashes);
    }
    return {.names = names.Take(), .hashes = hashes.Take()};
  }

 private:
  void AddTime(std::string_view text) {
    const std::optional<uint64_t> ms = MsOfInstantText(text);
    const bool is_column = ms && *ms / kMsPerSecond < kSecondsMax;
    ms_.push_back(is_column ? static_cast<uint32_t>(*ms % kMsPerSecond) : 0);
    uploaded_.push_back(text.empty() ? kTimeUnknown
                        : is_column  ? static_cast<uint32_t>(*ms / kMsPerSecond) + 1
                                     : UINT32_MAX - times_.Add(text));
  }

  const Grammar& grammar_;
  TextTable heads_, tails_, languages_, times_, reasons_, urls_;
  std::vector<uint32_t> head_, tail_, language_, uploaded_, ms_, yanked_, metadata_, url_;
  std::vector<uint64_t> sizes_;
  HashColumn sha256_{kSha256Bytes};
  HashColumn md5_{kMd5Bytes};
};

std::vector<std::string_view> TakeTexts(ByteReader& in) {
  const uint32_t count = in.Count();
  const Column lengths = in.ReadColumn(count);
  std::vector<std::string_view> texts;
  texts.reserve(lengths.size());
  for (uint32_t i = 0; i < lengths.size(); ++i) texts.push_back(in.Bytes(lengths[i]));
  return texts;
}

// The text of this number; a number without text fails the reader.
std::string_view TextAt(const std::vector<std::string_view>& texts, uint64_t number,
                        ByteReader& in) {
  if (number < texts.size()) return texts[number];
  in.Fail();
  return {};
}

// What the files take in memory; what goes beyond the limit fails the reader.
class Budget {
 public:
  explicit Budget(size_t bytes_max) : left_(bytes_max) {}

  void Spend(uint64_t bytes, ByteReader& in) {
    left_ -= std::min<uint64_t>(left_, bytes);
    if (left_ == 0) in.Fail();
  }
  [[nodiscard]] bool spent() const { return left_ == 0; }

 private:
  uint64_t left_;
};

// Of all files of a package those that are made into records: [begin, end).
struct WantedFiles {
  uint32_t count = 0;  // of all
  uint32_t begin = 0;
  uint32_t end = 0;
  std::vector<FileRecord>& files;

  // Null for a file that nobody wants.
  [[nodiscard]] FileRecord* At(uint32_t i) const {
    return i >= begin && i < end ? &files[i - begin] : nullptr;
  }
};

void ReadNames(ByteReader& in, const PackageFiles::Bounds& bounds, Budget& budget,
               const WantedFiles& wanted) {
  const std::vector<std::string_view> heads = TakeTexts(in), tails = TakeTexts(in),
                                      languages = TakeTexts(in), times = TakeTexts(in),
                                      reasons = TakeTexts(in);
  const uint32_t count = wanted.count;
  const Column head = in.ReadColumn(count), tail = in.ReadColumn(count),
               language = in.ReadColumn(count), uploaded = in.ReadColumn(count),
               yanked = in.ReadColumn(count), metadata = in.ReadColumn(count);
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    const uint64_t size = in.Varint();
    if (metadata[i] > bounds.metadata_count) return in.Fail();
    if (wanted.At(i) == nullptr) continue;
    FileRecord& file = *wanted.At(i);
    file.name = TextAt(heads, head[i], in);
    file.name += TextAt(tails, tail[i], in);
    file.requires_language = TextAt(languages, language[i], in);
    if (uploaded[i] > kSecondsMax) {
      file.uploaded = TextAt(times, UINT32_MAX - uploaded[i], in);
    }
    file.yanked = yanked[i] != kYankedNo;
    if (yanked[i] >= kYankedReasons) {
      file.yanked_reason = TextAt(reasons, yanked[i] - kYankedReasons, in);
    }
    if (metadata[i] != 0) file.metadata = metadata[i] - 1;
    if (size != 0) file.size = size - 1;
    budget.Spend(file.name.size() + file.requires_language.size() + file.uploaded.size() +
                     file.yanked_reason.size(),
                 in);
  }
  const Column ms = in.AtEnd() ? Column() : in.ReadColumn(count);
  if (!ms.AllBelow(kMsPerSecond)) return in.Fail();
  for (uint32_t i = wanted.begin; i < wanted.end && in.ok(); ++i) {
    if (uploaded[i] == kTimeUnknown || uploaded[i] > kSecondsMax) continue;
    const uint64_t seconds = uploaded[i] - 1;
    std::string& text = wanted.At(i)->uploaded;
    text = InstantText(seconds * kMsPerSecond + (ms.size() == 0 ? 0 : ms[i]));
    budget.Spend(text.size(), in);
  }
}

// Hashes of one kind, into a field of the files.
void ReadHashesInto(std::string FileRecord::*field, size_t hash_bytes, const Column& column,
                    const std::vector<std::string_view>& texts, ByteReader& in, Budget& budget,
                    const WantedFiles& wanted) {
  for (uint32_t i = 0; i < wanted.count && in.ok(); ++i) {
    const std::string_view bytes =
        column[i] == kHashBytes ? in.Bytes(hash_bytes) : std::string_view();
    if (wanted.At(i) == nullptr || column[i] == kHashNone) continue;
    std::string& text = wanted.At(i)->*field;
    text = column[i] == kHashBytes ? TextOfHash(bytes)
                                   : std::string(TextAt(texts, column[i] - kHashTexts, in));
    budget.Spend(text.size(), in);
  }
}

void ReadHashes(ByteReader& in, Budget& budget, const WantedFiles& wanted) {
  const std::vector<std::string_view> texts = TakeTexts(in), urls = TakeTexts(in);
  const Column hash = in.ReadColumn(wanted.count), url = in.ReadColumn(wanted.count);
  if (!in.ok()) return;
  for (uint32_t i = wanted.begin; i < wanted.end && in.ok(); ++i) {
    wanted.At(i)->url = TextAt(urls, url[i], in);
    budget.Spend(wanted.At(i)->url.size(), in);
  }
  ReadHashesInto(&FileRecord::sha256, kSha256Bytes, hash, texts, in, budget, wanted);
  if (in.AtEnd()) return;
  const std::vector<std::string_view> md5_texts = TakeTexts(in);
  const Column md5 = in.ReadColumn(wanted.count);
  if (!in.ok()) return;
  ReadHashesInto(&FileRecord::md5, kMd5Bytes, md5, md5_texts, in, budget, wanted);
}

}  // namespace

EncodedFiles EncodeFiles(const PackageRecord& record, std::span<const uint32_t> version_order,
                         const Grammar& grammar) {
  Encoder encoder(grammar);
  std::vector<uint32_t> counts;
  for (const uint32_t version : version_order) {
    const std::vector<FileRecord>& files = record.versions[version].files;
    counts.push_back(static_cast<uint32_t>(files.size()));
    for (const FileRecord& file : files) encoder.Add(file);
  }
  return encoder.Finish(counts);
}

absl::StatusOr<PackageFiles> PackageFiles::Read(const Bytes& bytes, const Bounds& bounds) {
  PackageFiles read;
  ByteReader names(bytes.names);
  const Column counts = names.ReadColumn(bounds.version_count);
  WantedFiles wanted{.files = read.files_};
  read.ends_.push_back(0);
  uint64_t total = 0;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < counts.size(); ++i) {
    const bool is_wanted = !bounds.only_version || *bounds.only_version == i;
    if (bounds.only_version && is_wanted) wanted.begin = static_cast<uint32_t>(total);
    total += counts[i];
    if (total > bytes.names.size()) names.Fail();  // a file takes more than a byte
    if (!names.ok()) break;
    if (is_wanted) kept += counts[i];
    read.ends_.push_back(kept);
  }
  wanted.count = static_cast<uint32_t>(total);
  wanted.end = wanted.begin + kept;
  Budget budget(bounds.bytes_max);
  budget.Spend(kept * sizeof(FileRecord), names);
  if (names.ok()) {
    read.files_.resize(kept);
    ReadNames(names, bounds, budget, wanted);
  }
  ByteReader hashes(bytes.hashes);
  if (names.ok() && !bytes.hashes.empty()) ReadHashes(hashes, budget, wanted);
  if (budget.spent()) {
    return LimitReached("its files", Cat("they may take at most ", bounds.bytes_max, " bytes"));
  }
  if (!names.ok() || !hashes.ok() || !names.AtEnd() || !hashes.AtEnd()) {
    return Missing("its files", "the compiled form of files is expected, found other bytes");
  }
  return read;
}

}  // namespace accord::metadata
