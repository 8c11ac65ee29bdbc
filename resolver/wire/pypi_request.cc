#include "wire/pypi_request.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/policies.h"
#include "engine/target.h"
#include "wire/params.h"
#include "wire/request_texts.h"

namespace accord::wire {
namespace {

constexpr std::string_view kAll = ":all:";

void ReadTarget(Params target, pypi::ResolveRequest& request) {
  pypi::TargetOptions options{.python = target.Text("python"),
                              .platform = target.TextOr("platform"),
                              .implementation = target.TextOr("implementation"),
                              .abi = target.TextOr("abi"),
                              .tags = target.Texts("tags")};
  if (!target.status().ok()) return;
  absl::StatusOr<pypi::Target> made = pypi::MakeTarget(options);
  if (!made.ok()) return target.Refuse("/target", Message(made.status()));
  request.environment = std::move(made->environment);
  request.tags = std::move(made->tags);
  request.target = std::move(made->text);
}

void ReadOverrides(Params& params, pypi::ResolveRequest& request) {
  absl::Status status;
  params.ForEach("overrides", [&](const JsonNode& item, const std::string& pointer) {
    Params one(&item, pointer, status);
    const std::string dependant = one.TextOr("dependant");
    request.overrides.push_back(
        {.requirement = {.text = one.Text("requirement"), .place = one.TextOr("place", pointer)},
         .dependant = dependant.empty() ? dependant : pypi::NormalizeName(dependant)});
  });
  params.Refuse(status);
}

void ReadDirect(Params& params, pypi::ResolveRequest& request) {
  absl::Status status;
  params.ForEach("direct", [&](const JsonNode& item, const std::string& pointer) {
    Params one(&item, pointer, status);
    request.direct.push_back(
        {.url = one.Text("url"), .metadata_text = one.Text("metadata"), .place = pointer});
  });
  params.Refuse(status);
}

// The names of a list, and whether ":all:" is among them.
bool TakeBinaries(Params& policies, std::string_view name, std::vector<std::string>& names) {
  bool all = false;
  policies.ForEach(name, [&](const JsonNode& item, const std::string& pointer) {
    std::string word = policies.TextAt(item, pointer);
    if (word == kAll) {
      all = true;
    } else if (pypi::IsValidName(word)) {
      names.push_back(pypi::NormalizeName(word));
    } else {
      policies.Refuse(pointer, Cat("a package or :all: is wanted, found ", Quoted(word)));
    }
  });
  return all;
}

void ReadBinaries(Params& policies, pypi::BinaryPolicy& binaries) {
  binaries.only_binary = TakeBinaries(policies, "onlyBinary", binaries.only_binary_names);
  binaries.no_binary = TakeBinaries(policies, "noBinary", binaries.no_binary_names);
  binaries.prefer_binary = policies.BoolOr("preferBinary", false);
  const bool is_both = std::ranges::any_of(binaries.no_binary_names, [&](const std::string& name) {
    return std::ranges::find(binaries.only_binary_names, name) != binaries.only_binary_names.end();
  });
  if (is_both || (binaries.only_binary && binaries.no_binary)) {
    policies.Refuse(policies.PointerTo("noBinary"),
                    "wheels alone or sdists alone are wanted, onlyBinary names the same");
  }
}

void ReadHashes(Params& policies, pypi::ResolveRequest& request) {
  policies.ForMembers("allowedHashes", [&](const std::string& name, const JsonNode& value,
                                           const std::string& pointer) {
    pypi::AllowedHashes allowed{.name = name, .hashes = {}, .place = pointer};
    if (value.kind != JsonNode::Kind::kArray) policies.Refuse(pointer, "a list is wanted");
    for (const JsonNode& hash : value.items) {
      allowed.hashes.push_back(policies.TextAt(hash, pointer));
    }
    request.allowed_hashes.push_back(std::move(allowed));
  });
  request.require_hashes = policies.BoolOr("requireHashes", false);
}

void ReadPolicies(Params policies, int64_t now_unix_s, pypi::ResolveRequest& request) {
  policies.Word("resolution", pypi::kResolutionWords, request.resolution);
  policies.Word("order", pypi::kOrderWords, request.order);
  policies.Word("prereleases", pypi::kPrereleaseWords, request.prereleases);
  policies.ForMembers("prereleasesOf", [&](const std::string& name, const JsonNode& value,
                                           const std::string& pointer) {
    pypi::PrereleasesOf of{.name = name};
    policies.ChooseAt(pointer, policies.TextAt(value, pointer), pypi::kPrereleaseWords, of.policy);
    request.prereleases_of.push_back(std::move(of));
  });
  request.exclude_newer.instant = InstantIn(policies, "excludeNewer", now_unix_s);
  for (InstantOfName& one : InstantsIn(policies, "excludeNewerOf", now_unix_s)) {
    request.exclude_newer.names.push_back(
        {.name = std::move(one.name), .instant = std::move(one.instant)});
  }
  policies.Word("missingUploadTime", pypi::kMissingUploadTimeWords,
                request.exclude_newer.admit_unknown);
  ReadBinaries(policies, request.binaries);
  ReadHashes(policies, request);
  policies.Word("indexPolicy", pypi::kIndexWords, request.indexes);
  policies.Word("pythonBounds", pypi::kPythonBoundsWords, request.python_bounds);
  policies.Word("absent", pypi::kAbsentWords, request.absent);
  request.no_deps = policies.BoolOr("noDeps", false);
}

}  // namespace

absl::StatusOr<pypi::ResolveRequest> ReadPypiRequest(const JsonNode& node, int64_t now_unix_s) {
  absl::Status status;
  Params params(&node, "", status);
  pypi::ResolveRequest request{.requirements = PlacedTexts(params, "requirements"),
                               .constraints = PlacedTexts(params, "constraints"),
                               .locked = PlacedTexts(params, "locked"),
                               .favored = PlacedTexts(params, "favored"),
                               .excluded = PlacedTexts(params, "excluded")};
  ReadOverrides(params, request);
  ReadDirect(params, request);
  ReadTarget(params.Object("target"), request);
  ReadPolicies(params.Object("policies"), now_unix_s, request);
  if (!status.ok()) return status;
  return request;
}

}  // namespace accord::wire
