#include "ecosystem/conda/grammar.h"

#include <algorithm>
#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/interner.h"
#include "ecosystem/conda/package_file.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/version.h"

namespace accord::conda {
namespace {

using metadata::RequirementCut;
using metadata::VersionOrder;
using metadata::VersionRecord;

// A number by its digits: the longer one is larger.
struct Number {
  std::string_view digits;
  friend std::strong_ordering operator<=>(const Number& a, const Number& b) {
    return std::tuple(a.digits.size(), a.digits) <=> std::tuple(b.digits.size(), b.digits);
  }
  friend bool operator==(const Number&, const Number&) = default;
};

// What places a record, as views of it.
struct OrderedRecord {
  const Version* version = nullptr;
  Number build_number;
  std::string_view time;  // without the Z behind it: 18:18:46 < 18:18:46.123
  std::string_view build, subdir, channel, text;
  uint32_t number = 0;  // among the record's versions

  [[nodiscard]] auto Identity() const {
    return std::tie(text, build_number, build, subdir, channel);
  }
  friend bool operator<(const OrderedRecord& a, const OrderedRecord& b) {
    if (*a.version != *b.version) return *a.version < *b.version;
    const auto rest = [](const OrderedRecord& r) {
      return std::tie(r.build_number, r.time, r.build, r.subdir, r.channel, r.text);
    };
    return rest(a) < rest(b);
  }
};

// Takes those that are equal to an earlier one out of `placed`, and adds their numbers to `others`.
void TakeRepetitions(std::vector<OrderedRecord>& placed, std::vector<uint32_t>& others) {
  const auto same = [](const OrderedRecord& a, const OrderedRecord& b) {
    return a.Identity() == b.Identity();
  };
  std::ranges::stable_sort(placed, {}, &OrderedRecord::Identity);
  auto kept = placed.begin();
  for (auto record = placed.begin(); record != placed.end(); ++record) {
    if (kept != placed.begin() && same(*(kept - 1), *record)) {
      others.push_back(record->number);
    } else {
      *kept++ = *record;
    }
  }
  placed.erase(kept, placed.end());
}

OrderedRecord Placed(const VersionRecord& record) {
  OrderedRecord placed;
  placed.text = record.version;
  for (const auto& [key, text] : record.attributes) {
    if (key == attribute::kBuild) placed.build = text;
    if (key == attribute::kBuildNumber) placed.build_number.digits = text;
    if (key == attribute::kChannel) placed.channel = text;
    if (key == attribute::kSubdir) placed.subdir = text;
  }
  if (!record.files.empty()) {
    placed.time = record.files.front().uploaded;
    if (placed.time.ends_with('Z')) placed.time.remove_suffix(1);
  }
  return placed;
}

using Versions =
    absl::flat_hash_map<std::string_view, std::unique_ptr<const Version>, TextHash, TextEqual>;

// Each text is read once; nullptr: it is no version.
const Version* Read(std::string_view text, Versions& versions) {
  const auto [entry, is_new] = versions.try_emplace(text);
  if (is_new) {
    if (std::optional<Version> version = Version::TryParse(text)) {
      entry->second = std::make_unique<const Version>(*std::move(version));
    }
  }
  return entry->second.get();
}

bool IsNameCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.';
}

// Where the name ends; 0: no name can be cut off.
size_t EndOfName(std::string_view spec) {
  size_t end = 0;
  while (end < spec.size() && IsNameCharacter(spec[end])) ++end;
  if (end == spec.size()) return HasPackageExtension(spec) ? 0 : end;
  constexpr std::string_view kBehindNames = " \t[=<>!~";
  return kBehindNames.find(spec[end]) != std::string_view::npos ? end : 0;
}

// Where the marker begins; the end if there is none.
size_t BeginOfMarker(std::string_view text) {
  if (text.ends_with(kConstrainsMarker)) return text.size() - kConstrainsMarker.size();
  return std::min(text.rfind(kExtraMarker), text.size());
}

}  // namespace

VersionOrder CondaGrammar::Order(std::span<const VersionRecord> versions) const {
  VersionOrder order;
  Versions read;
  std::vector<OrderedRecord> placed;
  placed.reserve(versions.size());
  for (uint32_t i = 0; i < versions.size(); ++i) {
    OrderedRecord record = Placed(versions[i]);
    record.version = Read(record.text, read);
    record.number = i;
    if (record.version == nullptr) {
      order.others.push_back(i);
    } else {
      placed.push_back(record);
    }
  }
  TakeRepetitions(placed, order.others);
  std::ranges::sort(order.others);
  std::ranges::sort(placed, std::less<>());
  for (const OrderedRecord& record : placed) order.ordered.push_back(record.number);
  order.prerelease.assign(placed.size(), false);
  return order;
}

RequirementCut CondaGrammar::CutRequirement(std::string_view text) const {
  const std::string_view spec = text.substr(0, BeginOfMarker(text));
  const size_t end = EndOfName(spec);
  if (end == 0 || spec.find(';') != std::string_view::npos) return {.name = text};
  return {.name = spec.substr(0, end),
          .middle = spec.substr(end),
          .marker = text.substr(spec.size()),
          .plain = true};
}

size_t CondaGrammar::CutFileName(std::string_view name) const {
  const std::optional<PackageFile> file = SplitPackageFile(name);
  return file ? file->name.size() + file->version.size() + 2 : name.size();
}

}  // namespace accord::conda
