// What has to be said before records are read, where facts come name by name: all of it is looked
// at first, so that nothing is ever half done.
#include <set>

#include "base/error.h"
#include "ecosystem/conda/names_of_order.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {

absl::Status UniverseBuilder::Build::Await(std::span<const std::string_view> names) {
  std::set<std::string> awaited;
  const auto look = [&](std::string_view name) {
    const bool is_awaited = !IsVirtualName(name) && said_->IsAwaited(name);
    if (is_awaited) awaited.emplace(name);
    return is_awaited;
  };
  for (const std::string_view name : names) {
    if (IsVirtualName(name) || look(name)) continue;
    const absl::StatusOr<Candidates> candidates = Candidates::Read(name, sources_, request_);
    if (!candidates.ok()) return candidates.status();
    const absl::StatusOr<std::vector<std::string>> needed = NamesOfOrder(*candidates, request_);
    if (!needed.ok()) return needed.status();
    for (const std::string& one : *needed) look(one);
  }
  if (awaited.empty()) return absl::OkStatus();
  said_->Want({awaited.begin(), awaited.end()});
  return Waiting();
}

absl::Status UniverseBuilder::Build::AwaitPackages(std::span<const PackageId> packages) {
  if (said_ == nullptr || said_->IsClosed()) return absl::OkStatus();
  std::vector<std::string_view> names;
  for (const PackageId package : packages) {
    const bool is_loaded = universe_.package(package).knowledge != Knowledge::kPending;
    if (!is_loaded) names.push_back(universe_.name(package));
  }
  return Await(names);
}

absl::Status UniverseBuilder::Build::AwaitRequest(const Wishes& wishes) {
  if (said_ == nullptr || said_->IsClosed()) return absl::OkStatus();
  std::set<std::string_view> names(wishes.favored.begin(), wishes.favored.end());
  names.insert(wishes.locked.begin(), wishes.locked.end());
  if (request_.order == RequestOrder::kRequirerFirst) {
    for (const RequestedPackage& one : requested_) names.insert(universe_.name(one.package));
    for (const PlacedText& one : wishes.kept) names.insert(one.text);
  }
  return Await(std::vector(names.begin(), names.end()));
}

}  // namespace accord::conda
