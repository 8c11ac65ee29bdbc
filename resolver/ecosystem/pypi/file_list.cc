#include "ecosystem/pypi/file_list.h"

#include <map>
#include <set>
#include <utility>

#include "base/error.h"

namespace accord::pypi {

using metadata::FileRecord;
using metadata::PackageRecord;

namespace {

constexpr std::string_view kNotSaid = "nobody has said what its METADATA says";

template <class Name>
std::optional<ListedFile> OfProject(absl::StatusOr<Name> name, std::string_view project,
                                    FileKind kind) {
  if (!name.ok() || name->name != project) return std::nullopt;
  return ListedFile{.kind = kind, .version = std::move(name->version)};
}

}  // namespace

std::optional<ListedFile> ReadListedFile(std::string_view project, std::string_view file) {
  switch (KindOfFile(file)) {
    case FileKind::kWheel:
      return OfProject(WheelName::Parse(file), project, FileKind::kWheel);
    case FileKind::kSdist:
      return OfProject(SdistName::Parse(file), project, FileKind::kSdist);
    case FileKind::kOther:
      break;
  }
  return std::nullopt;
}

std::string WithoutFraction(std::string_view time) {
  const size_t point = time.find('.');
  const bool cut = point != std::string_view::npos && time.ends_with('Z') &&
                   time.find_first_not_of("0123456789", point + 1) == time.size() - 1;
  return cut ? Cat(time.substr(0, point), "Z") : std::string(time);
}

PackageRecord RecordOfList(std::string_view project, std::vector<FileRecord> files) {
  std::map<Version, std::vector<FileRecord>> versions;
  for (FileRecord& file : files) {
    const std::optional<ListedFile> listed = ReadListedFile(project, file.name);
    if (listed) versions[listed->version].push_back(std::move(file));
  }
  PackageRecord record;
  record.name = std::string(project);
  for (auto& [version, of_it] : versions) {
    metadata::VersionRecord& listed = record.versions.emplace_back();
    listed.version = version.Text();
    listed.unknown_because = std::string(kNotSaid);
    listed.files = std::move(of_it);
  }
  return record;
}

bool IsReliableSdist(const CoreMetadata& sdist) {
  return sdist.IsReliableInSdist("Requires-Dist") && sdist.IsReliableInSdist("Provides-Extra") &&
         sdist.IsReliableInSdist("Requires-Python");
}

metadata::MetadataRecord RecordOfMetadata(const CoreMetadata& metadata) {
  const std::set<std::string> extras(metadata.provides_extra.begin(),
                                     metadata.provides_extra.end());
  return {.requirements = metadata.requires_dist,
          .requires_language = metadata.requires_python,
          .extras = {extras.begin(), extras.end()}};
}

}  // namespace accord::pypi
