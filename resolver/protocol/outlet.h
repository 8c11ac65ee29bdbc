// What a method that takes long may do beside returning its answer. Implemented by the session; all
// of it may be called from any thread, and nothing waits.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "protocol/fault.h"
#include "protocol/message.h"

namespace accord::protocol {

class Outlet {
 public:
  Outlet() = default;
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;
  virtual ~Outlet() = default;

  // The one answer to a call that returned none.
  virtual void Answer(const CallId& id, const Reply& reply) = 0;
  virtual void Notify(std::string_view method, const nlohmann::json& params) = 0;
  virtual void Post(std::function<void()> task) = 0;
};

}  // namespace accord::protocol
