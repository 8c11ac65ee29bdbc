#include "engine/check_answer.h"

#include "check/violation.h"

namespace accord::engine {

absl::StatusOr<CheckReport> Reported(const absl::StatusOr<check::CheckReport>& checked) {
  if (!checked.ok()) return checked.status();
  CheckReport report{.ran = true, .cost = checked->cost};
  for (const check::Violation& violation : checked->violations) {
    report.violations.push_back(check::Sentence(violation));
  }
  return report;
}

}  // namespace accord::engine
