#include "ecosystem/conda/spec_members.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/time.h"

namespace accord::conda {
namespace {

using Ranges = std::vector<PositionRange>;

Ranges Both(const Ranges& a, const Ranges& b) {
  Ranges both;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const PositionRange common = {std::max(a[i].first, b[j].first), std::min(a[i].last, b[j].last)};
    if (common.first <= common.last) both.push_back(common);
    ++(a[i].last < b[j].last ? i : j);
  }
  return both;
}

Ranges Either(Ranges a, const Ranges& b) {
  a.insert(a.end(), b.begin(), b.end());
  return Normalized(std::move(a));
}

// The numbers of the versions that a specifier admits.
class VersionNumbers {
 public:
  explicit VersionNumbers(const Candidates& candidates) : candidates_(candidates) {}

  [[nodiscard]] Ranges Of(const VersionSpec& spec) const {
    if (spec.single() != nullptr) return Of(*spec.single());
    std::vector<Ranges> stack;
    size_t clause = 0;
    for (const VersionSpec::Step step : spec.steps()) {
      if (step == VersionSpec::Step::kClause) {
        stack.push_back(Of(spec.clauses()[clause++]));
        continue;
      }
      const Ranges top = std::move(stack.back());
      stack.pop_back();
      stack.back() = step == VersionSpec::Step::kAnd ? Both(stack.back(), top)
                                                     : Either(std::move(stack.back()), top);
    }
    return std::move(stack.back());
  }

 private:
  [[nodiscard]] uint32_t count() const { return candidates_.version_count(); }

  // The first version whose key is not below.
  [[nodiscard]] uint32_t FirstFrom(std::string_view key) const {
    uint32_t begin = 0;
    uint32_t end = count();
    while (begin < end) {
      const uint32_t middle = begin + (end - begin) / 2;
      if (candidates_.version(middle).Key() < key) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }

  [[nodiscard]] Ranges Of(const VersionClause& clause) const {
    const std::optional<VersionClause::Admitted> admitted = clause.range();
    if (!admitted) {
      PositionCollector fitting;
      for (uint32_t version = 0; version < count(); ++version) {
        if (clause.Matches(candidates_.version(version))) fitting.Add(version);
      }
      return fitting.ranges();
    }
    const KeyRange& keys = admitted->range;
    const uint32_t begin = keys.begin.empty() ? 0 : FirstFrom(keys.begin);
    const uint32_t end = keys.end.empty() ? count() : std::max(begin, FirstFrom(keys.end));
    Ranges inside;
    if (begin < end) inside.push_back({begin, end - 1});
    return admitted->outside ? Complement(inside, count()) : inside;
  }

  const Candidates& candidates_;
};

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const size_t blank = std::min(text.find(' '), text.size());
    if (blank > 0) words.push_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return words;
}

bool AsksForFiles(const MatchSpec& spec) {
  return spec.md5 || spec.sha256 || spec.fn || (spec.url && !spec.is_file) || spec.timestamp;
}

bool AsksForVersionAndBuildAlone(const MatchSpec& spec) {
  return !spec.channel_match && !spec.subdir && !spec.build_number && !spec.track_features &&
         !spec.features && !spec.license && !spec.license_family && spec.flags.empty() &&
         !AsksForFiles(spec);
}

// Holds candidates against all that a specifier says but versions.
class RecordMatch {
 public:
  RecordMatch(const MatchSpec& spec, const Candidates& candidates)
      : spec_(spec), candidates_(candidates), files_(candidates.channels().size()) {
    spec_.version.reset();
    spec_.name = {};
  }

  absl::StatusOr<bool> Holds(Position position) {
    const Candidate& candidate = candidates_.admitted()[position];
    const ChannelRecords& records = candidates_.channel_of(position);
    const auto said = [&](std::string_view key) {
      return records.facts->attribute(key)[candidate.record];
    };
    MatchedRecord record{.build = candidates_.build(position),
                         .build_number = candidate.build_number,
                         .channel = records.channel[candidate.record],
                         .subdir = candidates_.subdir(position)};
    if (spec_.license) record.license = said(attribute::kLicense);
    if (spec_.license_family) record.license_family = said(attribute::kLicenseFamily);
    std::vector<std::string_view> track_features, features, flags;
    if (spec_.track_features) {
      record.track_features = track_features = Words(candidates_.track_features(position));
    }
    if (spec_.features) record.features = features = Words(said(attribute::kFeatures));
    if (!spec_.flags.empty()) record.flags = flags = Words(said(attribute::kFlags));
    if (AsksForFiles(spec_)) {
      ACCORD_RETURN_IF_ERROR(AddFile(candidate, record));
    }
    return spec_.Matches(record);
  }

 private:
  absl::Status AddFile(const Candidate& candidate, MatchedRecord& record) {
    const ChannelRecords& records = candidates_.channels()[candidate.channel];
    if (!records.facts->has_files()) return absl::OkStatus();
    std::optional<metadata::PackageFiles>& files = files_[candidate.channel];
    if (!files) {
      absl::StatusOr<metadata::PackageFiles> read =
          records.facts->ReadFiles(metadata::FileDetail::kAll);
      if (!read.ok()) return read.status();
      files = *std::move(read);
    }
    if (files->of(candidate.record).empty()) return absl::OkStatus();
    const metadata::FileRecord& file = files->of(candidate.record).front();
    record.fn = file.name;
    record.url = file.url;
    record.md5 = file.md5;
    record.sha256 = file.sha256;
    record.timestamp = MillisecondsOf(file.uploaded).value_or(0);
    return absl::OkStatus();
  }

  MatchSpec spec_;
  const Candidates& candidates_;
  std::vector<std::optional<metadata::PackageFiles>> files_;  // of each channel
};

bool BuildFits(const std::optional<TextMatch>& build, std::string_view text) {
  return !build || build->kind() == TextMatch::Kind::kAll ||
         (!text.empty() && build->Matches(text));
}

}  // namespace

AskedOfRecords::AskedOfRecords(MatchSpec&& spec) : build_(spec.build) {
  if (spec.version) version_ = std::make_shared<const VersionSpec>(*spec.version);
  if (!AsksForVersionAndBuildAlone(spec)) {
    whole_ = std::make_unique<const MatchSpec>(std::move(spec));
  }
}

bool AskedOfRecords::Matches(const MatchedRecord& record) const {
  if (whole_ != nullptr) return whole_->Matches(record);
  const bool fits = !version_ || version_->admits_all() ||
                    (record.version != nullptr && version_->Matches(*record.version));
  return fits && BuildFits(build_, record.build);
}

absl::StatusOr<std::vector<PositionRange>> MembersOf(const AskedOfRecords& asked,
                                                     const Candidates& candidates) {
  const auto count = static_cast<uint32_t>(candidates.admitted().size());
  if (count == 0) return Ranges();
  Ranges ranges = {{0, count - 1}};
  if (asked.version() && !asked.version()->admits_all()) {
    ranges = VersionNumbers(candidates).Of(*asked.version());
    for (PositionRange& range : ranges) {
      range = {candidates.begin(range.first), candidates.begin(range.last + 1) - 1};
    }
  }
  if (asked.whole() == nullptr && !asked.build()) return ranges;
  std::optional<RecordMatch> match;
  if (asked.whole() != nullptr) match.emplace(*asked.whole(), candidates);
  PositionCollector members;
  for (const PositionRange& range : ranges) {
    for (Position position = range.first; position <= range.last; ++position) {
      const absl::StatusOr<bool> holds =
          match ? match->Holds(position) : BuildFits(asked.build(), candidates.build(position));
      if (!holds.ok()) return holds.status();
      if (*holds) members.Add(position);
    }
  }
  return members.ranges();
}

}  // namespace accord::conda
