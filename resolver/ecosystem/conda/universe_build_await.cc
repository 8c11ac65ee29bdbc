// What has to be said before records are read, where facts come name by name: all of it is looked
// at first, so that nothing is ever half done.
#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/names_of_order.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {
namespace {

constexpr size_t kNamesAheadMax = 1024;

}  // namespace

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
  said_->Want({awaited.begin(), awaited.end()}, NamesAhead(names, awaited));
  return Waiting();
}

std::vector<std::string> UniverseBuilder::Build::NamesAhead(
    std::span<const std::string_view> names, const std::set<std::string>& awaited) const {
  std::set<std::string> seen(names.begin(), names.end());
  for (const RequestedPackage& one : requested_) seen.emplace(universe_.name(one.package));
  std::vector<std::string> queue(seen.begin(), seen.end());
  std::vector<std::string> ahead;
  for (size_t next = 0; next < queue.size() && ahead.size() < kNamesAheadMax; ++next) {
    const std::string name = queue[next];
    if (said_->IsAwaited(name)) {
      if (!awaited.contains(name)) ahead.push_back(name);
      continue;
    }
    for (std::string& needed : NeedsOfNewest(name)) {
      if (!IsVirtualName(needed) && seen.insert(needed).second) queue.push_back(std::move(needed));
    }
  }
  std::ranges::sort(ahead);
  return ahead;
}

std::vector<std::string> UniverseBuilder::Build::NeedsOfNewest(std::string_view name) const {
  std::vector<std::string> names;
  const absl::StatusOr<Candidates> candidates = Candidates::Read(name, sources_, request_);
  if (!candidates.ok() || candidates->admitted().empty() || request_.no_deps) return names;
  const auto newest = static_cast<Position>(candidates->admitted().size() - 1);
  const metadata::PackageFacts& facts = *candidates->channel_of(newest).facts;
  const auto metadata = facts.metadata_of(candidates->admitted()[newest].record);
  if (!metadata) return names;
  const metadata::Column requirements = facts.requirements_of(*metadata);
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    const uint32_t number = requirements[i];
    if (!facts.is_plain(number) || !facts.requirement_marker(number).empty()) continue;
    names.emplace_back(facts.requirement_name(number));
  }
  return names;
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
