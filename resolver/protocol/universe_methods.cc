// universe/open, load, update, query, snapshot, fork, close.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "base/sha256.h"
#include "protocol/methods.h"
#include "protocol/solves.h"
#include "wire/params.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

json Handle(const std::string& handle, const UniverseState& universe) {
  return {{"universe", handle}, {"revision", universe.revision}};
}

Reply AddHandle(SessionState& state, SharedState universe, bool takes_changes) {
  std::variant<std::string, Fault> handle = state.universes.Add(universe, takes_changes);
  if (Fault* const fault = std::get_if<Fault>(&handle)) return std::move(*fault);
  return Handle(std::get<std::string>(handle), *universe);
}

Reply Open(SessionState& state, const JsonNode& node) {
  absl::Status status;
  wire::Params params(&node, "", status);
  const std::string ecosystem = params.Text("ecosystem");
  if (status.ok() && ecosystem != "pypi" && ecosystem != "conda" && ecosystem != "plain") {
    params.Refuse("/ecosystem",
                  Cat("one of pypi, conda, plain is wanted, found ", Quoted(ecosystem)));
  }
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  auto universe = std::make_shared<UniverseState>();
  universe->ecosystem = ecosystem;
  absl::StatusOr<Facts> facts = NoFacts(ecosystem, node);
  if (!facts.ok()) return FaultOf(facts.status(), FaultKind::kInvalidParams);
  universe->facts = *std::move(facts);
  return AddHandle(state, std::move(universe), /*takes_changes=*/true);
}

// The file, if it is allowed, has the digest that is said, and is a corpus of the ecosystem.
std::variant<SharedSource, Fault> OpenFile(const SessionState& state, const std::string& path,
                                           const std::string& sha256,
                                           const std::string& ecosystem) {
  std::variant<std::filesystem::path, Fault> allowed = state.roots.Allow(path);
  if (Fault* const fault = std::get_if<Fault>(&allowed)) return std::move(*fault);
  const std::string real = std::get<std::filesystem::path>(allowed).string();
  if (!sha256.empty()) {
    const absl::StatusOr<std::string> found = Sha256OfFile(real);
    if (!found.ok()) return FaultOf(found.status(), FaultKind::kLoadFailed);
    if (*found != sha256) {
      return Fault{.kind = FaultKind::kDigestMismatch,
                   .path = "/sha256",
                   .detail = Cat(Quoted(path), " has ", *found)};
    }
  }
  absl::StatusOr<std::unique_ptr<const metadata::Source>> source =
      engine::OpenCompiled(real, ecosystem);
  if (source.ok()) return SharedSource(*std::move(source));
  Fault fault = FaultOf(source.status(), FaultKind::kLoadFailed);
  fault.kind = FaultKind::kLoadFailed;
  return fault;
}

// Channels have an order, and it is that of loading or that of opening.
std::optional<Fault> WhyNotBoth(const UniverseState& universe, bool loads) {
  const auto* const conda = std::get_if<SharedCondaFacts>(&universe.facts);
  if (conda == nullptr) return std::nullopt;
  if (loads ? (*conda)->package_count() == 0 : universe.sources.empty()) return std::nullopt;
  return Fault{
      .kind = FaultKind::kInvalidParams,
      .path = "/universe",
      .detail = Cat("a universe of conda whose channels were ",
                    loads ? "not put is wanted, these were" : "put is wanted, these were loaded")};
}

Reply Load(SessionState& state, const JsonNode& node) {
  absl::Status status;
  wire::Params params(&node, "", status);
  const std::string handle = params.Text("universe");
  const std::string path = params.Text("path");
  const std::string format = params.TextOr("format", "acx");
  const std::string sha256 = params.TextOr("sha256");
  if (status.ok() && format != "acx") {
    params.Refuse("/format", Cat("acx is wanted, found ", Quoted(format)));
  }
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<SharedState, Fault> found = state.universes.FindToChange(handle);
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  const UniverseState& before = *std::get<SharedState>(found);
  if (before.ecosystem == "plain") {
    return Fault{.kind = FaultKind::kInvalidParams,
                 .path = "/universe",
                 .detail = "a universe of pypi or conda is wanted, this is plain"};
  }
  if (std::optional<Fault> fault = WhyNotBoth(before, /*loads=*/true)) return *std::move(fault);
  std::variant<SharedSource, Fault> source = OpenFile(state, path, sha256, before.ecosystem);
  if (Fault* const fault = std::get_if<Fault>(&source)) return std::move(*fault);
  auto after = std::make_shared<UniverseState>(before);
  after->sources.push_back(std::get<SharedSource>(std::move(source)));
  ++after->revision;
  state.outlet.Log(LogLevel::kInfo, Cat(handle, ": ", Quoted(path), " is loaded"));
  json result = {{"revision", after->revision},
                 {"place", std::string(after->sources.back()->place())}};
  state.update = {.universe = handle, .state = after};
  state.universes.Replace(handle, std::move(after));
  return result;
}

// All of it or nothing; who waits for it goes on.
Reply Update(SessionState& state, const JsonNode& node) {
  absl::Status status;
  wire::Params params(&node, "", status);
  const std::string handle = params.Text("universe");
  const std::optional<uint64_t> if_revision = params.Count("ifRevision");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<SharedState, Fault> found = state.universes.FindToChange(handle);
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  const UniverseState& before = *std::get<SharedState>(found);
  if (std::optional<Fault> fault = WhyNotBoth(before, /*loads=*/false)) return *std::move(fault);
  if (if_revision && *if_revision != before.revision) {
    return Fault{.kind = FaultKind::kRevisionMismatch,
                 .path = "/ifRevision",
                 .detail = Cat("the revision is ", before.revision),
                 .retryable = true,
                 .more = {{"revision", before.revision}}};
  }
  absl::StatusOr<Facts> facts = Updated(before.facts, node, state.limits);
  if (!facts.ok()) return FaultOf(facts.status(), FaultKind::kInvalidParams);
  auto after = std::make_shared<UniverseState>(before);
  after->facts_source = SourceOf(*facts);
  after->facts = *std::move(facts);
  ++after->revision;
  json result = {{"revision", after->revision}};
  state.update = {.universe = handle, .state = after};
  state.universes.Replace(handle, std::move(after));
  return result;
}

Reply Query(SessionState& state, const JsonNode& node) {
  absl::Status status;
  wire::Params params(&node, "", status);
  const std::string handle = params.Text("universe");
  const std::string package = params.Text("package");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<SharedState, Fault> found = state.universes.Find(handle);
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  const UniverseState& universe = *std::get<SharedState>(found);
  return PackageJson(universe.facts, package);
}

Reply Another(SessionState& state, const JsonNode& node, bool takes_changes) {
  absl::Status status;
  const std::string handle = wire::Params(&node, "", status).Text("universe");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<SharedState, Fault> found = state.universes.Find(handle);
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  return AddHandle(state, std::get<SharedState>(std::move(found)), takes_changes);
}

Reply Snapshot(SessionState& state, const JsonNode& params) {
  return Another(state, params, /*takes_changes=*/false);
}

Reply Fork(SessionState& state, const JsonNode& params) {
  return Another(state, params, /*takes_changes=*/true);
}

Reply CloseUniverse(SessionState& state, const JsonNode& node) {
  absl::Status status;
  const std::string handle = wire::Params(&node, "", status).Text("universe");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<SharedState, Fault> found = state.universes.Find(handle);
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  state.universes.Close(handle);
  state.solves.Closed(handle, state.outlet);
  return json::object();
}

constexpr Method kUniverseMethods[] = {{.name = "universe/close", .now = CloseUniverse},
                                       {.name = "universe/fork", .now = Fork},
                                       {.name = "universe/load", .now = Load},
                                       {.name = "universe/open", .now = Open},
                                       {.name = "universe/query", .now = Query},
                                       {.name = "universe/snapshot", .now = Snapshot},
                                       {.name = "universe/update", .now = Update}};

}  // namespace

std::span<const Method> UniverseMethods() { return kUniverseMethods; }

}  // namespace accord::protocol
