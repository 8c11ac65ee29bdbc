// What a method that takes long may do beside returning its answer. Implemented by the session; all
// of it may be called from any thread, and nothing waits.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "protocol/fault.h"
#include "protocol/message.h"
#include "protocol/output_queue.h"

namespace accord::protocol {

// As the client wants it at most; what is no answer to anything.
enum class LogLevel : uint8_t { kNone, kWarning, kInfo };

class Outlet {
 public:
  Outlet() = default;
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;
  virtual ~Outlet() = default;

  // The one answer to a call that returned none.
  virtual void Answer(const CallId& id, const Reply& reply) = 0;
  virtual void Notify(OutputKind kind, std::string_view method, const nlohmann::json& params) = 0;
  // For people. May be lost, like progress.
  virtual void Log(LogLevel level, std::string_view message) = 0;
  virtual void Post(std::function<void()> task) = 0;
};

}  // namespace accord::protocol
