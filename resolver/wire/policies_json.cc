#include "wire/policies_json.h"

#include <set>
#include <string>

#include "base/error.h"
#include "engine/policies.h"

namespace accord::wire {
namespace {

using nlohmann::json;

json OrNull(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json Names(bool all, const std::vector<std::string>& names) {
  std::set<std::string> sorted;
  if (all) sorted.insert(":all:");
  for (const std::string& name : names) sorted.insert(pypi::NormalizeName(name));
  return sorted;
}

json PrereleasesOf(const pypi::ResolveRequest& request) {
  json of = json::object();
  for (const struct pypi::PrereleasesOf& one : request.prereleases_of) {
    of[pypi::NormalizeName(one.name)] = pypi::WordOf(pypi::kPrereleaseWords, one.policy);
  }
  return of;
}

json ExcludeNewerOf(const pypi::ExcludeNewer& newer) {
  json of = json::object();
  for (const pypi::ExcludeNewer::Of& one : newer.names) {
    of[pypi::NormalizeName(one.name)] = OrNull(one.instant);
  }
  return of;
}

json Overrides(const pypi::ResolveRequest& request) {
  json overrides = json::array();
  for (const pypi::Override& one : request.overrides) {
    overrides.push_back(
        {{"requirement", one.requirement.text}, {"dependant", OrNull(one.dependant)}});
  }
  return overrides;
}

json NamesWithHashes(const pypi::ResolveRequest& request) {
  std::vector<std::string> names;
  for (const pypi::AllowedHashes& one : request.allowed_hashes) names.push_back(one.name);
  return Names(false, names);
}

}  // namespace

json PoliciesJson(const pypi::ResolveRequest& request) {
  const pypi::BinaryPolicy& binaries = request.binaries;
  return {
      {"resolution", pypi::WordOf(pypi::kResolutionWords, request.resolution)},
      {"order", pypi::WordOf(pypi::kOrderWords, request.order)},
      {"prereleases", pypi::WordOf(pypi::kPrereleaseWords, request.prereleases)},
      {"prereleasesOf", PrereleasesOf(request)},
      {"excludeNewer", OrNull(request.exclude_newer.instant)},
      {"excludeNewerOf", ExcludeNewerOf(request.exclude_newer)},
      {"missingUploadTime",
       pypi::WordOf(pypi::kMissingUploadTimeWords, request.exclude_newer.admit_unknown)},
      {"onlyBinary", Names(binaries.only_binary, binaries.only_binary_names)},
      {"noBinary", Names(binaries.no_binary, binaries.no_binary_names)},
      {"preferBinary", binaries.prefer_binary},
      {"allowedHashesOf", NamesWithHashes(request)},
      {"requireHashes", request.require_hashes},
      {"indexPolicy", pypi::WordOf(pypi::kIndexWords, request.indexes)},
      {"overrides", Overrides(request)},
      {"noDeps", request.no_deps},
      {"pythonBounds", pypi::WordOf(pypi::kPythonBoundsWords, request.python_bounds)},
      {"absent", pypi::WordOf(pypi::kAbsentWords, request.absent)},
  };
}

}  // namespace accord::wire
