// The request of a PyPI world as JSON: keys are the fields of ecosystem/pypi/request.h, words are
// those of the command line.
#pragma once

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"

namespace accord::pypi_worlds {

// All keys may be absent but `environment`, an object of PEP 508's eleven variables.
// Errors: InvalidInput; a value of a wrong kind or an unknown word throws what nlohmann or
// std::map::at throws: the worlds are made by our own generator.
[[nodiscard]] absl::StatusOr<pypi::ResolveRequest> ReadRequest(const nlohmann::json& json);

}  // namespace accord::pypi_worlds
