#include "engine/pypi_facts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/file_list.h"
#include "ecosystem/pypi/grammar.h"
#include "ecosystem/pypi/name.h"

namespace accord::engine {
namespace {

using metadata::CompiledRecord;
using metadata::MetadataRecord;
using metadata::PackageRecord;

constexpr std::string_view kMayChange = "METADATA of its sdist may change when it is built";

// Compiled here, so that nothing of it can fail to be read.
PackageRecord RecordOf(const CompiledRecord& compiled) { return *compiled.facts().ToRecord(); }

bool SaysTheSame(const PypiPackage& a, const PypiPackage& b) {
  if (a.knowledge != b.knowledge || a.reason != b.reason) return false;
  return a.knowledge != Knowledge::kKnown || RecordOf(a.files->record) == RecordOf(b.files->record);
}

bool SaysTheSame(const PypiMetadata& a, const PypiMetadata& b) {
  if (a.unknown_because != b.unknown_because) return false;
  return a.record == nullptr || RecordOf(*a.record) == RecordOf(*b.record);
}

PackageRecord OneVersion(std::string_view name, std::string version, MetadataRecord metadata) {
  PackageRecord record;
  record.name = name;
  record.metadata.push_back(std::move(metadata));
  record.versions.push_back(
      {.version = std::move(version), .metadata = 0, .unknown_because = {}, .files = {}});
  return record;
}

// Of a file of the name's list.
absl::StatusOr<PypiMetadata> ReadMetadata(const std::string& name, const PypiText& said) {
  if (said.unknown) return PypiMetadata{.record = nullptr, .unknown_because = *said.unknown};
  const auto file = pypi::ReadListedFile(name, said.file);
  const absl::StatusOr<pypi::CoreMetadata> read = pypi::CoreMetadata::Parse(said.text);
  if (!read.ok()) return At(Cat(said.place, "/text"), read.status());
  const auto version = pypi::Version::TryParse(read->version);
  if (pypi::NormalizeName(read->name) != name || version != file->version) {
    return InvalidInput(Cat(said.place, "/text"),
                        Cat("METADATA of ", said.file, " are wanted, these are of ", read->name,
                            " ", read->version));
  }
  const bool is_source = file->kind == pypi::FileKind::kSdist && !said.built;
  if (is_source && !pypi::IsReliableSdist(*read)) {
    return PypiMetadata{.record = nullptr, .unknown_because = std::string(kMayChange)};
  }
  return PypiMetadata{
      .record = std::make_unique<const CompiledRecord>(
          OneVersion(name, read->version, pypi::RecordOfMetadata(*read)), pypi::PypiGrammar()),
      .unknown_because = {}};
}

}  // namespace

PypiFiles::PypiFiles(const PackageRecord& list) : record(list, pypi::PypiGrammar()) {
  for (const metadata::VersionRecord& version : list.versions) {
    for (const metadata::FileRecord& file : version.files) names.push_back(file.name);
  }
  std::ranges::sort(names);
}

std::vector<PypiVersion> PypiFiles::Versions() const {
  const metadata::PackageFacts& facts = record.facts();
  const absl::StatusOr<metadata::PackageFiles> files =
      facts.ReadFiles(metadata::FileDetail::kNames);
  std::vector<PypiVersion> versions(facts.version_count());
  for (uint32_t i = 0; i < versions.size(); ++i) {
    versions[i].version = std::string(facts.version(i));
    for (const metadata::FileRecord& file : files->of(i)) versions[i].files.push_back(file.name);
  }
  return versions;
}

std::string PypiUploadTime(std::string_view time) { return pypi::WithoutFraction(time); }

// One update on its way to a snapshot.
class PypiChange {
 public:
  PypiChange(const PypiFacts& before, const PypiLimits& limits)
      : facts_(std::make_shared<PypiFacts>(before)),
        packages_(before.packages_),
        limits_(limits) {}

  absl::StatusOr<std::shared_ptr<const PypiFacts>> Make(PypiUpdate update) {
    for (PypiList& one : update.put) ACCORD_RETURN_IF_ERROR(Put(std::move(one)));
    for (const PypiName& one : update.drop) {
      ACCORD_RETURN_IF_ERROR(Take(one.package, one.place));
      Erase(pypi::NormalizeName(one.package));
    }
    for (const PypiName& one : update.absent) {
      ACCORD_RETURN_IF_ERROR(Take(one.package, one.place));
      ACCORD_RETURN_IF_ERROR(
          Replace({.name = pypi::NormalizeName(one.package), .knowledge = Knowledge::kNonexistent},
                  one.place));
    }
    for (PypiName& one : update.errors) {
      ACCORD_RETURN_IF_ERROR(Take(one.package, one.place));
      ACCORD_RETURN_IF_ERROR(Replace({.name = pypi::NormalizeName(one.package),
                                      .knowledge = Knowledge::kUnavailable,
                                      .reason = std::move(one.reason)},
                                     one.place));
    }
    ACCORD_RETURN_IF_ERROR(PutMetadata(update.metadata));
    facts_->packages_ = std::move(packages_).Take();
    return facts_;
  }

 private:
  // A name's one entry.
  absl::Status Take(std::string_view package, std::string_view place) {
    if (!pypi::IsValidName(package)) {
      return InvalidInput(place, Cat("the name of a package is wanted, found ", Quoted(package)));
    }
    if (names_.insert(pypi::NormalizeName(package)).second) return absl::OkStatus();
    return InvalidInput(place, Cat(Quoted(package), " stands twice"));
  }

  absl::Status Put(PypiList list) {
    ACCORD_RETURN_IF_ERROR(Take(list.package, list.place));
    const std::string name = pypi::NormalizeName(list.package);
    const PackageRecord record = pypi::RecordOfList(name, std::move(list.files));
    return Replace({.name = name, .files = std::make_shared<const PypiFiles>(record)}, list.place);
  }

  absl::Status Replace(PypiPackage package, std::string_view place) {
    const PypiPackage* const before = packages_.names().Find(package.name);
    if (before != nullptr && SaysTheSame(*before, package)) return absl::OkStatus();
    Erase(package.name);
    if (package.files != nullptr) facts_->file_count_ += package.files->names.size();
    packages_.Put(std::move(package));
    if (packages_.names().size() > limits_.packages_max) {
      return LimitReached(place, Cat("more than ", limits_.packages_max, " packages"));
    }
    if (facts_->file_count_ > limits_.files_max) {
      return LimitReached(place, Cat("more than ", limits_.files_max, " files"));
    }
    return absl::OkStatus();
  }

  void Erase(const std::string& name) {
    const PypiPackage* const before = packages_.names().Find(name);
    if (before == nullptr) return;
    if (before->files != nullptr) facts_->file_count_ -= before->files->names.size();
    packages_.Erase(name);
  }

  // Of many of one name in a row one copy.
  absl::Status PutMetadata(const std::vector<PypiText>& all) {
    std::optional<PypiPackage> package;
    const auto write = [&] {
      if (package) packages_.Put(*std::move(package));
    };
    for (const PypiText& one : all) {
      const std::string name = pypi::NormalizeName(one.package);
      if (!package || package->name != name) {
        write();
        const PypiPackage* const before = packages_.names().Find(name);
        if (before == nullptr || before->files == nullptr) {
          return InvalidInput(one.place,
                              Cat(Quoted(one.package), " has no files: they have to be put first"));
        }
        package = *before;
      }
      if (!std::ranges::binary_search(package->files->names, one.file)) {
        return InvalidInput(Cat(one.place, "/file"),
                            Cat(Quoted(one.file), " is none of the files of ", name));
      }
      absl::StatusOr<PypiMetadata> read = ReadMetadata(name, one);
      if (!read.ok()) return read.status();
      std::shared_ptr<const PypiMetadata>& said = package->metadata[one.file];
      if (said != nullptr && SaysTheSame(*said, *read)) continue;
      said = std::make_shared<const PypiMetadata>(*std::move(read));
    }
    write();
    return absl::OkStatus();
  }

  std::shared_ptr<PypiFacts> facts_;
  SharedNames<PypiPackage>::Change packages_;
  const PypiLimits& limits_;
  std::set<std::string> names_;  // that have an entry
};

std::shared_ptr<const PypiFacts> PypiFacts::None() { return std::make_shared<PypiFacts>(); }

const PypiPackage* FindPackage(const PypiFacts& facts, std::string_view name) {
  return facts.Find(pypi::NormalizeName(name));
}

absl::StatusOr<std::shared_ptr<const PypiFacts>> Apply(const PypiFacts& facts, PypiUpdate update,
                                                       const PypiLimits& limits) {
  return PypiChange(facts, limits).Make(std::move(update));
}

}  // namespace accord::engine
