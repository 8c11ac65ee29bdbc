#include "check/conda_records.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "check/instant.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/version.h"

namespace accord::check {
namespace {

bool IsMeant(const CondaPin& pin, const CondaRecord& record) {
  const auto says = [](const std::string& told, std::string_view fact) {
    return told.empty() || told == fact;
  };
  return pin.version == record.version() && pin.build == record.Attribute("build") &&
         says(pin.channel, record.Attribute("channel")) &&
         says(pin.subdir, record.Attribute("subdir")) && says(pin.fn, record.fn());
}

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

std::string_view CondaRecord::Attribute(std::string_view key) const {
  for (const auto& [name, value] : version_->attributes) {
    if (name == key) return value;
  }
  return {};
}

const metadata::FileRecord* CondaRecord::file() const {
  return version_->files.empty() ? nullptr : &version_->files.front();
}

std::string_view CondaRecord::fn() const {
  return file() != nullptr ? std::string_view(file()->name) : std::string_view();
}

std::optional<uint64_t> CondaRecord::time_ms() const {
  if (file() == nullptr) return std::nullopt;
  const std::optional<Instant> instant = Instant::TryParse(file()->uploaded);
  return instant ? instant->Milliseconds() : std::nullopt;
}

const metadata::MetadataRecord* CondaRecord::metadata() const {
  return version_->metadata ? &package_->metadata[*version_->metadata] : nullptr;
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
  const bool is_version = conda::Version::TryParse(pin.version).has_value();
  std::vector<Meant> meant;
  bool is_hidden = false;  // by an earlier channel
  for (const CondaRecordsOf& records_of : channels_) {
    absl::StatusOr<metadata::PackageRecord> found = records_of(name);
    if (!found.ok()) return found.status();
    const metadata::PackageRecord& package = packages_.emplace_back(*std::move(found));
    bool has_name = false;
    for (const metadata::VersionRecord& version : package.versions) {
      const CondaRecord record(package, version);
      // Reads the versions of few: it is enough to see one that the channel has.
      has_name = has_name || (Admits(record) && conda::Version::TryParse(record.version()));
      if (is_version && IsMeant(pin, record)) {
        meant.push_back({record, FaultOf(record, name, is_hidden)});
      }
    }
    is_hidden =
        is_hidden || (has_name && request_.channel_priority == conda::ChannelPriority::kStrict);
    if (is_hidden && !meant.empty()) break;
  }
  return meant;
}

bool CondaRecords::Admits(const CondaRecord& record) const {
  return request_.subdirs.empty() ||
         std::ranges::find(request_.subdirs, record.Attribute("subdir")) != request_.subdirs.end();
}

std::optional<Violation> CondaRecords::FaultOf(const CondaRecord& record, std::string_view name,
                                               bool is_hidden) const {
  const std::string where = WhereIs(record);
  if (!Admits(record)) {
    return Violation{.kind = ViolationKind::kSubdir,
                     .wish = "a record for a subdir of the request",
                     .fact = Cat("it is of ", where)};
  }
  if (is_hidden) {
    return Violation{.kind = ViolationKind::kIndex,
                     .wish = "a record of the first channel that has the name",
                     .fact = Cat("it is of ", where)};
  }
  const uint64_t newest = NewestOf(request_.exclude_newer, name, record.Attribute("channel"));
  const std::optional<uint64_t> time = record.time_ms();
  if (newest != 0 && (time ? *time >= newest : !request_.exclude_newer.admit_unknown)) {
    return Violation{.kind = ViolationKind::kNewer,
                     .wish = "a record that is old enough",
                     .fact = time ? Cat("it is of ", record.file()->uploaded)
                                  : std::string("nobody knows how old it is")};
  }
  return std::nullopt;
}

}  // namespace accord::check
