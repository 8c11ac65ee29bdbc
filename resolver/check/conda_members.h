// What an answer puts into an environment: its pins with the records behind them, and the request's
// virtual packages. Internal to this folder.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "base/interner.h"
#include "check/conda_needs.h"
#include "check/conda_records.h"
#include "check/report.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/request.h"
#include "ecosystem/conda/version.h"

namespace accord::check {

// Stays where it is: `matched` points into it.
struct CondaMember {
  std::string label;
  bool is_virtual = false;
  std::optional<conda::Version> version;  // none: a pin that means no record, and cannot be read
  std::vector<std::string_view> track_features;
  std::vector<std::string_view> features;
  std::vector<std::string_view> flags;
  conda::MatchedRecord matched;  // without what stands in a file's facts, until it is asked for
  std::optional<CondaRecord> record;  // none: virtual, or a pin that means none
  bool has_file = false;              // `matched` has that too
  bool is_installed = false;          // the record is the one that the environment has
  std::vector<CondaNeed> needs;
  std::set<std::string> extras;  // that the walk has met
  bool reached = false;          // by the walk
};

class CondaMembers {
 public:
  // All outlive it.
  CondaMembers(const conda::ResolveRequest& request, CondaRecords& records, CheckReport& report)
      : request_(request), records_(records), report_(report), needs_(request.dialect) {}

  // What may not be chosen at all becomes a violation. Errors: InvalidInput if a virtual package
  // cannot be read; those of CondaRecords::Find.
  [[nodiscard]] absl::Status Read(absl::Span<const CondaPin> pins);

  // By name in lower case; null: the environment has none.
  [[nodiscard]] CondaMember* Named(std::string_view name);
  [[nodiscard]] bool Matches(const conda::MatchSpec& spec, CondaMember& member);
  // Whether the specifier's condition, if any, holds.
  [[nodiscard]] bool Applies(const conda::MatchSpec& spec);

  // Whether facts of files that specifiers ask for could be read: if not, no verdict counts.
  [[nodiscard]] const absl::Status& status() const { return status_; }

  // In the order of the answer.
  [[nodiscard]] const std::vector<CondaMember*>& pins() const { return pins_; }

 private:
  [[nodiscard]] absl::Status AddVirtual(const conda::VirtualPackage& package);
  [[nodiscard]] absl::Status AddPin(const CondaPin& pin);
  void ReadNeeds(CondaMember& member);
  void ReadFile(CondaMember& member);
  void Add(ViolationKind kind, std::string where, std::string wish, std::string fact);

  const conda::ResolveRequest& request_;
  CondaRecords& records_;
  CheckReport& report_;
  CondaNeedReader needs_;
  absl::node_hash_map<std::string, CondaMember, TextHash, TextEqual>
      members_;  // by name in lower case
  std::vector<CondaMember*> pins_;
  absl::Status status_;
};

}  // namespace accord::check
