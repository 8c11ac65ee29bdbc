// File names of conda packages: NAME-VERSION-BUILD and an extension (CEP 26).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace accord::conda {

struct PackageFile {
  std::string name;
  std::string version;
  std::string build;
};

// Whether the text ends as packages' files do: ".conda" or ".tar.bz2".
[[nodiscard]] bool HasPackageExtension(std::string_view text);
[[nodiscard]] std::string_view WithoutPackageExtension(std::string_view file);

// The three parts of "python-3.11.10-h123456_0.conda": version and build are what stands behind the
// last two dashes. None for a text that has not both, or no package's extension.
[[nodiscard]] std::optional<PackageFile> SplitPackageFile(std::string_view file);

}  // namespace accord::conda
