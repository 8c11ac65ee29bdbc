// The words of conda's records as neutral ones (metadata/record.h): keys of attributes, and what
// stands behind a requirement that is no plain need. Values and their forms: docs/corpus-format.md.
#pragma once

#include <string_view>

namespace accord::conda {

namespace attribute {
inline constexpr std::string_view kBuild = "build";
inline constexpr std::string_view kBuildNumber = "build_number";  // decimal; absent: 0
inline constexpr std::string_view kChannel = "channel";
inline constexpr std::string_view kFeatures = "features";  // joined by blanks
inline constexpr std::string_view kFlags = "flags";        // joined by blanks, sorted
inline constexpr std::string_view kLicense = "license";
inline constexpr std::string_view kLicenseFamily = "license_family";
inline constexpr std::string_view kNoarch = "noarch";  // "generic", "python"
inline constexpr std::string_view kPythonSitePackagesPath = "python_site_packages_path";
inline constexpr std::string_view kSubdir = "subdir";
inline constexpr std::string_view kTrackFeatures = "track_features";  // joined by blanks
}  // namespace attribute

// A requirement is a match specifier, and behind it nothing, this, or kExtraMarker and a name. No
// match specifier has a semicolon.
inline constexpr std::string_view kConstrainsMarker = " ; constrains";
inline constexpr std::string_view kExtraMarker = " ; extra ";

struct MarkedText {
  std::string_view spec;
  std::string_view marker;  // empty: a plain need
};
[[nodiscard]] inline MarkedText SplitMarker(std::string_view text) {
  constexpr std::string_view kMarkerBegin = " ; ";
  const size_t at = text.rfind(kMarkerBegin);
  if (at == std::string_view::npos) return {.spec = text, .marker = {}};
  return {.spec = text.substr(0, at), .marker = text.substr(at)};
}

}  // namespace accord::conda
