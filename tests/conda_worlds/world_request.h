// The request of a conda world as JSON: keys are the fields of ecosystem/conda/request.h, words are
// those of the command line, specifiers texts, instants RFC 3339, `installed` the files of a
// conda-meta: {"records": [{"path", "text"}], "history": text}.
#pragma once

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "ecosystem/conda/request.h"

namespace accord::conda_worlds {

// All keys may be absent but `specs`. A value of a wrong kind or an unknown word throws what
// nlohmann or std::map::at throws: the worlds are made by our own generator. Errors: as
// conda::Installed::Read.
[[nodiscard]] absl::StatusOr<conda::ResolveRequest> ReadRequest(const nlohmann::json& json);

}  // namespace accord::conda_worlds
