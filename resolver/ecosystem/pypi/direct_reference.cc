#include "ecosystem/pypi/direct_reference.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/core_metadata.h"
#include "ecosystem/pypi/grammar.h"
#include "ecosystem/pypi/name.h"

namespace accord::pypi {
namespace {

absl::StatusOr<CoreMetadata> MetadataOf(const ResolveRequest& request, const std::string& name,
                                        const std::string& url, const std::string& place) {
  const auto found = std::ranges::find_if(
      request.direct, [&](const DirectReference& reference) { return reference.url == url; });
  if (found == request.direct.end()) {
    return InvalidInput(place, Cat("the metadata of ", Quoted(url), " is wanted beside it (",
                                   "URLs are not fetched), found none"));
  }
  absl::StatusOr<CoreMetadata> metadata = CoreMetadata::Parse(found->metadata_text);
  if (!metadata.ok()) return At(found->place, metadata.status());
  if (NormalizeName(metadata->name) != name) {
    return InvalidInput(found->place, Cat("the metadata of ", Quoted(name), " is wanted for ", url,
                                          ", this is of ", Quoted(metadata->name)));
  }
  if (!Version::TryParse(metadata->version)) {
    return InvalidInput(found->place, Cat("a PEP 440 version is wanted, the metadata has ",
                                          Quoted(metadata->version)));
  }
  return metadata;
}

}  // namespace

DirectPackage::DirectPackage(const metadata::PackageRecord& record, std::vector<std::string> urls)
    : compiled_(record, PypiGrammar()), urls_(std::move(urls)) {}

bool DirectPackage::Has(std::string_view url) const {
  return std::ranges::find(urls_, url) != urls_.end();
}

absl::StatusOr<std::unique_ptr<const DirectPackage>> ReadDirectPackage(
    const ResolveRequest& request, const std::string& name, const std::vector<std::string>& urls,
    const std::string& place) {
  metadata::PackageRecord record;
  record.name = name;
  for (const std::string& url : urls) {
    absl::StatusOr<CoreMetadata> metadata = MetadataOf(request, name, url, place);
    if (!metadata.ok()) return metadata.status();
    std::vector<std::string> extras = metadata->provides_extra;
    std::sort(extras.begin(), extras.end());
    record.versions.push_back({.version = metadata->version,
                               .metadata = static_cast<uint32_t>(record.metadata.size()),
                               .unknown_because = {},
                               .files = {}});
    record.metadata.push_back({.requirements = std::move(metadata->requires_dist),
                               .requires_language = std::move(metadata->requires_python),
                               .extras = std::move(extras)});
  }
  return std::make_unique<const DirectPackage>(record, urls);
}

}  // namespace accord::pypi
