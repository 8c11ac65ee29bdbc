// resolve in needs and wants mode; resolve/continue, finish, close.
#include <memory>
#include <string>
#include <utility>

#include "base/error.h"
#include "protocol/asked.h"
#include "protocol/solves.h"
#include "protocol/waves.h"
#include "wire/params.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

// One wave of a solve, which keeps its handle as long as it waits.
Reply RunWave(Solves& solves, const std::string& handle, std::unique_ptr<OpenSolve> solve,
              const SharedState& universe, const JsonNode& params, const TaskCall& call) {
  OpenSolve::Result result = solve->Run(universe, params, call);
  if (const auto* const wants = std::get_if<engine::Wants>(&result)) {
    json needs = NeedsJson(handle, solve->revision(), *wants);
    solves.PutBack(handle, std::move(solve));
    return needs;
  }
  solves.Forget(handle);
  if (Fault* const fault = std::get_if<Fault>(&result)) return std::move(*fault);
  return std::get<json>(std::move(result));
}

// Its handle counts from its arrival, like those of all that came before.
Begun BeginNeeds(SessionState& state, const TaskCall& call, const SharedAsked& asked) {
  std::variant<std::string, Fault> opened = state.solves.Open(asked->handle);
  if (Fault* const fault = std::get_if<Fault>(&opened)) return std::move(*fault);
  return Task([&solves = state.solves, asked, call,
               handle = std::get<std::string>(std::move(opened))]() -> Reply {
    std::variant<std::unique_ptr<OpenSolve>, Fault> solve = OpenSolve::Of(asked);
    if (Fault* const fault = std::get_if<Fault>(&solve)) {
      solves.Forget(handle);
      return std::move(*fault);
    }
    return RunWave(solves, handle, std::get<std::unique_ptr<OpenSolve>>(std::move(solve)),
                   asked->universe, asked->params, call);
  });
}

Begun BeginWants(SessionState& state, const TaskCall& call, const SharedAsked& asked) {
  std::variant<Solves::SharedWaiting, Fault> waiting = state.solves.Await(call, asked);
  if (Fault* const fault = std::get_if<Fault>(&waiting)) return std::move(*fault);
  return Task([&solves = state.solves, &outlet = state.outlet,
               waiting = std::get<Solves::SharedWaiting>(std::move(waiting))] {
    solves.GoOn(waiting, outlet);
    return std::nullopt;
  });
}

std::variant<std::string, Fault> HandleOf(const JsonNode& node) {
  absl::Status status;
  std::string handle = wire::Params(&node, "", status).Text("solve");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  return handle;
}

struct Taken {
  std::string handle;
  std::unique_ptr<OpenSolve> solve;
};

std::variant<Taken, Fault> TakeSolve(SessionState& state, const JsonNode& node) {
  std::variant<std::string, Fault> handle = HandleOf(node);
  if (Fault* const fault = std::get_if<Fault>(&handle)) return std::move(*fault);
  auto solve = state.solves.Take(std::get<std::string>(handle));
  if (Fault* const fault = std::get_if<Fault>(&solve)) return std::move(*fault);
  return Taken{.handle = std::get<std::string>(std::move(handle)),
               .solve = std::get<std::unique_ptr<OpenSolve>>(std::move(solve))};
}

// Reads the universe as it is now.
Begun Continue(SessionState& state, const TaskCall& call, JsonNode node) {
  std::variant<Taken, Fault> taken = TakeSolve(state, node);
  if (Fault* const fault = std::get_if<Fault>(&taken)) return std::move(*fault);
  auto [handle, solve] = std::get<Taken>(std::move(taken));
  std::variant<SharedState, Fault> universe = state.universes.Find(solve->universe());
  if (Fault* const fault = std::get_if<Fault>(&universe)) {
    state.solves.Forget(handle);
    return std::move(*fault);
  }
  // A function that can be copied cannot own what cannot.
  const auto owned = std::make_shared<std::unique_ptr<OpenSolve>>(std::move(solve));
  return Task([&solves = state.solves, handle = std::move(handle), owned, call,
               universe = std::get<SharedState>(std::move(universe)),
               params = std::make_shared<const JsonNode>(std::move(node))] {
    return RunWave(solves, handle, std::move(*owned), universe, *params, call);
  });
}

Begun Finish(SessionState& state, const TaskCall&, JsonNode node) {
  std::variant<Taken, Fault> taken = TakeSolve(state, node);
  if (Fault* const fault = std::get_if<Fault>(&taken)) return std::move(*fault);
  auto [handle, solve] = std::get<Taken>(std::move(taken));
  const auto owned = std::make_shared<std::unique_ptr<OpenSolve>>(std::move(solve));
  return Task([&solves = state.solves, handle = std::move(handle), owned] {
    Reply reply = (*owned)->Finish();
    solves.Forget(handle);
    return reply;
  });
}

Reply CloseSolve(SessionState& state, const JsonNode& node) {
  std::variant<Taken, Fault> taken = TakeSolve(state, node);
  if (Fault* const fault = std::get_if<Fault>(&taken)) return std::move(*fault);
  state.solves.Forget(std::get<Taken>(taken).handle);
  return json::object();
}

constexpr Method kWaveMethods[] = {{.name = "resolve/close", .now = CloseSolve},
                                   {.name = "resolve/continue", .begin = Continue},
                                   {.name = "resolve/finish", .begin = Finish}};

}  // namespace

std::span<const Method> WaveMethods() { return kWaveMethods; }

Begun BeginWaves(SessionState& state, const TaskCall& call, JsonNode node,
                 const std::string& mode) {
  const auto refuse = [](std::string detail) -> Begun {
    return Fault{.kind = FaultKind::kInvalidParams, .path = "/mode", .detail = std::move(detail)};
  };
  if (mode != "needs" && mode != "wants") {
    return refuse(Cat("one of closed, needs, wants is wanted, found ", Quoted(mode)));
  }
  std::variant<SharedAsked, Fault> found = AskOf(state, std::move(node));
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  const SharedAsked asked = std::get<SharedAsked>(std::move(found));
  if (asked->universe->ecosystem == "conda" && !asked->universe->sources.empty()) {
    return refuse(Cat("closed is wanted, as all of its channels were loaded, found ", mode));
  }
  return mode == "needs" ? BeginNeeds(state, call, asked) : BeginWants(state, call, asked);
}

}  // namespace accord::protocol
