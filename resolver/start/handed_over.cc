// The parts that accord leaves to accord-full, under the names of their headers: the linker takes
// these instead of the real ones, and with them everything that only those need.
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "engine/inputs.h"
#include "engine/open_installed.h"
#include "engine/record_sources.h"
#include "solver/libsolv/libsolv.h"
#include "start/hand_over.h"

namespace accord {

// oneTBB.
void Executor::ForEachOnThreads(size_t /*count*/,
                                const std::function<void(size_t)>& /*task*/) const {
  start::HandOver();
}

// libsolv.
Outcome Libsolv::Run(const Budget& /*budget*/) { start::HandOver(); }

// simdjson.
absl::StatusOr<engine::OpenedRecords> engine::OpenRecordSource(const std::string& /*path*/,
                                                               const std::string& /*channel*/) {
  start::HandOver();
}
absl::StatusOr<std::unique_ptr<const conda::Installed>> engine::OpenInstalled(
    const std::string& /*prefix*/) {
  start::HandOver();
}

// yaml-cpp.
absl::StatusOr<conda::Input> conda::ReadEnvironment(std::string_view /*text*/,
                                                    std::string_view /*place*/) {
  start::HandOver();
}
absl::StatusOr<conda::Condarc> conda::ReadCondarc(std::string_view /*text*/,
                                                  std::string_view /*place*/) {
  start::HandOver();
}

}  // namespace accord
