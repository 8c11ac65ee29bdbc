// Headers first, whatever their names; then the fields that a resolver reads, each with its rules.
#include "ecosystem/pypi/core_metadata.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "base/utf8.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/text.h"
#include "ecosystem/pypi/version.h"

namespace accord::pypi {
namespace {

constexpr int kMinorKnown = 5;     // of major version 2
constexpr int kMinorKnownOf1 = 3;  // 1.3 was never published; it occurs

// A minor version that has a meaning, as one number to compare: 2.1 is 201.
constexpr int kDynamicSince = 202;
constexpr int kExtraSince = 201;
constexpr int kRequiresDistSince = 102;

// All fields of versions 1.0 to 2.5 that are not read here.
constexpr std::array<std::string_view, 27> kOtherFields = {"author",
                                                           "author-email",
                                                           "classifier",
                                                           "description",
                                                           "description-content-type",
                                                           "download-url",
                                                           "home-page",
                                                           "import-name",
                                                           "import-namespace",
                                                           "keywords",
                                                           "license",
                                                           "license-expression",
                                                           "license-file",
                                                           "maintainer",
                                                           "maintainer-email",
                                                           "obsoletes",
                                                           "obsoletes-dist",
                                                           "platform",
                                                           "project-url",
                                                           "provides",
                                                           "provides-dist",
                                                           "requires",
                                                           "requires-external",
                                                           "summary",
                                                           "supported-platform",
                                                           "setup-requires-dist",
                                                           "content-type"};

// The line that stands first, which is taken off with its end.
std::string_view TakeLine(std::string_view& rest) {
  const size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end);
  if (rest.starts_with("\r\n")) {
    rest.remove_prefix(2);
  } else if (!rest.empty()) {
    rest.remove_prefix(1);
  }
  return line;
}

// The bytes before ':' if the line is a header: printable ASCII without blanks.
std::optional<std::string_view> HeaderName(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view name = line.substr(0, colon);
  const bool fits =
      std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  return fits ? std::optional(name) : std::nullopt;
}

// One line of a value that goes on: PEP 508 texts have no line breaks.
std::string Unfolded(std::string_view value) {
  std::string unfolded;
  while (!value.empty()) {
    const std::string_view line = StripSpace(TakeLine(value));
    if (!unfolded.empty() && !line.empty()) unfolded.push_back(' ');
    unfolded += line;
  }
  return unfolded;
}

bool IsUtf8(std::string_view text) { return !FirstFaultOfUtf8(text).has_value(); }

// "2.1" as 201. Errors: no such form, or a major version that nobody knows.
absl::StatusOr<int> ReadMetadataVersion(std::string_view text) {
  const bool has_form = text.size() >= 3 && text.size() <= 4 && text[1] == '.' &&
                        IsDigit(text[0]) && IsDigit(text[2]) && IsDigit(text.back());
  if (!has_form) {
    return InvalidInput("Metadata-Version",
                        Cat("a version such as '2.1' is wanted, found ", Quoted(text)));
  }
  const int major = text[0] - '0';
  int minor = 0;
  for (const char c : text.substr(2)) minor = 10 * minor + (c - '0');
  if (major != 1 && major != 2) {
    return InvalidInput("Metadata-Version",
                        Cat("1.x and 2.x are the formats known, found ", Quoted(text)));
  }
  return 100 * major + minor;
}

class Reader {
 public:
  absl::StatusOr<CoreMetadata> Read(std::string_view text) {
    absl::StatusOr<MetadataFields> fields = ReadMetadataFields(text);
    if (!fields.ok()) return fields.status();
    for (const MetadataField& field : fields->fields) ACCORD_RETURN_IF_ERROR(Take(field));
    ACCORD_RETURN_IF_ERROR(Judge());
    return std::move(metadata_);
  }

 private:
  struct Single {
    std::string_view name;
    std::string CoreMetadata::*value;
  };
  struct Repeated {
    std::string_view name;
    std::vector<std::string> CoreMetadata::*values;
  };
  static constexpr std::array<Single, 4> kSingle = {{
      {"metadata-version", &CoreMetadata::metadata_version},
      {"name", &CoreMetadata::name},
      {"version", &CoreMetadata::version},
      {"requires-python", &CoreMetadata::requires_python},
  }};
  static constexpr std::array<Repeated, 3> kRepeated = {{
      {"requires-dist", &CoreMetadata::requires_dist},
      {"provides-extra", &CoreMetadata::provides_extra},
      {"dynamic", &CoreMetadata::dynamic},
  }};

  absl::Status Take(const MetadataField& field) {
    for (size_t i = 0; i < kSingle.size(); ++i) {
      if (field.name != kSingle[i].name) continue;
      if (seen_[i]) {
        return InvalidInput(field.name,
                            Cat("this field stands once, found another of ", Quoted(field.value)));
      }
      seen_[i] = true;
      if (!IsUtf8(field.value)) return NoUtf8(field);
      metadata_.*kSingle[i].value = Unfolded(field.value);
      return absl::OkStatus();
    }
    for (const Repeated& repeated : kRepeated) {
      if (field.name != repeated.name) continue;
      if (!IsUtf8(field.value)) return NoUtf8(field);
      (metadata_.*repeated.values).push_back(Unfolded(field.value));
      return absl::OkStatus();
    }
    if (std::find(kOtherFields.begin(), kOtherFields.end(), field.name) == kOtherFields.end()) {
      Note(MetadataOddity::kUnknownField, Cat("field ", Quoted(field.name), " is not known"));
    }
    return absl::OkStatus();
  }

  static absl::Status NoUtf8(const MetadataField& field) {
    return InvalidInput(field.name, Cat("UTF-8 is wanted, found ", Quoted(field.value)));
  }

  void Note(MetadataOddity oddity, std::string text) {
    metadata_.notes.push_back({.oddity = oddity, .text = std::move(text)});
  }

  absl::Status Judge() {
    for (size_t i = 0; i < 3; ++i) {
      if (seen_[i]) continue;
      return InvalidInput("core metadata",
                          Cat("field ", Quoted(kSingle[i].name), " is wanted, it is not there"));
    }
    const absl::StatusOr<int> number = ReadMetadataVersion(metadata_.metadata_version);
    if (!number.ok()) return number.status();
    const int newest = *number < 200 ? 100 + kMinorKnownOf1 : 200 + kMinorKnown;
    if (*number > newest) {
      Note(MetadataOddity::kNewerMinorVersion,
           Cat("Metadata-Version ", metadata_.metadata_version, " is newer than ", newest / 100,
               ".", newest % 100, ", it is read as that"));
    }
    if (!IsValidName(metadata_.name)) {
      return InvalidInput("Name", Cat("a name is wanted, found ", Quoted(metadata_.name)));
    }
    const absl::StatusOr<Version> version = Version::Parse(metadata_.version);
    if (!version.ok()) return At("Version", version.status());
    JudgeFieldsSince(*number);
    for (std::string& field : metadata_.dynamic) field = LowerText(field);
    return absl::OkStatus();
  }

  // Requires-Dist of version 1.1 and the like occur and are meant; only Dynamic has no meaning
  // before 2.2, where IsReliableInSdist is false in any case.
  void JudgeFieldsSince(int number) {
    struct Since {
      std::string_view name;
      int since;
      bool there;
    };
    const Since fields[] = {
        {"Requires-Dist", kRequiresDistSince, !metadata_.requires_dist.empty()},
        {"Requires-Python", kRequiresDistSince, !metadata_.requires_python.empty()},
        {"Provides-Extra", kExtraSince, !metadata_.provides_extra.empty()},
        {"Dynamic", kDynamicSince, !metadata_.dynamic.empty()},
    };
    for (const Since& field : fields) {
      if (!field.there || number >= field.since) continue;
      Note(MetadataOddity::kFieldOfLaterVersion,
           Cat(field.name, " came with Metadata-Version ", field.since / 100, ".",
               field.since % 100, ", found in ", metadata_.metadata_version));
    }
  }

  CoreMetadata metadata_;
  std::array<bool, kSingle.size()> seen_{};
};

}  // namespace

absl::StatusOr<MetadataFields> ReadMetadataFields(std::string_view text) {
  if (text.size() > kMetadataBytesMax) {
    return LimitReached("core metadata", Cat("at most ", kMetadataBytesMax,
                                             " bytes are read, it has ", text.size()));
  }
  MetadataFields read;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::string_view before = text;
    const std::string_view line = TakeLine(text);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (!read.fields.empty()) read.fields.back().value.append("\n").append(line);
      continue;
    }
    const std::optional<std::string_view> name = HeaderName(line);
    if (!name) {
      text = before;
      break;
    }
    if (read.fields.size() == kMetadataFieldsMax) {
      return LimitReached("core metadata",
                          Cat("at most ", kMetadataFieldsMax, " fields are read, it has more"));
    }
    read.fields.push_back(
        {.name = LowerText(*name), .value = std::string(line.substr(name->size() + 1))});
  }
  for (MetadataField& field : read.fields) field.value = std::string(StripSpace(field.value));
  read.body = text;
  return read;
}

absl::StatusOr<CoreMetadata> CoreMetadata::Parse(std::string_view text) {
  return Reader().Read(text);
}

bool CoreMetadata::IsReliableInSdist(std::string_view field) const {
  const absl::StatusOr<int> number = ReadMetadataVersion(metadata_version);
  if (!number.ok() || *number < kDynamicSince) return false;
  return std::find(dynamic.begin(), dynamic.end(), LowerText(field)) == dynamic.end();
}

}  // namespace accord::pypi
