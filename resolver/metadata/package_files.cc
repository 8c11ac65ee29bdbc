// See package_files.h. The bytes of a package's files:
//
//   names    how many files each version has (column), then of each file: head and tail of its
//            name, Requires-language, upload time, yanked, metadata (columns), sizes (varints)
//   hashes   of each file what stands for its hash (column) and its address (column), then texts,
//            then 32 bytes for each hash that is one
#include "metadata/package_files.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/error.h"
#include "metadata/bytes.h"
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
// Of a hash: none, the next 32 bytes, or the text of number - kHashTexts.
constexpr uint32_t kHashNone = 0;
constexpr uint32_t kHashBytes = 1;
constexpr uint32_t kHashTexts = 2;
constexpr size_t kSha256Bytes = 32;

std::string TwoDigits(unsigned number) { return Cat(number / 10, number % 10); }

std::string TextOfSeconds(uint32_t seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds{seconds}};
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return Cat(static_cast<int>(date.year()), "-", TwoDigits(static_cast<unsigned>(date.month())),
             "-", TwoDigits(static_cast<unsigned>(date.day())), "T",
             TwoDigits(static_cast<unsigned>(clock.hours().count())), ":",
             TwoDigits(static_cast<unsigned>(clock.minutes().count())), ":",
             TwoDigits(static_cast<unsigned>(clock.seconds().count())), "Z");
}

// None: TextOfSeconds would not give this text back.
std::optional<uint32_t> SecondsOfText(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (text.size() != kForm.size()) return std::nullopt;
  const auto number = [&](size_t begin, size_t count) {
    int value = 0;
    for (const char c : text.substr(begin, count)) value = value * 10 + (c - '0');
    return value;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return std::nullopt;
  }
  const year_month_day date{year{number(0, 4)}, month{static_cast<unsigned>(number(5, 2))},
                            day{static_cast<unsigned>(number(8, 2))}};
  if (!date.ok()) return std::nullopt;
  const sys_seconds time =
      sys_days{date} + hours{number(11, 2)} + minutes{number(14, 2)} + seconds{number(17, 2)};
  const int64_t since = time.time_since_epoch().count();
  if (since < 0 || since >= int64_t{kSecondsMax}) return std::nullopt;
  const auto value = static_cast<uint32_t>(since);
  return TextOfSeconds(value) == text ? std::optional(value) : std::nullopt;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The 32 bytes; none if the text is not 64 lower-case hexadecimal digits.
std::optional<std::string> BytesOfSha256(std::string_view text) {
  if (text.size() != 2 * kSha256Bytes) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

std::string TextOfSha256(std::string_view bytes) {
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

class Encoder {
 public:
  explicit Encoder(const Grammar& grammar) : grammar_(grammar) {}

  void Add(const FileRecord& file) {
    const size_t cut = grammar_.CutFileName(file.name);
    const std::string_view name = file.name;
    head_.push_back(heads_.Add(name.substr(0, cut)));
    tail_.push_back(tails_.Add(name.substr(cut)));
    language_.push_back(languages_.Add(file.requires_language));
    uploaded_.push_back(TimeOf(file.uploaded));
    yanked_.push_back(!file.yanked ? kYankedNo
                      : file.yanked_reason.empty()
                          ? kYankedYes
                          : kYankedReasons + reasons_.Add(file.yanked_reason));
    metadata_.push_back(file.metadata ? *file.metadata + 1 : 0);
    sizes_.push_back(file.size ? *file.size + 1 : 0);
    hash_.push_back(HashOf(file.sha256));
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
    ByteWriter hashes;
    WriteTexts(hash_texts_.texts(), hashes);
    WriteTexts(urls_.texts(), hashes);
    hashes.Column(hash_);
    hashes.Column(url_);
    hashes.Bytes(hash_bytes_);
    return {.names = names.Take(), .hashes = hashes.Take()};
  }

 private:
  uint32_t TimeOf(std::string_view text) {
    if (text.empty()) return kTimeUnknown;
    const std::optional<uint32_t> seconds = SecondsOfText(text);
    return seconds ? *seconds + 1 : UINT32_MAX - times_.Add(text);
  }
  uint32_t HashOf(std::string_view text) {
    if (text.empty()) return kHashNone;
    const std::optional<std::string> bytes = BytesOfSha256(text);
    if (!bytes) return kHashTexts + hash_texts_.Add(text);
    hash_bytes_ += *bytes;
    return kHashBytes;
  }

  const Grammar& grammar_;
  TextTable heads_, tails_, languages_, times_, reasons_, hash_texts_, urls_;
  std::vector<uint32_t> head_, tail_, language_, uploaded_, yanked_, metadata_, hash_, url_;
  std::vector<uint64_t> sizes_;
  std::string hash_bytes_;
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

void ReadNames(ByteReader& in, const PackageFiles::Bounds& bounds, Budget& budget,
               std::vector<FileRecord>& files) {
  const std::vector<std::string_view> heads = TakeTexts(in), tails = TakeTexts(in),
                                      languages = TakeTexts(in), times = TakeTexts(in),
                                      reasons = TakeTexts(in);
  const auto count = static_cast<uint32_t>(files.size());
  const Column head = in.ReadColumn(count), tail = in.ReadColumn(count),
               language = in.ReadColumn(count), uploaded = in.ReadColumn(count),
               yanked = in.ReadColumn(count), metadata = in.ReadColumn(count);
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    FileRecord& file = files[i];
    file.name = TextAt(heads, head[i], in);
    file.name += TextAt(tails, tail[i], in);
    file.requires_language = TextAt(languages, language[i], in);
    if (uploaded[i] > kSecondsMax) {
      file.uploaded = TextAt(times, UINT32_MAX - uploaded[i], in);
    } else if (uploaded[i] != kTimeUnknown) {
      file.uploaded = TextOfSeconds(uploaded[i] - 1);
    }
    file.yanked = yanked[i] != kYankedNo;
    if (yanked[i] >= kYankedReasons) {
      file.yanked_reason = TextAt(reasons, yanked[i] - kYankedReasons, in);
    }
    if (metadata[i] > bounds.metadata_count) return in.Fail();
    if (metadata[i] != 0) file.metadata = metadata[i] - 1;
    if (const uint64_t size = in.Varint(); size != 0) file.size = size - 1;
    budget.Spend(file.name.size() + file.requires_language.size() + file.uploaded.size() +
                     file.yanked_reason.size(),
                 in);
  }
}

void ReadHashes(ByteReader& in, Budget& budget, std::vector<FileRecord>& files) {
  const std::vector<std::string_view> texts = TakeTexts(in), urls = TakeTexts(in);
  const auto count = static_cast<uint32_t>(files.size());
  const Column hash = in.ReadColumn(count), url = in.ReadColumn(count);
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    if (hash[i] == kHashBytes) {
      files[i].sha256 = TextOfSha256(in.Bytes(kSha256Bytes));
    } else if (hash[i] >= kHashTexts) {
      files[i].sha256 = TextAt(texts, hash[i] - kHashTexts, in);
    }
    files[i].url = TextAt(urls, url[i], in);
    budget.Spend(files[i].sha256.size() + files[i].url.size(), in);
  }
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
  read.ends_.push_back(0);
  uint64_t total = 0;
  for (uint32_t i = 0; i < counts.size(); ++i) {
    total += counts[i];
    if (total > bytes.names.size()) names.Fail();  // a file takes more than a byte
    if (!names.ok()) break;
    read.ends_.push_back(static_cast<uint32_t>(total));
  }
  Budget budget(bounds.bytes_max);
  budget.Spend(total * sizeof(FileRecord), names);
  if (names.ok()) {
    read.files_.resize(total);
    ReadNames(names, bounds, budget, read.files_);
  }
  ByteReader hashes(bytes.hashes);
  if (names.ok() && !bytes.hashes.empty()) ReadHashes(hashes, budget, read.files_);
  if (budget.spent()) {
    return LimitReached("its files", Cat("they may take at most ", bounds.bytes_max, " bytes"));
  }
  if (!names.ok() || !hashes.ok() || !names.AtEnd() || !hashes.AtEnd()) {
    return Missing("its files", "the compiled form of files is expected, found other bytes");
  }
  return read;
}

}  // namespace accord::metadata
