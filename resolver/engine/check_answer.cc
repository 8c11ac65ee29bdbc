#include "engine/check_answer.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/verify.h"

namespace accord::engine {

absl::StatusOr<CheckReport> CheckAnswer(const pypi::ResolveRequest& request,
                                        std::span<const metadata::Source* const> sources,
                                        const std::vector<ChosenPackage>& solution) {
  std::vector<check::PypiPin> pins;
  pins.reserve(solution.size());
  for (const ChosenPackage& chosen : solution) {
    std::vector<std::string> files;
    for (const ChosenFile& file : chosen.files) {
      if (file.fits) files.push_back(file.name);
    }
    pins.push_back({.name = chosen.name,
                    .version = chosen.version,
                    .extras = chosen.extras,
                    .index = chosen.index,
                    .url = chosen.url,
                    .files = std::move(files)});
  }
  const absl::StatusOr<check::CheckReport> checked = Verify(request, sources, pins);
  if (!checked.ok()) return checked.status();
  CheckReport report{.ran = true, .cost = checked->cost};
  for (const check::Violation& violation : checked->violations) {
    report.violations.push_back(check::Sentence(violation));
  }
  return report;
}

}  // namespace accord::engine
