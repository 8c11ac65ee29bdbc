#include "check/conda_records.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.h"
#include "check/instant.h"
#include "ecosystem/conda/text.h"

namespace accord::check {
namespace {

// The limit that counts for a record; 0: none.
uint64_t NewestOf(const conda::ExcludeNewer& newer, std::string_view name,
                  std::string_view channel) {
  for (const conda::ExcludeNewer::Of& one : newer.packages) {
    if (conda::EqualIgnoringCase(one.name, name)) return one.instant_ms;
  }
  for (const conda::ExcludeNewer::Of& one : newer.channels) {
    if (one.name == channel) return one.instant_ms;
  }
  return newer.instant_ms;
}

// Where a record stands: "main/noarch".
std::string WhereIs(const CondaRecord& record) {
  return Cat(record.Attribute("channel"), "/", record.Attribute("subdir"));
}

}  // namespace

std::string CondaPin::Label() const {
  return build.empty() ? Cat(name, " ", version) : Cat(name, " ", version, " ", build);
}

absl::StatusOr<std::optional<CondaRecord>> CondaRecords::Find(const CondaPin& pin,
                                                              const std::string& name,
                                                              CheckReport& report) {
  absl::StatusOr<std::vector<Meant>> meant = MeantBy(pin, name);
  if (!meant.ok()) return meant.status();
  const auto may_be_chosen = [](const Meant& one) { return !one.fault; };
  // Those that may be chosen first.
  const auto rest = std::ranges::stable_partition(*meant, may_be_chosen);
  const auto fitting = meant->size() - rest.size();
  if (fitting > 1) {
    report.violations.push_back({.kind = ViolationKind::kAmbiguous,
                                 .where = pin.Label(),
                                 .wish = "one record",
                                 .fact = Cat("it may be of ", WhereIs(meant->at(0).record),
                                             " or of ", WhereIs(meant->at(1).record))});
  }
  if (meant->empty()) {
    report.violations.push_back({.kind = ViolationKind::kNotInSource,
                                 .where = pin.Label(),
                                 .wish = "a record that a channel has",
                                 .fact = Cat(Quoted(name), " has no such record")});
    return std::nullopt;
  }
  Meant& first = meant->front();
  if (first.fault) {
    first.fault->where = pin.Label();
    report.violations.push_back(*std::move(first.fault));
  }
  return first.record;
}

absl::StatusOr<std::vector<CondaRecords::Meant>> CondaRecords::MeantBy(const CondaPin& pin,
                                                                       const std::string& name) {
  std::vector<Meant> meant;
  bool is_hidden = false;  // by an earlier channel
  for (const metadata::Source* channel : channels_) {
    const absl::StatusOr<const metadata::PackageFacts*> facts = channel->Find(name);
    if (!facts.ok()) return facts.status();
    if (*facts == nullptr) continue;
    bool has_name = false;
    // Behind the ordered ones stand those whose versions cannot be read, and repetitions.
    for (uint32_t number = 0; number < (*facts)->ordered_count(); ++number) {
      const CondaRecord record(**facts, number);
      has_name = has_name || Admits(record);
      const absl::StatusOr<bool> is_meant = IsMeant(pin, record);
      if (!is_meant.ok()) return is_meant.status();
      if (!*is_meant) continue;
      absl::StatusOr<std::optional<Violation>> fault = FaultOf(record, is_hidden);
      if (!fault.ok()) return fault.status();
      meant.push_back({record, *std::move(fault)});
    }
    is_hidden =
        is_hidden || (has_name && request_.channel_priority == conda::ChannelPriority::kStrict);
    if (is_hidden && !meant.empty()) break;
  }
  return meant;
}

absl::StatusOr<bool> CondaRecords::IsMeant(const CondaPin& pin, const CondaRecord& record) {
  const auto says = [](const std::string& told, std::string_view fact) {
    return told.empty() || told == fact;
  };
  if (pin.version != record.version() || pin.build != record.Attribute("build") ||
      !says(pin.channel, record.Attribute("channel")) ||
      !says(pin.subdir, record.Attribute("subdir"))) {
    return false;
  }
  if (pin.fn.empty()) return true;
  const absl::StatusOr<const metadata::FileRecord*> file =
      FileOf(record, metadata::FileDetail::kNames);
  if (!file.ok()) return file.status();
  return *file != nullptr && (*file)->name == pin.fn;
}

bool CondaRecords::Admits(const CondaRecord& record) const {
  return request_.subdirs.empty() ||
         std::ranges::find(request_.subdirs, record.Attribute("subdir")) != request_.subdirs.end();
}

absl::StatusOr<std::optional<Violation>> CondaRecords::FaultOf(const CondaRecord& record,
                                                               bool is_hidden) {
  if (!Admits(record)) {
    return Violation{.kind = ViolationKind::kSubdir,
                     .wish = "a record for a subdir of the request",
                     .fact = Cat("it is of ", WhereIs(record))};
  }
  if (is_hidden) {
    return Violation{.kind = ViolationKind::kIndex,
                     .wish = "a record of the first channel that has the name",
                     .fact = Cat("it is of ", WhereIs(record))};
  }
  return AgeFaultOf(record);
}

absl::StatusOr<std::optional<Violation>> CondaRecords::AgeFaultOf(const CondaRecord& record) {
  const uint64_t newest =
      NewestOf(request_.exclude_newer, record.facts().name(), record.Attribute("channel"));
  if (newest == 0) return std::nullopt;
  const absl::StatusOr<const metadata::FileRecord*> file =
      FileOf(record, metadata::FileDetail::kNames);
  if (!file.ok()) return file.status();
  const std::optional<uint64_t> time = TimeOf(*file);
  if (time ? *time < newest : request_.exclude_newer.admit_unknown) return std::nullopt;
  return Violation{.kind = ViolationKind::kNewer,
                   .wish = "a record that is old enough",
                   .fact = time ? Cat("it is of ", (*file)->uploaded)
                                : std::string("nobody knows how old it is")};
}

absl::StatusOr<const metadata::FileRecord*> CondaRecords::FileOf(const CondaRecord& record,
                                                                 metadata::FileDetail detail) {
  const metadata::PackageFacts& facts = record.facts();
  if (!facts.has_files()) return nullptr;
  const auto [entry, is_new] = files_.try_emplace({&facts, detail});
  if (is_new) {
    absl::StatusOr<metadata::PackageFiles> read = facts.ReadFiles(detail);
    if (!read.ok()) return read.status();
    entry->second = *std::move(read);
  }
  const std::span<const metadata::FileRecord> files = entry->second.of(record.number());
  return files.empty() ? nullptr : &files.front();
}

std::optional<uint64_t> TimeOf(const metadata::FileRecord* file) {
  if (file == nullptr) return std::nullopt;
  const std::optional<Instant> instant = Instant::TryParse(file->uploaded);
  return instant ? instant->Milliseconds() : std::nullopt;
}

}  // namespace accord::check
