// What the request says of the URLs it asks for, as facts like any other: one package whose
// versions are its URLs. Accord fetches nothing here: the metadata comes with the request.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"
#include "metadata/compiled_record.h"

namespace accord::pypi {

// A name that the request asks for by URL.
class DirectPackage {
 public:
  // Versions as the metadata spells them; one URL a version of the record.
  DirectPackage(const metadata::PackageRecord& record, std::vector<std::string> urls);

  [[nodiscard]] const metadata::PackageFacts& facts() const { return compiled_.facts(); }
  // Of a version of the facts.
  [[nodiscard]] const std::string& UrlOf(uint32_t version) const {
    return urls_[compiled_.version_order()[version]];
  }
  [[nodiscard]] bool Has(std::string_view url) const;

 private:
  const metadata::CompiledRecord compiled_;
  const std::vector<std::string> urls_;
};

// The package of `name` (normal) at these URLs, sorted and without repetition. Errors: InvalidInput
// if one has no metadata in the request, or its metadata cannot be read or is another package's;
// `place` is where the URL is asked for.
[[nodiscard]] absl::StatusOr<std::unique_ptr<const DirectPackage>> ReadDirectPackage(
    const ResolveRequest& request, const std::string& name, const std::vector<std::string>& urls,
    const std::string& place);

}  // namespace accord::pypi
