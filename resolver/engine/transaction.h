// What an answer changes in an environment that is there: which records go and come, why, and in
// which order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace accord::engine {

enum class StepKind : uint8_t {
  kInstall,
  kRemove,
  kUpgrade,    // to a newer version
  kDowngrade,  // to an older one
  kChange,     // to another record of the same version
};

// Which record of a package.
struct StepRecord {
  std::string version;
  std::string build;
  std::string channel;
  std::string subdir;
};

struct TransactionStep {
  StepKind kind = StepKind::kInstall;
  std::string name;
  std::optional<StepRecord> from;  // none: nothing of the name was there
  std::optional<StepRecord> to;    // none: nothing of it will be
  std::string reason;              // "app 2 0 needs lib >=2"
};

// Carried out, every `from` is unlinked in unlink_order, then every `to` linked in link_order.
struct Transaction {
  // What is only removed, in unlink_order; then the others in link_order.
  std::vector<TransactionStep> steps;
  std::vector<std::string> unlink_order;  // names; who needs a package before it
  std::vector<std::string> link_order;    // names; what a package needs before it
};

}  // namespace accord::engine
