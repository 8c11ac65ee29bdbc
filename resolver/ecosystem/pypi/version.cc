// The key of a version. memcmp on keys is PEP 440's order, and no key begins another:
//
//   number    5 + n for n <= 229 | 234 + k, k bytes big-endian (k <= 8) | 243, two bytes: how many
//             digits, the digits. Longer numbers are larger at their first byte.
//   key       epoch, the release without trailing zeros, then a pre mark, which is below every
//             number: 0 dev of the release itself, 1 a, 2 b, 3 rc (each with its number), 4 none;
//             then tail
//   tail      0 dev, number, tail | 1 end | 2 local, segments | 3 post, number, tail
//   segments  1 text 0 | 2 number ... then 0
#include "ecosystem/pypi/version.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr uint64_t kOneByteMax = 229;
constexpr char kNumberFirst = 5;
constexpr char kBytesFirst = static_cast<char>(234);
constexpr char kDigitsMark = static_cast<char>(243);

constexpr char kPreDevOnly = 0;
constexpr char kPreNone = 4;
constexpr char kTailDev = 0;
constexpr char kTailEnd = 1;
constexpr char kTailLocal = 2;
constexpr char kTailPost = 3;
constexpr char kSegmentsEnd = 0;
constexpr char kSegmentText = 1;
constexpr char kSegmentNumber = 2;

// Without leading zeros; "" and "000" are "0".
std::string_view Significant(std::string_view digits) {
  if (!digits.empty() && digits.front() != '0') return digits;
  const size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view("0") : digits.substr(first);
}

// Writes into memory that somebody has made large enough (BytesMax): versions are read by the
// thousand, and a text that grows byte by byte looks at its room each time.
class Pen {
 public:
  explicit Pen(char* at) : at_(at) {}
  [[nodiscard]] char* at() const { return at_; }
  void push_back(char c) { *at_++ = c; }
  Pen& append(std::string_view text) {
    at_ = std::copy(text.begin(), text.end(), at_);
    return *this;
  }

 private:
  char* at_;
};

template <class Out>
void AppendNumber(Out& key, std::string_view significant) {
  uint64_t value = 0;
  if (significant.size() <= 2) {
    for (const char c : significant) value = value * 10 + static_cast<uint64_t>(c - '0');
    key.push_back(static_cast<char>(kNumberFirst + static_cast<char>(value)));
    return;
  }
  const auto parsed =
      std::from_chars(significant.data(), significant.data() + significant.size(), value);
  if (parsed.ec != std::errc()) {  // above 64 bits
    key.push_back(kDigitsMark);
    key.push_back(static_cast<char>(significant.size() >> 8));
    key.push_back(static_cast<char>(significant.size() & 0xFF));
    key.append(significant);
    return;
  }
  if (value <= kOneByteMax) {
    key.push_back(static_cast<char>(kNumberFirst + static_cast<char>(value)));
    return;
  }
  int bytes = 1;
  while (bytes < 8 && value >> (8 * bytes) != 0) ++bytes;
  key.push_back(static_cast<char>(kBytesFirst + bytes));
  for (int i = bytes - 1; i >= 0; --i) key.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

// Calls each(number without leading zeros) for the parts between dots.
template <class Each>
void ForEachNumber(std::string_view release, Each each) {
  size_t begin = 0;
  while (true) {
    const size_t dot = release.find('.', begin);
    each(Significant(release.substr(begin, dot - begin)));
    if (dot == std::string_view::npos) return;
    begin = dot + 1;
  }
}

// Calls each(segment) for the parts between '.', '_' and '-'.
template <class Each>
void ForEachSegment(std::string_view local, Each each) {
  size_t begin = 0;
  while (begin <= local.size()) {
    const size_t end = std::min(local.find_first_of("._-", begin), local.size());
    each(local.substr(begin, end - begin));
    begin = end + 1;
  }
}

bool IsNumber(std::string_view segment) {
  return segment.find_first_not_of("0123456789") == std::string_view::npos;
}

void AppendLower(Pen& out, std::string_view text) {
  for (const char c : text) out.push_back(Lower(c));
}

// The key as far as the pre-release number.
void AppendStem(Pen& key, const VersionParts& parts) {
  AppendNumber(key, Significant(parts.epoch));
  char* trimmed = key.at();
  ForEachNumber(parts.release, [&](std::string_view number) {
    AppendNumber(key, number);
    if (number != "0") trimmed = key.at();
  });
  key = Pen(trimmed);
  if (parts.pre == PreKind::kNone) {
    key.push_back(parts.has_dev && !parts.has_post ? kPreDevOnly : kPreNone);
    return;
  }
  key.push_back(static_cast<char>(parts.pre));  // kAlpha is 1, kCandidate 3
  AppendNumber(key, Significant(parts.pre_number));
}

void AppendPostAndDev(Pen& key, const VersionParts& parts) {
  if (parts.has_post) {
    key.push_back(kTailPost);
    AppendNumber(key, Significant(parts.post_number));
  }
  if (parts.has_dev) {
    key.push_back(kTailDev);
    AppendNumber(key, Significant(parts.dev_number));
  }
}

void AppendEnd(Pen& key, const VersionParts& parts) {
  if (parts.local.empty()) {
    key.push_back(kTailEnd);
    return;
  }
  key.push_back(kTailLocal);
  ForEachSegment(parts.local, [&](std::string_view segment) {
    if (IsNumber(segment)) {
      key.push_back(kSegmentNumber);
      AppendNumber(key, Significant(segment));
    } else {
      key.push_back(kSegmentText);
      AppendLower(key, segment);
      key.push_back('\0');
    }
  });
  key.push_back(kSegmentsEnd);
}

void AppendNormal(Pen& normal, const VersionParts& parts) {
  const std::string_view epoch = Significant(parts.epoch);
  if (epoch != "0") normal.append(epoch).push_back('!');
  bool first = true;
  ForEachNumber(parts.release, [&](std::string_view number) {
    if (!first) normal.push_back('.');
    first = false;
    normal.append(number);
  });
  if (parts.pre != PreKind::kNone) {
    static constexpr std::string_view kWords[] = {"", "a", "b", "rc"};
    normal.append(kWords[static_cast<size_t>(parts.pre)]).append(Significant(parts.pre_number));
  }
  if (parts.has_post) normal.append(".post").append(Significant(parts.post_number));
  if (parts.has_dev) normal.append(".dev").append(Significant(parts.dev_number));
  char joint = '+';
  if (parts.local.empty()) return;
  ForEachSegment(parts.local, [&](std::string_view segment) {
    normal.push_back(joint);
    joint = '.';
    if (IsNumber(segment)) {
      normal.append(Significant(segment));
    } else {
      AppendLower(normal, segment);
    }
  });
}

// Key and normal form together take no more. In the key a number takes at most as many bytes as
// digits, or three more from 20 digits on, and a segment of a local part two more than it has; the
// rest are marks, words and zeros that the text need not spell.
size_t BytesMax(const VersionParts& parts) {
  const size_t spelled = parts.epoch.size() + parts.release.size() + parts.pre_number.size() +
                         parts.post_number.size() + parts.dev_number.size() + parts.local.size();
  return 4 * spelled + 32;
}

// Of a key with eight zeros behind it.
uint64_t FirstBytes(const char* key) {
  uint64_t first = 0;
  for (size_t i = 0; i < 8; ++i) first = first << 8 | static_cast<unsigned char>(key[i]);
  return first;
}

// The stem of a version that is a release and nothing else, and whose numbers take one byte each:
// most are. Such a release is its own normal form. Whether it is one; if not, nothing is written.
bool AppendPlainStem(Pen& key, const VersionParts& parts) {
  const bool is_release = parts.epoch.empty() && parts.pre == PreKind::kNone && !parts.has_post &&
                          !parts.has_dev && parts.local.empty();
  if (!is_release) return false;
  Pen pen = key;
  pen.push_back(kNumberFirst);  // the epoch
  char* trimmed = pen.at();
  const std::string_view release = parts.release;
  for (size_t i = 0; i <= release.size(); ++i) {  // one number a turn, to the dot behind it
    const size_t begin = i;
    uint32_t value = 0;
    for (; i < release.size() && release[i] != '.'; ++i) {
      value = value * 10 + static_cast<uint32_t>(release[i] - '0');
      if (value > kOneByteMax) return false;
    }
    if (release[begin] == '0' && i > begin + 1) return false;
    pen.push_back(static_cast<char>(kNumberFirst + static_cast<char>(value)));
    if (value != 0) trimmed = pen.at();
  }
  key = Pen(trimmed);
  key.push_back(kPreNone);
  return true;
}

}  // namespace

Version Version::FromParts(const VersionParts& parts) {
  char small[256];
  std::unique_ptr<char[]> large;
  char* begin = small;
  if (const size_t bytes_max = BytesMax(parts); bytes_max > sizeof small) {
    large = std::make_unique_for_overwrite<char[]>(bytes_max);
    begin = large.get();
  }
  const auto written = [&](const Pen& pen) {
    const auto bytes = static_cast<size_t>(pen.at() - begin);
    ACCORD_CHECK(bytes <= UINT16_MAX);
    return static_cast<uint16_t>(bytes);
  };
  Pen pen(begin);
  Version version;
  const bool plain = AppendPlainStem(pen, parts);
  if (!plain) AppendStem(pen, parts);
  version.stem_bytes_ = written(pen);
  AppendPostAndDev(pen, parts);
  version.public_bytes_ = written(pen);
  AppendEnd(pen, parts);
  version.key_bytes_ = written(pen);
  std::fill_n(pen.at(), 8, '\0');
  version.first_ = FirstBytes(begin);
  if (plain) {
    pen.append(parts.release);
  } else {
    AppendNormal(pen, parts);
  }
  version.bytes_.assign(begin, pen.at());
  version.is_prerelease_ = parts.pre != PreKind::kNone || parts.has_dev;
  version.is_postrelease_ = parts.has_post;
  version.is_devrelease_ = parts.has_dev;
  return version;
}

std::optional<Version> Version::TryParse(std::string_view text) {
  if (text.size() > kVersionBytesMax) return std::nullopt;
  text = StripSpace(text);
  const std::optional<VersionParts> parts = ScanVersion(text, 0);
  if (!parts || parts->end != text.size()) return std::nullopt;
  return FromParts(*parts);
}

absl::StatusOr<Version> Version::Parse(std::string_view text) {
  if (text.size() > kVersionBytesMax) {
    return LimitReached(Cat("version ", Quoted(text, 40)),
                        Cat("at most ", kVersionBytesMax, " bytes are read, it has ", text.size()));
  }
  const std::string_view stripped = StripSpace(text);
  const std::optional<VersionParts> parts = ScanVersion(stripped, 0);
  if (parts && parts->end == stripped.size()) return FromParts(*parts);
  const size_t begin = static_cast<size_t>(stripped.data() - text.data());
  const std::string place = Cat("version ", Quoted(text));
  if (!parts) return InvalidInput(place, Cat("byte ", begin, ": expected a release number"));
  return InvalidInput(
      place, Cat("byte ", begin + parts->end, ": expected the end of a PEP 440 version, found ",
                 Quoted(stripped.substr(parts->end), 40)));
}

std::string Version::Canonical() const {
  const std::string_view text = Text();
  const size_t bang = text.find('!');
  const size_t begin = bang == std::string_view::npos ? 0 : bang + 1;
  size_t end = begin;
  while (end < text.size() && (IsDigit(text[end]) || text[end] == '.')) ++end;
  if (text[end - 1] == '.') --end;  // of ".post" or ".dev"
  std::string_view release = text.substr(begin, end - begin);
  while (release.ends_with(".0")) release.remove_suffix(2);
  return Cat(text.substr(0, begin), release, text.substr(end));
}

size_t ReleaseNumbers(std::string_view release) {
  size_t count = 1;
  for (const char c : release) count += c == '.' ? 1 : 0;
  return count;
}

ReleasePrefix::ReleasePrefix(const VersionParts& parts, size_t numbers) {
  AppendNumber(key_, Significant(parts.epoch));
  trimmed_bytes_ = key_.size();
  ForEachNumber(parts.release, [&](std::string_view number) {
    if (numbers == 0) return;
    --numbers;
    AppendNumber(key_, number);
    if (number != "0") trimmed_bytes_ = key_.size();
  });
}

bool ReleasePrefix::Matches(const Version& version) const {
  const std::string_view key = version.Key();
  if (key.substr(0, trimmed_bytes_) != std::string_view(key_).substr(0, trimmed_bytes_)) {
    return false;
  }
  // Behind the trimmed numbers our key holds zeros only, one byte each: the version's release must
  // go on with them or end.
  for (size_t i = trimmed_bytes_; i < key_.size(); ++i) {
    if (key[i] != kNumberFirst) return static_cast<unsigned char>(key[i]) < kNumberFirst;
  }
  return true;
}

}  // namespace accord::pypi
