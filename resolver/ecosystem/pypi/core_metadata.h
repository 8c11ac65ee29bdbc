// Core metadata (METADATA, PKG-INFO), versions 1.0 to 2.5: what a resolver reads of it. The format
// is that of e-mail headers with a body; fields that name no dependency are looked at no further.
// Sources: the core metadata specification of packaging.python.org, PEP 241, 314, 345, 566, 643.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::pypi {

inline constexpr size_t kMetadataBytesMax = size_t{16} << 20;  // descriptions are most of it
inline constexpr size_t kMetadataFieldsMax = 100'000;

// One header as it stands, e.g. {"requires-dist", "flask>=2"}.
struct MetadataField {
  std::string name;   // in lower case
  std::string value;  // without blanks at the ends; a line that goes on is kept with its line break
};

struct MetadataFields {
  std::vector<MetadataField> fields;  // in order
  std::string_view body;              // of the text read, what stands below: a description
};

// Headers go up to the first empty line, or to the first line that is no header; a line that begins
// with a blank goes on with the one before. Lines end in LF, CRLF or CR. Errors: LimitReached.
[[nodiscard]] absl::StatusOr<MetadataFields> ReadMetadataFields(std::string_view text);

// What is odd about a text that can be used all the same.
enum class MetadataOddity : uint8_t {
  kNewerMinorVersion,  // "2.9": read as the newest version known
  kUnknownField,
  kFieldOfLaterVersion,  // e.g. Dynamic in version 2.1: of no effect there
};
struct MetadataNote {
  MetadataOddity oddity;
  std::string text;  // "Metadata-Version: ..."
};

struct CoreMetadata {
  std::string metadata_version;             // "2.1"
  std::string name;                         // as written, a valid name
  std::string version;                      // as written, a PEP 440 version
  std::string requires_python;              // as written; empty: none
  std::vector<std::string> requires_dist;   // as written, in order
  std::vector<std::string> provides_extra;  // as written, in order
  std::vector<std::string> dynamic;         // in lower case, in order; see IsReliableInSdist
  std::vector<MetadataNote> notes;

  // Errors: InvalidInput if Metadata-Version, Name or Version is missing or has no meaning, if the
  // major version is neither 1 nor 2, if a field that may stand once stands twice, or if a field
  // that is read here is no UTF-8; LimitReached above kMetadataBytesMax or kMetadataFieldsMax.
  // Requirements and Requires-Python are texts here: who reads them finds out whether they can be.
  [[nodiscard]] static absl::StatusOr<CoreMetadata> Parse(std::string_view text);

  // PEP 643: whether a wheel built from the sdist that this text is of says the same in the field
  // (any case, e.g. "Requires-Dist"): from version 2.2 on, unless the field is named in Dynamic.
  [[nodiscard]] bool IsReliableInSdist(std::string_view field) const;
};

}  // namespace accord::pypi
