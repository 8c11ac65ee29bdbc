#include "engine/verify.h"

#include <string>

namespace accord::engine {
namespace {

std::vector<std::string> TextsOf(const std::vector<pypi::PlacedText>& placed) {
  std::vector<std::string> texts;
  texts.reserve(placed.size());
  for (const pypi::PlacedText& one : placed) texts.push_back(one.text);
  return texts;
}

}  // namespace

absl::StatusOr<check::CheckReport> Verify(const pypi::ResolveRequest& request,
                                          std::span<const metadata::Source* const> sources,
                                          const std::vector<check::PypiPin>& pins) {
  const std::vector<std::string> requirements = TextsOf(request.requirements);
  const std::vector<std::string> constraints = TextsOf(request.constraints);
  const std::vector<std::string> locked = TextsOf(request.locked);
  const std::vector<std::string> excluded = TextsOf(request.excluded);
  return check::CheckPypi({.requirements = requirements,
                           .constraints = constraints,
                           .locked = locked,
                           .excluded = excluded,
                           .prereleases = request.prereleases,
                           .environment = &request.environment,
                           .sources = {sources.data(), sources.size()}},
                          pins);
}

}  // namespace accord::engine
