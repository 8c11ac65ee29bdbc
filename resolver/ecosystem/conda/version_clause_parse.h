// One clause of a version specifier, from text. Used by version_spec.cc alone.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/version_spec.h"

namespace accord::conda {

class VersionClauseParser {
 public:
  // `text` has no blanks at its ends, and none of ( ) | , but in a regular expression. Errors say
  // what is wrong, and not where: InvalidInput and LimitReached as of VersionSpec::Parse.
  [[nodiscard]] static absl::StatusOr<VersionClause> Parse(std::string_view text, Dialect dialect);

 private:
  VersionClauseParser(std::string_view text, Dialect dialect);

  absl::StatusOr<VersionClause> Run();
  absl::StatusOr<VersionClause> Pattern(std::string_view pattern);
  absl::StatusOr<VersionClause> EqualOrNot();
  absl::StatusOr<VersionClause> Ordered();
  absl::StatusOr<VersionClause> Named(VersionOperator op, std::string_view version, Stars stars);
  [[nodiscard]] bool IsPattern() const;

  std::string_view operator_;
  std::string_view literal_;
  Dialect dialect_;
};

}  // namespace accord::conda
