// A transaction's part of an answer's document.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/transaction.h"

namespace accord::wire {

// transaction[{action: install | remove | upgrade | downgrade | change, package,
//   from{version, build, channel, subdir}, to{...}, reason}], unlinkOrder[], linkOrder[]
void AddTransaction(const engine::Transaction& transaction, nlohmann::json& document);

}  // namespace accord::wire
