#include "engine/check_answer.h"

#include <string>
#include <vector>

#include "check/pypi_check.h"

namespace accord::engine {
namespace {

std::vector<std::string> TextsOf(const std::vector<pypi::PlacedText>& placed) {
  std::vector<std::string> texts;
  texts.reserve(placed.size());
  for (const pypi::PlacedText& one : placed) texts.push_back(one.text);
  return texts;
}

}  // namespace

absl::StatusOr<CheckReport> CheckAnswer(const pypi::ResolveRequest& request,
                                        std::span<const metadata::Source* const> sources,
                                        const std::vector<ChosenPackage>& solution) {
  const std::vector<std::string> requirements = TextsOf(request.requirements);
  const std::vector<std::string> constraints = TextsOf(request.constraints);
  const std::vector<std::string> locked = TextsOf(request.locked);
  const std::vector<std::string> excluded = TextsOf(request.excluded);
  const check::PypiQuestion question{.requirements = requirements,
                                     .constraints = constraints,
                                     .locked = locked,
                                     .excluded = excluded,
                                     .environment = &request.environment,
                                     .sources = {sources.data(), sources.size()}};
  std::vector<check::PypiPin> pins;
  pins.reserve(solution.size());
  for (const ChosenPackage& chosen : solution) {
    pins.push_back({.name = chosen.name, .version = chosen.version, .extras = chosen.extras});
  }
  absl::StatusOr<check::CheckReport> checked = check::CheckPypi(question, pins);
  if (!checked.ok()) return checked.status();
  // The check knows the default pre-release policy alone.
  const bool prereleases_checked =
      request.prereleases == pypi::PrereleasePolicy::kIfNecessaryOrExplicit;
  CheckReport report{.ran = true, .cost = checked->cost};
  for (const check::Violation& violation : checked->violations) {
    if (violation.kind == check::ViolationKind::kPrerelease && !prereleases_checked) continue;
    report.violations.push_back(check::Sentence(violation));
  }
  return report;
}

}  // namespace accord::engine
