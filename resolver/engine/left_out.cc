#include "engine/left_out.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/notation.h"
#include "ecosystem/pypi/version.h"

namespace accord::engine {

std::vector<LeftOut> LeftOutOf(const pypi::ResolveRequest& request,
                               const pypi::UniverseBuilder& builder, PackageId package,
                               std::string_view of,
                               absl::FunctionRef<bool(std::string_view version)> is_meant) {
  const std::vector<pypi::NotAdmitted> not_admitted = builder.not_admitted(package);
  std::map<pypi::NotAdmittedKind, std::pair<uint32_t, const pypi::NotAdmitted*>> by_kind;
  for (const pypi::NotAdmitted& version : not_admitted) {
    if (!is_meant(version.version)) continue;
    auto& [count, newest] = by_kind[version.kind];
    ++count;
    newest = &version;
  }
  std::vector<LeftOut> all;
  for (const auto& [kind, versions] : by_kind) {
    const auto& [count, newest] = versions;
    all.push_back({.filter = std::string(pypi::Word(kind)),
                   .count = count,
                   .example = Cat(newest->version, " ", pypi::Describe(kind)),
                   .sentence = pypi::LeftOutSentence(request, of, count, *newest)});
  }
  return all;
}

std::vector<LeftOut> NewerLeftOut(const pypi::ResolveRequest& request,
                                  const pypi::UniverseBuilder& builder, SolvableId than) {
  const Universe& universe = builder.universe();
  const Solvable& candidate = universe.solvable(than);
  const std::string_view text = universe.Text(candidate.version);
  const std::optional<pypi::Version> chosen = pypi::Version::TryParse(text);
  if (!chosen) return {};
  const auto is_newer = [&](std::string_view version) {
    const std::optional<pypi::Version> parsed = pypi::Version::TryParse(version);
    return parsed && *chosen < *parsed;
  };
  return LeftOutOf(request, builder, candidate.package,
                   Cat(universe.name(candidate.package), ">", text), is_newer);
}

}  // namespace accord::engine
