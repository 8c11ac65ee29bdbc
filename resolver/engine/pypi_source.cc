#include "engine/pypi_source.h"

#include <algorithm>

namespace accord::engine {

using metadata::PackageFacts;
using metadata::Source;

absl::StatusOr<const PackageFacts*> PypiSource::Find(std::string_view name) const {
  const std::shared_ptr<const PypiPackage> package = facts_->Share(name);
  if (package == nullptr || package->files == nullptr) return nullptr;
  Note(name, package);
  return &package->files->record.facts();
}

PypiSource::Lack PypiSource::LackOf(std::string_view name) const {
  const std::shared_ptr<const PypiPackage> package = facts_->Share(name);
  if (package == nullptr) {
    // A source that cannot say what it has has to say so itself.
    const auto has_it = [&](const Source* source) {
      const absl::StatusOr<const PackageFacts*> found = source->Find(name);
      return !found.ok() || *found != nullptr;
    };
    if (is_open_ && std::ranges::none_of(others_, has_it)) return {.kind = Lack::Kind::kAwaited};
    Note(name, nullptr);
    return {};
  }
  Note(name, package);
  if (package->knowledge == Knowledge::kNonexistent) return {.kind = Lack::Kind::kNonexistent};
  return {.kind = Lack::Kind::kUnavailable, .because = package->reason};
}

PypiSource::Told PypiSource::MetadataOf(std::string_view name, std::string_view file) const {
  const std::shared_ptr<const PypiPackage> package = facts_->Share(name);
  const auto said = package->metadata.find(file);
  if (said == package->metadata.end()) return {.facts = nullptr, .awaited = is_open_};
  if (is_open_) {
    const std::lock_guard lock(mutex_);
    const auto read = read_.try_emplace(std::string(name), Read{.package = package, .files = {}});
    read.first->second.files.emplace(file);
  }
  const PypiMetadata& metadata = *said->second;
  return {.facts = metadata.record == nullptr ? nullptr : &metadata.record->facts(),
          .awaited = false,
          .unknown_because = metadata.unknown_because};
}

// A closed one goes on with nothing else.
void PypiSource::Note(std::string_view name,
                      const std::shared_ptr<const PypiPackage>& package) const {
  if (!is_open_) return;
  const std::lock_guard lock(mutex_);
  read_.try_emplace(std::string(name), Read{.package = package, .files = {}});
}

bool PypiSource::IsAsRead(const Read& read, const PypiPackage* now) {
  if (read.package.get() == now) return true;
  if (read.package == nullptr || now == nullptr) return false;
  const PypiPackage& old = *read.package;
  if (old.knowledge != now->knowledge || old.reason != now->reason || old.files != now->files) {
    return false;
  }
  return std::ranges::all_of(read.files, [&](const std::string& file) {
    const auto said = now->metadata.find(file);
    return said != now->metadata.end() && said->second == old.metadata.find(file)->second;
  });
}

bool PypiSource::SetFacts(std::shared_ptr<const PypiFacts> facts) {
  for (const auto& [name, read] : read_) {
    if (!IsAsRead(read, facts->Find(name))) return false;
  }
  // What is read from now on is held against these.
  for (auto& [name, read] : read_) read.package = facts->Share(name);
  facts_ = std::move(facts);
  return true;
}

}  // namespace accord::engine
