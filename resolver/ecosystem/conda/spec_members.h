// Which of a package's candidates a specifier admits. What it says of versions is found by
// bisection, and only candidates of those versions are looked at for the rest of it.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/match_spec.h"
#include "model/positions.h"

namespace accord::conda {

// What a specifier asks of the records of its name. Nearly all ask for version and build alone:
// kept without what the others may ask for, they are a tenth of a MatchSpec.
class AskedOfRecords {
 public:
  explicit AskedOfRecords(MatchSpec&& spec);
  // Null: any version.
  AskedOfRecords(std::shared_ptr<const VersionSpec> version, std::optional<TextMatch> build)
      : version_(std::move(version)), build_(std::move(build)) {}

  [[nodiscard]] const VersionSpec* version() const { return version_.get(); }
  [[nodiscard]] const std::optional<TextMatch>& build() const { return build_; }
  // All of it; null if it asks for no more than version and build.
  [[nodiscard]] const MatchSpec* whole() const { return whole_.get(); }
  // As MatchSpec::Matches; the record has the specifier's name.
  [[nodiscard]] bool Matches(const MatchedRecord& record) const;

 private:
  std::shared_ptr<const VersionSpec> version_;
  std::optional<TextMatch> build_;
  std::unique_ptr<const MatchSpec> whole_;
};

// Equal to asking `Matches` of each record. The specifier's name is that of the candidates. Errors:
// Missing for damaged files, which are read where the specifier asks for a hash, an address, a
// file's name or a time.
[[nodiscard]] absl::StatusOr<std::vector<PositionRange>> MembersOf(const AskedOfRecords& asked,
                                                                   const Candidates& candidates);

}  // namespace accord::conda
