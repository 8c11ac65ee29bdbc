// A request that goes on as facts come, whatever its ecosystem.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "engine/solve.h"
#include "protocol/asked.h"
#include "wire/answer_json.h"

namespace accord::protocol {

// Not thread-safe.
class OpenRequest {
 public:
  OpenRequest() = default;
  OpenRequest(const OpenRequest&) = delete;
  OpenRequest& operator=(const OpenRequest&) = delete;
  virtual ~OpenRequest() = default;

  // The solve that it has, over what is known in `state`; another one, asked in that manner, where
  // it has none or what that one read is not so any more. It lives until it is asked for again.
  [[nodiscard]] virtual engine::Solve& SolveOver(const UniverseState& state,
                                                 const Manner& manner) = 0;
  // For its answer's document, which this outlives.
  [[nodiscard]] virtual wire::AnswerFrame frame() const = 0;
};

// Of a universe that takes facts. Errors: InvalidInput at the JSON Pointer.
[[nodiscard]] absl::StatusOr<std::unique_ptr<OpenRequest>> ReadOpenRequest(const Asked& asked);

}  // namespace accord::protocol
