// The key of a version. memcmp on keys is CEP 33's order, and no key begins another.
//
// A version is a list of segments, a segment a list of components, and both go on with zeros for
// ever. Strings are below zero, numbers and `post` above. So what is written is the next component
// that is not zero, how many zeros stand before it, and on which side of zero it is:
//
//   key       epoch segments local      epoch is a number; local is segments again
//   segments  ZEROS-BELOW segment ... | ZEROS-ABOVE segment ... | 2 (zeros for ever)
//   segment   ZEROS-BELOW string ... | ZEROS-ABOVE number ... | 2
//   BELOW     0 (no zeros) | 1, how many: the sooner below zero, the smaller
//   ABOVE     3, ~how many | nothing before a number or before a segment that begins with a
//             number, 4 before one that begins with zeros: the sooner above zero, the larger
//   number    4 + n for n <= 199 | 204 + k, k bytes big-endian (k <= 8) | 213, two bytes: how many
//             digits, the digits | 220 post
//   string    its bytes, 0; dev is "DEV", below '_' and all letters
//   how many  one byte up to 199 | 200 + its high byte, its low byte
#include "ecosystem/conda/version.h"

#include <charconv>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

constexpr char kBelowAtOnce = 0;
constexpr char kBelow = 1;
constexpr char kZerosForEver = 2;
constexpr char kAbove = 3;
constexpr char kAboveAtOnce = 4;
constexpr char kNumberFirst = 4;
constexpr uint64_t kOneByteMax = 199;
constexpr char kBytesFirst = static_cast<char>(204);
constexpr char kDigitsMark = static_cast<char>(213);
constexpr char kPostMark = static_cast<char>(220);
constexpr char kAboveAll = static_cast<char>(255);
constexpr size_t kShortRunMax = 199;

// Without leading zeros; "000" is "0".
std::string_view Significant(std::string_view digits) {
  const size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view("0") : digits.substr(first);
}

void AppendNumber(std::string& key, std::string_view digits) {
  const std::string_view significant = Significant(digits);
  uint64_t value = 0;
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

// `turned` for a run before something above zero: the longer, the smaller.
void AppendRun(std::string& key, size_t zeros, bool turned) {
  const auto append = [&](size_t byte) {
    key.push_back(static_cast<char>(turned ? 0xFF - byte : byte));
  };
  if (zeros <= kShortRunMax) {
    append(zeros);
    return;
  }
  append(kShortRunMax + 1 + (zeros >> 8));
  append(zeros & 0xFF);
}

// kLowest and kHighest stand for what is below and above all components: the bounds of a range.
enum class Kind : uint8_t { kEnd, kNumber, kString, kLowest, kHighest };

struct Component {
  Kind kind = Kind::kEnd;
  std::string_view text;

  [[nodiscard]] bool IsPost() const { return kind == Kind::kString && text == "post"; }
  [[nodiscard]] bool IsZero() const {
    return kind == Kind::kNumber && text.find_first_not_of('0') == std::string_view::npos;
  }
  [[nodiscard]] bool IsBelowZero() const {
    return kind == Kind::kLowest || (kind == Kind::kString && !IsPost());
  }
};

// The components of one segment's text: runs of digits, of stars, and of what else there is. A
// segment that begins with no digit has a 0 before it. `behind` is one more, if it is not kEnd.
class Components {
 public:
  explicit Components(std::string_view segment, Kind behind = Kind::kEnd)
      : rest_(segment), behind_(behind), zero_first_(!IsDigit(segment.front())) {}

  Component Next() {
    if (zero_first_) {
      zero_first_ = false;
      return {Kind::kNumber, "0"};
    }
    if (rest_.empty()) return {std::exchange(behind_, Kind::kEnd), ""};
    const auto type = [](char c) { return IsDigit(c) ? 0 : c == '*' ? 1 : 2; };
    size_t end = 1;
    while (end < rest_.size() && type(rest_[end]) == type(rest_[0])) ++end;
    const Component next = {IsDigit(rest_[0]) ? Kind::kNumber : Kind::kString,
                            rest_.substr(0, end)};
    rest_.remove_prefix(end);
    return next;
  }

 private:
  std::string_view rest_;
  Kind behind_;
  bool zero_first_;
};

// The segments of a main or local part, separated by '.' and '_'. An underscore at the very end
// belongs to its segment.
class Segments {
 public:
  explicit Segments(std::string_view part) : part_(part) {}

  std::optional<std::string_view> Next() {
    if (begin_ > part_.size() || part_.empty()) return std::nullopt;
    size_t end = begin_;
    while (end < part_.size() && part_[end] != '.' && part_[end] != '_') ++end;
    if (end + 1 == part_.size() && part_[end] == '_') ++end;
    const std::string_view segment = part_.substr(begin_, end - begin_);
    begin_ = end + 1;
    return segment;
  }

 private:
  std::string_view part_;
  size_t begin_ = 0;
};

// Writes the segments of a part, or the components of a segment, as they come.
class KeyWriter {
 public:
  explicit KeyWriter(std::string& key, size_t zeros = 0) : key_(key), zeros_(zeros) {}

  // Without a mark for the end of the segment where `behind` stands at its end: all that may follow
  // is on one side of it.
  void AddSegment(std::string_view text, Kind behind = Kind::kEnd) {
    Components components(text, behind);
    size_t leading = 0;
    Component next = components.Next();
    for (; next.IsZero(); next = components.Next()) ++leading;
    if (next.kind == Kind::kEnd) {
      ++zeros_;
      return;
    }
    if (next.IsBelowZero()) {
      Below();
    } else if (zeros_ != 0) {
      Above();
    } else if (leading != 0) {
      key_.push_back(kAboveAtOnce);
    }
    KeyWriter segment(key_, leading);
    for (; next.kind != Kind::kEnd; next = components.Next()) segment.Add(next);
    if (behind == Kind::kEnd) segment.End();
  }

  void End() { key_.push_back(kZerosForEver); }

 private:
  void Add(const Component& component) {
    if (component.IsZero()) {
      ++zeros_;
      return;
    }
    if (component.IsBelowZero()) {
      Below();
    } else if (zeros_ != 0) {
      Above();
    }
    switch (component.kind) {
      case Kind::kNumber:
        AppendNumber(key_, component.text);
        break;
      case Kind::kString:
        if (component.IsPost()) {
          key_.push_back(kPostMark);
        } else {
          key_.append(component.text == "dev" ? std::string_view("DEV") : component.text);
          key_.push_back('\0');
        }
        break;
      case Kind::kHighest:
        key_.push_back(kAboveAll);
        break;
      case Kind::kLowest:  // a string before the empty one
      case Kind::kEnd:
        break;
    }
  }

  void Below() {
    key_.push_back(zeros_ == 0 ? kBelowAtOnce : kBelow);
    if (zeros_ != 0) AppendRun(key_, zeros_, false);
    zeros_ = 0;
  }
  void Above() {
    key_.push_back(kAbove);
    AppendRun(key_, zeros_, true);
    zeros_ = 0;
  }

  std::string& key_;
  size_t zeros_;
};

struct Parts {
  std::string_view epoch = "0";
  std::string_view main;
  std::string_view local;
  bool has_local = false;
};

// Of a text that is known to be a version.
Parts Split(std::string_view text) {
  Parts parts;
  if (const size_t bang = text.find('!'); bang != std::string_view::npos) {
    parts.epoch = text.substr(0, bang);
    text.remove_prefix(bang + 1);
  }
  const size_t plus = text.find('+');
  parts.main = text.substr(0, plus);
  if (plus != std::string_view::npos) {
    parts.local = text.substr(plus + 1);
    parts.has_local = true;
  }
  return parts;
}

void AppendSegments(std::string& key, std::string_view part) {
  KeyWriter writer(key);
  Segments segments(part);
  while (const auto segment = segments.Next()) writer.AddSegment(*segment);
  writer.End();
}

// `key` goes on with a part that ends in one of the bounds.
std::string WithBound(std::string key, std::string_view part, Kind bound) {
  KeyWriter writer(key);
  Segments segments(part);
  std::optional<std::string_view> segment = segments.Next();
  while (segment) {
    const std::optional<std::string_view> next = segments.Next();
    writer.AddSegment(*segment, next ? Kind::kEnd : bound);
    segment = next;
  }
  return key;
}

// The keys that begin with `key` and go on behind the part's last component, or in it if it is a
// string.
KeyRange RangeBehind(const std::string& key, std::string_view part) {
  KeyRange range = {.begin = WithBound(key, part, Kind::kLowest),
                    .end = WithBound(key, part, Kind::kHighest)};
  Component last;
  Segments segments(part);
  while (const auto segment = segments.Next()) {
    Components components(*segment);
    for (Component c = components.Next(); c.kind != Kind::kEnd; c = components.Next()) last = c;
  }
  if (!last.IsBelowZero()) return range;
  // ... string, 0, 0 (kBelowAtOnce) is the lower bound: the string itself without its end.
  range.begin.resize(range.begin.size() - 2);
  range.end = range.begin + kAboveAll;
  return range;
}

struct Fault {
  size_t byte = 0;
  std::string_view wish;  // lives forever
};

// What is wrong with a main or local part that begins at byte `at`.
std::optional<Fault> FaultOfPart(std::string_view part, size_t at, Stars stars) {
  for (size_t i = 0; i < part.size(); ++i) {
    const char c = part[i];
    if (!IsAlphanumeric(c) && c != '.' && c != '_' && !(c == '*' && stars == Stars::kRead)) {
      return Fault{at + i, "expected a letter, a digit, '.' or '_'"};
    }
  }
  size_t begin = 0;
  Segments segments(part);
  while (const auto segment = segments.Next()) {
    if (segment->empty()) return Fault{at + begin, "expected a segment"};
    begin += segment->size() + 1;
  }
  if (begin == 0) return Fault{at, "expected a segment"};
  return std::nullopt;
}

std::optional<Fault> FaultOf(std::string_view text, Stars stars) {
  size_t begin = 0;
  if (const size_t bang = text.find('!'); bang != std::string_view::npos) {
    const size_t digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits != bang) return Fault{digits, "expected the epoch's number"};
    begin = bang + 1;
  }
  const std::string_view rest = text.substr(begin);
  const size_t plus = rest.find('+');
  if (const auto fault = FaultOfPart(rest.substr(0, plus), begin, stars)) return fault;
  if (plus == std::string_view::npos) return std::nullopt;
  return FaultOfPart(rest.substr(plus + 1), begin + plus + 1, stars);
}

// Lower case, and '_' for '-'.
std::optional<std::string> NormalText(std::string_view text) {
  std::string normal = LowerText(text);
  if (normal.find('-') == std::string::npos) return normal;
  if (normal.find('_') != std::string::npos) return std::nullopt;
  std::replace(normal.begin(), normal.end(), '-', '_');
  return normal;
}

VersionSegments SegmentsIn(std::string_view part) {
  VersionSegments all;
  Segments segments(part);
  while (const auto segment = segments.Next()) {
    std::vector<std::string>& texts = all.emplace_back();
    Components components(*segment);
    for (Component c = components.Next(); c.kind != Kind::kEnd; c = components.Next()) {
      texts.emplace_back(c.kind == Kind::kNumber ? Significant(c.text) : c.text);
    }
  }
  return all;
}

uint64_t FirstBytes(std::string_view key) {
  uint64_t first = 0;
  for (size_t i = 0; i < 8; ++i) {
    first = first << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  }
  return first;
}

}  // namespace

std::optional<Version> Version::TryParse(std::string_view text, Stars stars) {
  if (text.size() > kVersionBytesMax) return std::nullopt;
  const std::optional<std::string> normal = NormalText(Strip(text));
  if (!normal || FaultOf(*normal, stars)) return std::nullopt;
  const Parts parts = Split(*normal);
  std::string key;
  AppendNumber(key, parts.epoch);
  AppendSegments(key, parts.main);
  AppendSegments(key, parts.local);
  Version version;
  version.key_bytes_ = static_cast<uint32_t>(key.size());
  version.first_ = FirstBytes(key);
  version.bytes_ = std::move(key);
  version.bytes_ += *normal;
  return version;
}

absl::StatusOr<Version> Version::Parse(std::string_view text, Stars stars) {
  if (text.size() > kVersionBytesMax) {
    return LimitReached(Cat("version ", Quoted(text, 40)),
                        Cat("at most ", kVersionBytesMax, " bytes are read, it has ", text.size()));
  }
  std::optional<Version> version = TryParse(text, stars);
  if (version) return *std::move(version);
  const std::string place = Cat("version ", Quoted(text));
  const std::string_view stripped = Strip(text);
  const std::optional<std::string> normal = NormalText(stripped);
  if (!normal) return InvalidInput(place, "expected '-' or '_' between segments, found both");
  const std::optional<Fault> fault = FaultOf(*normal, stars);
  ACCORD_CHECK(fault.has_value());
  const size_t begin = static_cast<size_t>(stripped.data() - text.data());
  const std::string_view found = stripped.substr(fault->byte);
  return InvalidInput(place, Cat("byte ", begin + fault->byte, ": ", fault->wish, ", found ",
                                 found.empty() ? std::string("the end") : Quoted(found, 40)));
}

bool Version::StartsWith(const Version& prefix) const {
  return prefix.BeginningWithThis().Holds(Key());
}

KeyRange Version::BeginningWithThis() const {
  const Parts parts = Split(Text());
  std::string key;
  AppendNumber(key, parts.epoch);
  if (!parts.has_local) return RangeBehind(key, parts.main);
  AppendSegments(key, parts.main);
  return RangeBehind(key, parts.local);
}

KeyRange Version::BeginningWithStem() const {
  const Parts parts = Split(Text());
  size_t stem = 0;  // bytes of the main part before its last segment's separator
  size_t begin = 0;
  Segments segments(parts.main);
  for (auto segment = segments.Next(); segment; segment = segments.Next()) {
    if (begin != 0) stem = begin - 1;
    begin += segment->size() + 1;
  }
  if (stem == 0) return {};
  std::string key;
  AppendNumber(key, parts.epoch);
  return RangeBehind(key, parts.main.substr(0, stem));
}

size_t SegmentsOf(const Version& version) {
  size_t count = 0;
  Segments segments(Split(version.Text()).main);
  while (segments.Next()) ++count;
  return count;
}

VersionParts PartsOf(const Version& version) {
  const Parts parts = Split(version.Text());
  return {.epoch = std::string(Significant(parts.epoch)),
          .main = SegmentsIn(parts.main),
          .local = SegmentsIn(parts.local)};
}

}  // namespace accord::conda
