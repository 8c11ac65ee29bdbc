#include "metadata/acx_file.h"

#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

#include "base/error.h"
#include "metadata/acx_directory.h"
#include "metadata/acx_part.h"
#include "metadata/checksum.h"
#include "metadata/mapped_file.h"

namespace accord::metadata {
namespace {

// The preamble and the directory that it points to; both have been checked.
absl::StatusOr<std::vector<AcxPartEntry>> ReadParts(std::string_view file, std::string_view place) {
  AcxPreamble preamble;
  if (!file.starts_with(kAcxMagic)) {
    return InvalidInput(place, "a compiled corpus is expected, it begins with other bytes");
  }
  if (file.size() < sizeof preamble) return Missing(place, "it ends inside its preamble");
  std::memcpy(&preamble, file.data(), sizeof preamble);
  if (preamble.version != kAcxVersion) {
    return InvalidInput(
        place, Cat("version ", kAcxVersion, " of compiled corpora is read, this is ", "version ",
                   preamble.version, "; build it again"));
  }
  if (preamble.directory_bytes > kAcxDirectoryBytesMax) {
    return LimitReached(place,
                        Cat("a directory may have at most ", kAcxDirectoryBytesMax, " bytes"));
  }
  if (preamble.file_bytes != file.size()) {
    return Missing(
        place, Cat("it says that it has ", preamble.file_bytes, " bytes, it has ", file.size()));
  }
  if (preamble.directory_offset > file.size() ||
      preamble.directory_bytes > file.size() - preamble.directory_offset) {
    return Missing(place, "its directory does not lie inside it");
  }
  const std::string_view directory =
      file.substr(preamble.directory_offset, preamble.directory_bytes);
  if (Xxh3({file.substr(0, kAcxCheckedPreambleBytes), directory}) != preamble.checksum) {
    return Missing(place, "the checksum of its directory is wrong");
  }
  absl::StatusOr<std::vector<AcxPartEntry>> parts = ReadAcxDirectory(directory);
  return parts.ok() ? std::move(parts) : At(place, parts.status());
}

}  // namespace

struct AcxFile::Mapping {
  std::optional<MappedFile> file;
  std::string_view bytes;
};

AcxFile::AcxFile(std::unique_ptr<Mapping> mapping, std::string place)
    : mapping_(std::move(mapping)), place_(std::move(place)) {}
AcxFile::~AcxFile() = default;

size_t AcxFile::size() const { return mapping_->bytes.size(); }

absl::StatusOr<std::unique_ptr<const AcxFile>> AcxFile::Open(const std::string& path) {
  absl::StatusOr<MappedFile> mapped = MappedFile::Open(path, kAcxFileBytesMax);
  if (!mapped.ok()) return mapped.status();
  auto mapping = std::make_unique<Mapping>();
  mapping->file.emplace(*std::move(mapped));
  mapping->bytes = mapping->file->bytes();
  return Read(std::move(mapping), path);
}

absl::StatusOr<std::unique_ptr<const AcxFile>> AcxFile::FromBytes(std::string_view bytes,
                                                                  std::string place) {
  auto mapping = std::make_unique<Mapping>();
  mapping->bytes = bytes;
  return Read(std::move(mapping), std::move(place));
}

absl::StatusOr<std::unique_ptr<const AcxFile>> AcxFile::Read(std::unique_ptr<Mapping> mapping,
                                                             std::string place) {
  const absl::StatusOr<std::vector<AcxPartEntry>> parts = ReadParts(mapping->bytes, place);
  if (!parts.ok()) return parts.status();
  std::unique_ptr<AcxFile> file(new AcxFile(std::move(mapping), std::move(place)));
  for (const AcxPartEntry& entry : *parts) {
    absl::StatusOr<std::unique_ptr<const AcxPart>> part =
        AcxPart::Open(file->mapping_->bytes,
                      file->mapping_->file ? &*file->mapping_->file : nullptr, entry, file->place_);
    if (!part.ok()) return part.status();
    file->parts_.push_back(*std::move(part));
  }
  return std::unique_ptr<const AcxFile>(std::move(file));
}

const AcxPart* AcxFile::FindPart(std::string_view ecosystem) const {
  for (const std::unique_ptr<const AcxPart>& part : parts_) {
    if (part->ecosystem() == ecosystem) return part.get();
  }
  return nullptr;
}

bool IsAcxFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char begin[kAcxMagic.size()] = {};
  file.read(begin, sizeof begin);
  return file && std::string_view(begin, sizeof begin) == kAcxMagic;
}

}  // namespace accord::metadata
