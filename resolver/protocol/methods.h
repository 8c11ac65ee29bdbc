// The methods of the protocol, each as a function of its parameters (docs/protocol.md). Those that
// are done at once change the state's state in the order in which they arrive; those that take
// long say at their arrival what they read, and then run on another thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "base/budget.h"
#include "model/strict_json.h"
#include "protocol/fault.h"
#include "protocol/limits.h"
#include "protocol/outlet.h"
#include "protocol/progress.h"
#include "protocol/roots.h"
#include "protocol/universes.h"

namespace accord::protocol {

// Who asks the time: seconds since 1970, for ages.
using UnixClock = int64_t (*)();

class Solves;

// What methods read and change. The reader's thread alone has it, but for `solves` and `outlet`.
struct SessionState {
  Limits limits;
  UnixClock now_unix_s;
  Roots roots;
  Universes universes;
  Solves& solves;
  Outlet& outlet;
  // What a method changed: who waits for it is woken once the method is answered.
  struct Update {
    std::string universe;
    SharedState state;
  };
  std::optional<Update> update = {};
};

// A call that a task answers.
struct TaskCall {
  CallId id;
  std::shared_ptr<CancelFlag> cancel;  // what `$/cancelRequest` sets
  std::shared_ptr<Progress> progress;  // null: nobody wants to hear of it
};
// Runs on any thread, once, even if the call was cancelled by then. None: the outlet will get the
// answer.
using Task = std::function<std::optional<Reply>()>;
// What a method that takes long has read at its arrival.
using Begun = std::variant<Task, Fault>;

struct Method {
  std::string_view name;
  Reply (*now)(SessionState&, const JsonNode& params) = nullptr;  // one of the two
  Begun (*begin)(SessionState&, const TaskCall&, JsonNode params) = nullptr;
};

// version_methods.cc, universe_methods.cc, solve_methods.cc, wave_methods.cc
[[nodiscard]] std::span<const Method> VersionMethods();
[[nodiscard]] std::span<const Method> UniverseMethods();
[[nodiscard]] std::span<const Method> SolveMethods();
[[nodiscard]] std::span<const Method> WaveMethods();

}  // namespace accord::protocol
