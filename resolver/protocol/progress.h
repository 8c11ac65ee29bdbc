// `$/progress` of one request: what its search has done so far, a few times a second, for whom asks
// by a progressToken. Told by the thread that searches, so that nothing comes after the answer.
#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/budget.h"
#include "model/strict_json.h"
#include "protocol/fault.h"
#include "protocol/outlet.h"

namespace accord::protocol {

class Progress final : public SearchObserver {
 public:
  // Of a request that arrives; null: it asks for none. The outlet outlives it. Faults:
  // invalidParams.
  [[nodiscard]] static std::variant<std::shared_ptr<Progress>, Fault> Of(const JsonNode& params,
                                                                         Outlet& outlet);

  void Did(const SearchSteps& more) override;

 private:
  using Clock = std::chrono::steady_clock;

  Progress(nlohmann::json token, Outlet& outlet);

  const nlohmann::json token_;
  Outlet& outlet_;
  SearchSteps done_;  // since the request arrived, in all its runs
  Clock::time_point next_;
};

}  // namespace accord::protocol
