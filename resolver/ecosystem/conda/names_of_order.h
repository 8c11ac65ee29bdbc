// Which names the order of a package's candidates looks at (preference.h): those whose records have
// to be there before it can be told. Internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

// Sorted, each once; virtual ones too. All that candidates which are equal otherwise ask for with
// texts that differ: a few more than are looked at where the first of them decide already.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> NamesOfOrder(const Candidates& candidates,
                                                                    const ResolveRequest& request);

}  // namespace accord::conda
