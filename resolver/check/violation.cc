#include "check/violation.h"

#include "base/check.h"
#include "base/error.h"

namespace accord::check {

std::string_view KindWord(ViolationKind kind) {
  switch (kind) {
    case ViolationKind::kMissing:
      return "missing";
    case ViolationKind::kWrongVersion:
      return "wrongVersion";
    case ViolationKind::kExtraInactive:
      return "extraInactive";
    case ViolationKind::kTwoOfOne:
      return "twoOfOne";
    case ViolationKind::kNotInSource:
      return "notInSource";
    case ViolationKind::kAmbiguous:
      return "ambiguous";
    case ViolationKind::kUnknownNeeds:
      return "unknownNeeds";
    case ViolationKind::kUnreadable:
      return "unreadable";
    case ViolationKind::kNeedsAddress:
      return "needsAddress";
    case ViolationKind::kLanguageVersion:
      return "languageVersion";
    case ViolationKind::kYanked:
      return "yanked";
    case ViolationKind::kSubdir:
      return "subdir";
    case ViolationKind::kNoFile:
      return "noFile";
    case ViolationKind::kBinaryPolicy:
      return "binaryPolicy";
    case ViolationKind::kNewer:
      return "newer";
    case ViolationKind::kHash:
      return "hash";
    case ViolationKind::kFiles:
      return "files";
    case ViolationKind::kIndex:
      return "index";
    case ViolationKind::kPrerelease:
      return "prerelease";
    case ViolationKind::kConstraint:
      return "constraint";
    case ViolationKind::kLocked:
      return "locked";
    case ViolationKind::kExcluded:
      return "excluded";
    case ViolationKind::kUnneeded:
      return "unneeded";
    case ViolationKind::kExtraUnneeded:
      return "extraUnneeded";
    case ViolationKind::kAttribution:
      return "attribution";
    case ViolationKind::kSoft:
      return "soft";
  }
  ACCORD_CHECK(false);
  return {};
}

std::string Sentence(const Violation& violation) {
  return Cat(violation.where, ": ", violation.wish, ", ", violation.fact);
}

}  // namespace accord::check
