// Records of conda packages as the check reads them, and the one record that a pin means. All that
// the check knows of how facts hold a record is here.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "check/report.h"
#include "ecosystem/conda/request.h"
#include "metadata/record.h"

namespace accord::check {

// What an answer says of a package, as its record spells it.
struct CondaPin {
  std::string name;
  std::string version;
  std::string build;
  // Empty: the answer does not say.
  std::string channel;
  std::string subdir;
  std::string fn;

  [[nodiscard]] std::string Label() const;  // "name version build"
};

// The records that a channel has of a name; no versions if it has none.
using CondaRecordsOf = std::function<absl::StatusOr<metadata::PackageRecord>(std::string_view)>;

// One record. Lives as long as the CondaRecords that it is from; so do the texts.
class CondaRecord {
 public:
  CondaRecord(const metadata::PackageRecord& package, const metadata::VersionRecord& version)
      : package_(&package), version_(&version) {}

  [[nodiscard]] std::string_view version() const { return version_->version; }
  // "build", "channel", ...; empty if the record does not say.
  [[nodiscard]] std::string_view Attribute(std::string_view key) const;
  // Null: nothing is known of it.
  [[nodiscard]] const metadata::FileRecord* file() const;
  [[nodiscard]] std::string_view fn() const;
  // Milliseconds since 1970; none: not known.
  [[nodiscard]] std::optional<uint64_t> time_ms() const;
  // Null: what it needs is not known.
  [[nodiscard]] const metadata::MetadataRecord* metadata() const;
  [[nodiscard]] std::string_view unknown_because() const { return version_->unknown_because; }

 private:
  const metadata::PackageRecord* package_;
  const metadata::VersionRecord* version_;
};

class CondaRecords {
 public:
  // All outlive it.
  CondaRecords(const conda::ResolveRequest& request, absl::Span<const CondaRecordsOf> channels)
      : request_(request), channels_(channels) {}

  // What the pin means. That it means none, several, or one that may not be chosen becomes a
  // violation; of several, the first. `name` is the pin's in lower case. Errors: a channel's.
  [[nodiscard]] absl::StatusOr<std::optional<CondaRecord>> Find(const CondaPin& pin,
                                                                const std::string& name,
                                                                CheckReport& report);

 private:
  // A record that fits a pin.
  struct Meant {
    CondaRecord record;
    std::optional<Violation> fault;  // why it may not be chosen, without its place
  };
  [[nodiscard]] absl::StatusOr<std::vector<Meant>> MeantBy(const CondaPin& pin,
                                                           const std::string& name);
  [[nodiscard]] bool Admits(const CondaRecord& record) const;
  [[nodiscard]] std::optional<Violation> FaultOf(const CondaRecord& record, std::string_view name,
                                                 bool is_hidden) const;

  const conda::ResolveRequest& request_;
  absl::Span<const CondaRecordsOf> channels_;
  std::deque<metadata::PackageRecord> packages_;  // that were asked for; they stay where they are
};

}  // namespace accord::check
