#include "check/conda_records.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.h"
#include "check/instant.h"
#include "ecosystem/conda/installed.h"
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

std::string_view StemOf(std::string_view file) {
  for (const std::string_view end : {".conda", ".tar.bz2"}) {
    if (file.ends_with(end)) return file.substr(0, file.size() - end.size());
  }
  return file;
}

bool MayBeOne(const metadata::FileRecord& a, const metadata::FileRecord& b) {
  const auto agree = [](const std::string& one, const std::string& other) {
    return one.empty() || other.empty() || one == other;
  };
  if (a.name != b.name) return StemOf(a.name) == StemOf(b.name);
  return agree(a.sha256, b.sha256) && agree(a.md5, b.md5);
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
  std::optional<CondaRecord> as_installed;  // the first that may be chosen for what is installed
  bool is_hidden = false;                   // by an earlier channel
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
      const absl::StatusOr<bool> is_installed = IsInstalled(record);
      if (!is_installed.ok()) return is_installed.status();
      if (!*is_meant && (!*is_installed || as_installed)) continue;
      absl::StatusOr<std::optional<Violation>> fault = FaultOf(record, is_hidden);
      if (!fault.ok()) return fault.status();
      if (*is_installed && !*fault && !as_installed) as_installed.emplace(record);
      if (*is_meant) meant.push_back({record, *std::move(fault)});
    }
    is_hidden =
        is_hidden || (has_name && request_.channel_priority == conda::ChannelPriority::kStrict);
    if (is_hidden && !meant.empty()) break;
  }
  ACCORD_RETURN_IF_ERROR(AddInstalled(pin, name, as_installed, meant));
  return meant;
}

absl::Status CondaRecords::AddInstalled(const CondaPin& pin, const std::string& name,
                                        const std::optional<CondaRecord>& as_installed,
                                        std::vector<Meant>& meant) {
  const absl::StatusOr<std::optional<CondaRecord>> installed = InstalledOf(name);
  if (!installed.ok()) return installed.status();
  if (!*installed) return absl::OkStatus();
  const absl::StatusOr<bool> is_meant = IsMeant(pin, **installed);
  if (!is_meant.ok()) return is_meant.status();
  bool is_there = !*is_meant;
  for (const Meant& one : meant) {
    const absl::StatusOr<bool> same = IsInstalled(one.record);
    if (!same.ok()) return same.status();
    is_there = is_there || (*same && !one.fault);
  }
  if (!is_there) meant.push_back({as_installed ? *as_installed : **installed, std::nullopt});
  return absl::OkStatus();
}

absl::StatusOr<std::optional<CondaRecord>> CondaRecords::InstalledOf(std::string_view name) const {
  if (request_.installed == nullptr) return std::nullopt;
  const absl::StatusOr<const metadata::PackageFacts*> facts = request_.installed->Find(name);
  if (!facts.ok()) return facts.status();
  if (*facts == nullptr) return std::nullopt;
  return CondaRecord(**facts, 0);
}

absl::StatusOr<bool> CondaRecords::IsInstalled(const CondaRecord& record) {
  const absl::StatusOr<std::optional<CondaRecord>> found = InstalledOf(record.facts().name());
  if (!found.ok()) return found.status();
  if (!*found) return false;
  const CondaRecord& installed = **found;
  if (&installed.facts() == &record.facts()) return true;
  if (installed.version() != record.version()) return false;
  for (const std::string_view key : {"build", "subdir"}) {
    if (installed.Attribute(key) != record.Attribute(key)) return false;
  }
  const auto a = FileOf(installed, metadata::FileDetail::kAll);
  const auto b = FileOf(record, metadata::FileDetail::kAll);
  if (!a.ok()) return a.status();
  if (!b.ok()) return b.status();
  return *a == nullptr || *b == nullptr || MayBeOne(**a, **b);
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
  const bool says_hash = !pin.sha256.empty() || !pin.md5.empty();
  if (pin.fn.empty() && !says_hash) return true;
  const absl::StatusOr<const metadata::FileRecord*> file =
      FileOf(record, says_hash ? metadata::FileDetail::kAll : metadata::FileDetail::kNames);
  if (!file.ok()) return file.status();
  if (*file == nullptr) return pin.fn.empty();
  return says(pin.fn, (*file)->name) &&
         ((*file)->sha256.empty() || says(pin.sha256, (*file)->sha256)) &&
         ((*file)->md5.empty() || says(pin.md5, (*file)->md5));
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
