#include "wire/conda_request.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/policies.h"
#include "engine/target.h"
#include "wire/params.h"
#include "wire/request_texts.h"

namespace accord::wire {
namespace {

// Nobody's environment counts: a frontend says what the target is.
const char* NoVariable(const std::string&) { return nullptr; }

void ReadVirtualPackages(Params& target, conda::ResolveRequest& request) {
  if (!target.Has("virtualPackages")) {
    request.virtual_packages = conda::VirtualPackagesOf(request.subdirs.front(), NoVariable);
    return;
  }
  absl::Status status;
  target.ForEach("virtualPackages", [&](const JsonNode& item, const std::string& pointer) {
    Params one(&item, pointer, status);
    request.virtual_packages.push_back({.name = one.Text("name"),
                                        .version = one.TextOr("version", "0"),
                                        .build = one.TextOr("build", "0")});
    const std::string& name = request.virtual_packages.back().name;
    if (!name.starts_with("__")) {
      one.Refuse(one.PointerTo("name"), Cat("__NAME is wanted, found ", Quoted(name)));
    }
  });
  target.Refuse(status);
}

void ReadTarget(Params target, conda::ResolveRequest& request) {
  request.subdirs = target.Texts("subdirs");
  if (request.subdirs.empty()) {
    return target.Refuse(target.PointerTo("subdirs"),
                         "one platform at least is wanted, e.g. 'linux-64', found none");
  }
  ReadVirtualPackages(target, request);
  if (!target.status().ok()) return;
  if (std::ranges::find(request.subdirs, "noarch") == request.subdirs.end()) {
    request.subdirs.emplace_back("noarch");
  }
  request.target = conda::TargetText(request.subdirs, request.virtual_packages);
}

std::vector<conda::ExcludeNewer::Of> LimitsOf(Params& policies, std::string_view name,
                                              int64_t now_unix_s) {
  std::vector<conda::ExcludeNewer::Of> limits;
  for (InstantOfName& one : InstantsIn(policies, name, now_unix_s)) {
    limits.push_back({.name = std::move(one.name),
                      .instant_ms = conda::MillisecondsOf(one.instant).value_or(0)});
  }
  return limits;
}

void ReadPolicies(Params policies, int64_t now_unix_s, conda::ResolveRequest& request) {
  policies.Word("channelPriority", conda::kChannelPriorityWords, request.channel_priority);
  policies.Word("dialect", conda::kDialectWords, request.dialect);
  policies.Word("resolution", kResolutionWords, request.resolution);
  policies.Word("order", kOrderWords, request.order);
  policies.Word("absent", kAbsentWords, request.absent);
  request.no_deps = policies.BoolOr("noDeps", false);
  request.exclude_newer.instant_ms =
      conda::MillisecondsOf(InstantIn(policies, "excludeNewer", now_unix_s)).value_or(0);
  request.exclude_newer.packages = LimitsOf(policies, "excludeNewerOf", now_unix_s);
  request.exclude_newer.channels = LimitsOf(policies, "excludeNewerOfChannels", now_unix_s);
  policies.Word("missingUploadTime", kMissingUploadTimeWords, request.exclude_newer.admit_unknown);
}

}  // namespace

absl::StatusOr<conda::ResolveRequest> ReadCondaRequest(const JsonNode& node, int64_t now_unix_s) {
  absl::Status status;
  Params params(&node, "", status);
  conda::ResolveRequest request{.specs = PlacedTexts(params, "specs"),
                                .constraints = PlacedTexts(params, "constraints"),
                                .locked = PlacedTexts(params, "locked"),
                                .favored = PlacedTexts(params, "favored"),
                                .excluded = PlacedTexts(params, "excluded")};
  ReadTarget(params.Object("target"), request);
  ReadPolicies(params.Object("policies"), now_unix_s, request);
  if (!status.ok()) return status;
  return request;
}

}  // namespace accord::wire
