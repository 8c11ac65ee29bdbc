// libFuzzer entry for PyPI's parsers: any bytes as a version, a specifier set, a marker and a
// requirement. What is accepted is printed and read again.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "ecosystem/pypi/requirement.h"

using accord::pypi::Environment;
using accord::pypi::Marker;
using accord::pypi::Requirement;
using accord::pypi::SpecifierSet;
using accord::pypi::Version;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t bytes) {
  const std::string_view text(reinterpret_cast<const char*>(data), bytes);
  const auto version = Version::TryParse(text);
  if (version) ACCORD_CHECK(*Version::TryParse(version->Text()) == *version);
  const auto set = SpecifierSet::Parse(text);
  if (set.ok()) {
    ACCORD_CHECK(*SpecifierSet::Parse(set->Text()) == *set);
    if (version) (void)Matches(*set, *version);
  }
  const auto marker = Marker::Parse(text);
  if (marker.ok()) {
    static const Environment environment = *Environment::CPythonOnLinux("3.11.7");
    (void)marker->Text();
    (void)ConditionOnExtras(*marker, environment, {});
  }
  const auto requirement = Requirement::Parse(text);
  if (requirement.ok()) (void)requirement->Canonical();
  return 0;
}
