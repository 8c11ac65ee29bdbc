#include "ecosystem/conda/candidates.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/package_file.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/time.h"

namespace accord::conda {
namespace {

using metadata::PackageFacts;

uint64_t NumberIn(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What is left of a version's text without all that may differ between equal versions.
std::string Residue(std::string_view text) {
  std::string left;
  for (const char c : text) {
    if (c == '0' || c == '.' || c == '-' || c == '_' || c == '+' || c == '!') continue;
    left += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return left;
}

}  // namespace

class Candidates::Reader {
 public:
  Reader(std::string_view name, std::span<const metadata::Source* const> sources,
         const ResolveRequest& request, Candidates& out)
      : name_(name), sources_(sources), request_(request), out_(out) {}

  absl::Status Run() {
    for (uint32_t source = 0; source < sources_.size(); ++source) {
      const absl::StatusOr<const PackageFacts*> facts = sources_[source]->Find(name_);
      if (!facts.ok()) return facts.status();
      if (*facts == nullptr) continue;
      ACCORD_RETURN_IF_ERROR(AddChannel(source, **facts));
      if (out_.is_known_ && request_.channel_priority == ChannelPriority::kStrict) break;
    }
    ACCORD_RETURN_IF_ERROR(FindInstalled());
    if (out_.channels_.size() > 1) Merge();
    NumberVersions();
    return absl::OkStatus();
  }

 private:
  static ChannelRecords RecordsOf(uint32_t source, const PackageFacts& facts) {
    return {.source = source,
            .facts = &facts,
            .build = facts.attribute(attribute::kBuild),
            .build_number = facts.attribute(attribute::kBuildNumber),
            .subdir = facts.attribute(attribute::kSubdir),
            .channel = facts.attribute(attribute::kChannel),
            .track_features = facts.attribute(attribute::kTrackFeatures)};
  }

  absl::Status AddChannel(uint32_t source, const PackageFacts& facts) {
    const ChannelRecords records = RecordsOf(source, facts);
    const std::vector<bool> subdirs = WantedSubdirs(records.subdir);
    const auto is_wanted = [&](uint32_t record) { return subdirs[records.subdir.number(record)]; };
    const size_t before = out_.admitted_.size();
    std::vector<uint64_t> build_numbers;
    build_numbers.reserve(records.build_number.count() + 1);
    build_numbers.push_back(0);
    for (uint32_t i = 1; i <= records.build_number.count(); ++i) {
      build_numbers.push_back(NumberIn(records.build_number.text(i)));
    }
    const auto index = static_cast<uint32_t>(out_.channels_.size());
    out_.admitted_.reserve(before + facts.ordered_count());
    for (uint32_t record = 0; record < facts.ordered_count(); ++record) {
      if (!is_wanted(record)) continue;
      out_.admitted_.push_back(
          {.channel = index,
           .record = record,
           .build_number = build_numbers[records.build_number.number(record)]});
    }
    const bool is_there = out_.admitted_.size() > before;
    const size_t first_invalid = out_.not_admitted_.size();
    for (uint32_t record = facts.ordered_count(); record < facts.version_count(); ++record) {
      if (is_wanted(record) && !Version::TryParse(facts.version(record))) {
        LeaveOut(NotAdmittedKind::kInvalidVersion, records, record);
      }
    }
    // They have no order of their own, and one of them is told.
    std::ranges::sort(std::span(out_.not_admitted_).subspan(first_invalid), {},
                      &NotAdmitted::record);
    if (!is_there) return absl::OkStatus();
    out_.is_known_ = true;
    out_.channels_.push_back(records);
    return HoldToTime(before);
  }

  // By number of the subdir's text.
  [[nodiscard]] std::vector<bool> WantedSubdirs(const metadata::Attribute& subdir) const {
    std::vector<bool> wanted;
    wanted.reserve(subdir.count() + 1);
    for (uint32_t i = 0; i <= subdir.count(); ++i) {
      wanted.push_back(request_.subdirs.empty() ||
                       std::ranges::find(request_.subdirs, subdir.text(i)) !=
                           request_.subdirs.end());
    }
    return wanted;
  }

  void LeaveOut(NotAdmittedKind kind, const ChannelRecords& records, uint32_t record) {
    const std::string_view build = records.build[record];
    out_.not_admitted_.push_back(
        {.kind = kind,
         .record = Cat(records.facts->version(record), build.empty() ? "" : " ", build)});
  }

  // A package's own limit goes before its channel's, and that before everybody's.
  [[nodiscard]] uint64_t LimitOf(std::string_view channel) const {
    const ExcludeNewer& newer = request_.exclude_newer;
    for (const ExcludeNewer::Of& one : newer.packages) {
      if (EqualIgnoringCase(one.name, name_)) return one.instant_ms;
    }
    for (const ExcludeNewer::Of& one : newer.channels) {
      if (one.name == channel) return one.instant_ms;
    }
    return newer.instant_ms;
  }

  // Takes out of the channel that was added last, from `first` on, what is too new.
  absl::Status HoldToTime(size_t first) {
    const ExcludeNewer& newer = request_.exclude_newer;
    if (newer.instant_ms == 0 && newer.packages.empty() && newer.channels.empty()) {
      return absl::OkStatus();
    }
    const ChannelRecords& records = out_.channels_.back();
    std::optional<metadata::PackageFiles> files;
    if (records.facts->has_files()) {
      absl::StatusOr<metadata::PackageFiles> read =
          records.facts->ReadFiles(metadata::FileDetail::kNames);
      if (!read.ok()) return read.status();
      files = *std::move(read);
    }
    const auto is_out = [&](const Candidate& candidate) {
      const uint64_t limit = LimitOf(records.channel[candidate.record]);
      if (limit == 0) return false;
      std::optional<uint64_t> time;
      if (files && !files->of(candidate.record).empty()) {
        time = MillisecondsOf(files->of(candidate.record).front().uploaded);
      }
      if (time ? *time < limit : newer.admit_unknown) return false;
      LeaveOut(time ? NotAdmittedKind::kTooNew : NotAdmittedKind::kNoTime, records,
               candidate.record);
      return true;
    };
    const auto begin = out_.admitted_.begin() + static_cast<std::ptrdiff_t>(first);
    out_.admitted_.erase(std::remove_if(begin, out_.admitted_.end(), is_out), out_.admitted_.end());
    return absl::OkStatus();
  }

  // No policy leaves out what is there.
  absl::Status FindInstalled() {
    if (request_.installed == nullptr) return absl::OkStatus();
    const absl::StatusOr<const PackageFacts*> facts = request_.installed->Find(name_);
    if (!facts.ok()) return facts.status();
    if (*facts == nullptr) return absl::OkStatus();
    const ChannelRecords installed = RecordsOf(ChannelRecords::kInstalled, **facts);
    for (const Candidate& candidate : out_.admitted_) {
      const absl::StatusOr<bool> same =
          IsSameFile(installed, 0, out_.channels_[candidate.channel], candidate.record);
      if (!same.ok()) return same.status();
      if (*same) {
        installed_ = candidate;
        return absl::OkStatus();
      }
    }
    installed_ = {.channel = static_cast<uint32_t>(out_.channels_.size()),
                  .record = 0,
                  .build_number = NumberIn(installed.build_number[0])};
    out_.admitted_.push_back(*installed_);
    out_.channels_.push_back(installed);
    out_.is_known_ = true;
    return absl::OkStatus();
  }

  // A channel may have the file packed in both of conda's ways, and hashes tell such files apart
  // no more.
  static absl::StatusOr<bool> IsSameFile(const ChannelRecords& a, uint32_t record_of_a,
                                         const ChannelRecords& b, uint32_t record_of_b) {
    if (a.facts->version(record_of_a) != b.facts->version(record_of_b) ||
        a.build[record_of_a] != b.build[record_of_b] ||
        a.subdir[record_of_a] != b.subdir[record_of_b]) {
      return false;
    }
    const auto file_of = [](const ChannelRecords& records,
                            uint32_t record) -> absl::StatusOr<metadata::FileRecord> {
      if (!records.facts->has_files()) return metadata::FileRecord();
      const absl::StatusOr<metadata::PackageFiles> files =
          records.facts->ReadFiles({.detail = metadata::FileDetail::kAll, .version = record});
      if (!files.ok()) return files.status();
      const std::span<const metadata::FileRecord> all = files->of(record);
      return all.empty() ? metadata::FileRecord() : all.front();
    };
    const absl::StatusOr<metadata::FileRecord> file_a = file_of(a, record_of_a);
    const absl::StatusOr<metadata::FileRecord> file_b = file_of(b, record_of_b);
    if (!file_a.ok()) return file_a.status();
    if (!file_b.ok()) return file_b.status();
    if (file_a->name.empty() || file_b->name.empty()) return true;
    if (file_a->name != file_b->name) {
      return WithoutPackageExtension(file_a->name) == WithoutPackageExtension(file_b->name);
    }
    const auto may_be = [](const std::string& one, const std::string& other) {
      return one.empty() || other.empty() || one == other;
    };
    return may_be(file_a->sha256, file_b->sha256) && may_be(file_a->md5, file_b->md5);
  }

  // Each channel's records are in order; here they come into one. Of records that are alike in
  // version and build number those of the first channel stand last.
  void Merge() {
    absl::flat_hash_map<std::string_view, Version> versions;
    const auto version_of = [&](const Candidate& candidate) -> const Version& {
      const std::string_view text =
          out_.channels_[candidate.channel].facts->version(candidate.record);
      const auto known = versions.find(text);
      if (known != versions.end()) return known->second;
      return versions.emplace(text, *Version::TryParse(text)).first->second;
    };
    for (const Candidate& candidate : out_.admitted_) static_cast<void>(version_of(candidate));
    std::ranges::stable_sort(out_.admitted_, [&](const Candidate& a, const Candidate& b) {
      const std::strong_ordering by_version = version_of(a) <=> version_of(b);
      if (by_version != 0) return by_version < 0;
      return std::tuple(a.build_number, b.channel) < std::tuple(b.build_number, a.channel);
    });
  }

  void NumberVersions() {
    for (Position position = 0; position < out_.admitted_.size(); ++position) {
      Candidate& candidate = out_.admitted_[position];
      const std::string_view text =
          out_.channels_[candidate.channel].facts->version(candidate.record);
      if (out_.version_texts_.empty() || out_.version_texts_.back() != text) {
        out_.version_texts_.push_back(text);
        out_.version_begins_.push_back(position);
      }
      candidate.version = static_cast<uint32_t>(out_.version_texts_.size()) - 1;
      if (installed_ && candidate.channel == installed_->channel &&
          candidate.record == installed_->record) {
        out_.installed_ = position;
      }
    }
    out_.version_begins_.push_back(static_cast<Position>(out_.admitted_.size()));
    out_.parsed_.resize(out_.version_texts_.size());
  }

  const std::string_view name_;
  const std::span<const metadata::Source* const> sources_;
  const ResolveRequest& request_;
  Candidates& out_;
  std::optional<Candidate> installed_;
};

absl::StatusOr<Candidates> Candidates::Read(std::string_view name,
                                            std::span<const metadata::Source* const> sources,
                                            const ResolveRequest& request) {
  Candidates candidates;
  ACCORD_RETURN_IF_ERROR(Reader(name, sources, request, candidates).Run());
  return candidates;
}

const Version& Candidates::version(uint32_t version) const {
  std::optional<Version>& parsed = parsed_[version];
  // That it is one was seen when the records were put in order.
  if (!parsed) parsed = Version::TryParse(version_texts_[version]);
  return *parsed;
}

bool Candidates::EqualToNext(uint32_t number) const {
  if (Residue(version_texts_[number]) != Residue(version_texts_[number + 1])) return false;
  return version(number) == version(number + 1);
}

std::unique_ptr<const Candidates::Labels> Candidates::MakeLabels() const {
  auto labels = std::make_unique<Labels>();
  bool may_repeat = channels_.size() > 1;
  for (const ChannelRecords& records : channels_) {
    may_repeat = may_repeat || records.subdir.count() > 1 || records.channel.count() > 1;
  }
  size_t bytes = 0;
  for (Position position = 0; position < admitted_.size(); ++position) {
    bytes += version_texts_[admitted_[position].version].size() + 1 + build(position).size();
  }
  labels->text.reserve(bytes);  // so that it stays where it is
  labels->of.reserve(admitted_.size());
  absl::flat_hash_set<std::string_view> taken;
  for (Position position = 0; position < admitted_.size(); ++position) {
    const size_t begin = labels->text.size();
    labels->text += version_texts_[admitted_[position].version];
    if (const std::string_view built = build(position); !built.empty()) {
      labels->text += ' ';
      labels->text += built;
    }
    std::string_view label = std::string_view(labels->text).substr(begin);
    if (may_repeat && !taken.insert(label).second) {
      const std::string_view channel = channel_of(position).channel[admitted_[position].record];
      label = labels->repeated.emplace_back(Cat(label, " (", channel, "/", subdir(position), ")"));
    }
    labels->of.push_back(label);
  }
  return labels;
}

}  // namespace accord::conda
