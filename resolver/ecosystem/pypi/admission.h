// Which versions of a package a request admits: decided once, before solving, from the request
// alone (semantics: "What a PyPI request admits"). What is not admitted keeps a typed reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace accord::pypi {

enum class NotAdmittedKind : uint8_t {
  kInvalidVersion,         // no PEP 440 version: skipped
  kYanked,                 // every file is yanked, and neither a pin nor a lock asks for it
  kRequiresPython,         // its metadata's, or that of each file left, excludes the target
  kUnreadableRequirement,  // its metadata has a requirement that PEP 508 does not read
  kUrlRequirement,         // its metadata has a requirement on a URL
  kPrerelease,             // the request's policy does not admit it
};

// For messages: "requires another python", "is yanked", ...
[[nodiscard]] std::string_view Describe(NotAdmittedKind kind);

struct NotAdmitted {
  std::string version;  // as the source spells it
  NotAdmittedKind kind = NotAdmittedKind::kInvalidVersion;
  std::string detail;  // the text at fault: a Requires-Python, a requirement, why it was yanked
};

}  // namespace accord::pypi
