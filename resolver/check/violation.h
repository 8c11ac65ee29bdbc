// What is wrong with an answer, as typed data: the kind, where it shows, what was wished there and
// what is the fact. Shared by the checks of this folder; words beyond these three are made
// elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace accord::check {

enum class ViolationKind : uint8_t {
  kMissing,          // a requirement that applies, and no chosen candidate of the package
  kWrongVersion,     // there is one, outside the requirement's set
  kExtraInactive,    // an extra is requested and the answer does not say so
  kTwoOfOne,         // two candidates of one package or of one exclusion group
  kNotInSource,      // no source has this candidate
  kAmbiguous,        // sources have several that the answer may mean
  kUnknownNeeds,     // what the candidate needs is not known
  kUnreadable,       // one of its requirements cannot be read
  kNeedsAddress,     // by URL, and the chosen one is not from there; or the other way about
  kLanguageVersion,  // Requires-Python excludes the environment's Python
  kYanked,           // withdrawn, and not pinned by the request
  kSubdir,           // built for a subdir that the request does not admit
  kNoFile,           // no wheel for the target and no sdist
  kBinaryPolicy,     // none of the kind that the request takes
  kNewer,            // it or its files are too new, or nobody knows how old they are
  kHash,             // no file with an allowed hash
  kFiles,            // the answer says of its files what is not so
  kIndex,            // another source has it
  kPrerelease,       // a pre-release that the request does not admit
  kConstraint,       // outside a constraint
  kLocked,           // not the locked candidate
  kExcluded,         // excluded by the request
  kUnneeded,         // nothing in the answer asks for it
  kExtraUnneeded,    // an extra is active and nobody requests it
  kAttribution,      // not an option of the requirement it is said to be chosen for
  kSoft,             // a soft requirement's record does not fit the set
};

struct Violation {
  ViolationKind kind = ViolationKind::kMissing;
  std::string where;  // "/requirements/0", "flask 2.0"
  std::string wish;   // "werkzeug>=2.0"
  std::string fact;   // "werkzeug 1.0 is chosen"

  friend bool operator==(const Violation&, const Violation&) = default;
};

// One word for each kind, for documents: "missing", "wrongVersion", ...
[[nodiscard]] std::string_view KindWord(ViolationKind kind);

// "where: wish, fact".
[[nodiscard]] std::string Sentence(const Violation& violation);

}  // namespace accord::check
