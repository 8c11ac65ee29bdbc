// What the request says of the URLs it asks for, as a record like any other: one package whose
// versions are its URLs. Accord fetches nothing here: the metadata comes with the request.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"
#include "metadata/record.h"

namespace accord::pypi {

// A name that the request asks for by URL.
struct DirectPackage {
  metadata::PackageRecord record;  // versions as the metadata spells them, sorted by URL
  std::vector<std::string> urls;   // one per version
};

// The package of `name` (normal) at these URLs, sorted and without repetition. Errors: InvalidInput
// if one has no metadata in the request, or its metadata cannot be read or is another package's;
// `place` is where the URL is asked for.
[[nodiscard]] absl::StatusOr<DirectPackage> ReadDirectPackage(const ResolveRequest& request,
                                                              const std::string& name,
                                                              const std::vector<std::string>& urls,
                                                              const std::string& place);

}  // namespace accord::pypi
