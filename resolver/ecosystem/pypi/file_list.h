// What an index says of one project: which files it has, and what the METADATA of a file says.
// Whoever reads an index, as pages in a folder or as a frontend tells it, reads it so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecosystem/pypi/core_metadata.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/version.h"
#include "metadata/record.h"

namespace accord::pypi {

// A file by its name.
struct ListedFile {
  FileKind kind = FileKind::kWheel;  // or kSdist
  Version version;
};
// None: it is no wheel and no sdist, its name cannot be read, or is of another project (normal).
[[nodiscard]] std::optional<ListedFile> ReadListedFile(std::string_view project,
                                                       std::string_view file);

// An upload time in whole seconds: "2022-01-01T00:00:00.123456Z" without the fraction; other forms
// as they are.
[[nodiscard]] std::string WithoutFraction(std::string_view time);

// The record of a project (normal) of which only the files are known: the versions that their names
// say, in normal form; files of each in the order of the list. Other files are passed over.
[[nodiscard]] metadata::PackageRecord RecordOfList(std::string_view project,
                                                   std::vector<metadata::FileRecord> files);

// PEP 643: what the METADATA of an sdist says holds for what is built of it.
[[nodiscard]] bool IsReliableSdist(const CoreMetadata& sdist);

[[nodiscard]] metadata::MetadataRecord RecordOfMetadata(const CoreMetadata& metadata);

}  // namespace accord::pypi
