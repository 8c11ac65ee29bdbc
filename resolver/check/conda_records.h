// The records of conda facts, and the one that a pin of an answer means. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "check/conda_check.h"
#include "check/report.h"
#include "ecosystem/conda/request.h"
#include "metadata/facts.h"
#include "metadata/package_files.h"
#include "metadata/record.h"
#include "metadata/source.h"

namespace accord::check {

// One record. A view, cheap to copy; facts outlive it.
class CondaRecord {
 public:
  CondaRecord(const metadata::PackageFacts& facts, uint32_t number)
      : facts_(&facts), number_(number) {}

  [[nodiscard]] const metadata::PackageFacts& facts() const { return *facts_; }
  [[nodiscard]] uint32_t number() const { return number_; }
  [[nodiscard]] std::string_view version() const { return facts_->version(number_); }
  // "build", "channel", ...; empty if the record does not say.
  [[nodiscard]] std::string_view Attribute(std::string_view key) const {
    return facts_->attribute(key)[number_];
  }

 private:
  const metadata::PackageFacts* facts_;
  uint32_t number_;
};

// Milliseconds since 1970; none: nobody knows. The file may be null.
[[nodiscard]] std::optional<uint64_t> TimeOf(const metadata::FileRecord* file);

class CondaRecords {
 public:
  // All outlive it.
  CondaRecords(const conda::ResolveRequest& request,
               absl::Span<const metadata::Source* const> channels)
      : request_(request), channels_(channels) {}

  // What the pin means. That it means none, several, or one that may not be chosen becomes a
  // violation; of several, the first. `name` is the pin's in lower case. Errors: a channel's.
  [[nodiscard]] absl::StatusOr<std::optional<CondaRecord>> Find(const CondaPin& pin,
                                                                const std::string& name,
                                                                CheckReport& report);

  // Whether it is the one of its name that the environment has: also where a channel has the same
  // file, packed in either of conda's ways. Errors: as FileOf.
  [[nodiscard]] absl::StatusOr<bool> IsInstalled(const CondaRecord& record);

  // What is known of the record's file, from here on; null: nothing. Errors: the file's facts are
  // damaged.
  [[nodiscard]] absl::StatusOr<const metadata::FileRecord*> FileOf(const CondaRecord& record,
                                                                   metadata::FileDetail detail);

 private:
  // A record that fits a pin.
  struct Meant {
    CondaRecord record;
    std::optional<Violation> fault;  // why it may not be chosen, without its place
  };
  [[nodiscard]] absl::StatusOr<std::vector<Meant>> MeantBy(const CondaPin& pin,
                                                           const std::string& name);
  // The installed one too, which no rule hides: as a channel has it today, where one does.
  [[nodiscard]] absl::Status AddInstalled(const CondaPin& pin, const std::string& name,
                                          const std::optional<CondaRecord>& as_installed,
                                          std::vector<Meant>& meant);
  [[nodiscard]] absl::StatusOr<std::optional<CondaRecord>> InstalledOf(std::string_view name) const;
  [[nodiscard]] absl::StatusOr<bool> IsMeant(const CondaPin& pin, const CondaRecord& record);
  [[nodiscard]] bool Admits(const CondaRecord& record) const;
  [[nodiscard]] absl::StatusOr<std::optional<Violation>> FaultOf(const CondaRecord& record,
                                                                 bool is_hidden);
  [[nodiscard]] absl::StatusOr<std::optional<Violation>> AgeFaultOf(const CondaRecord& record);

  const conda::ResolveRequest& request_;
  const absl::Span<const metadata::Source* const> channels_;
  // As far as somebody asked.
  absl::node_hash_map<std::pair<const metadata::PackageFacts*, metadata::FileDetail>,
                      metadata::PackageFiles>
      files_;
};

}  // namespace accord::check
