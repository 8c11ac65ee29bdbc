// Package file names, split at their dashes.
#include "ecosystem/conda/package_file.h"

#include <algorithm>
#include <array>

namespace accord::conda {
namespace {

constexpr std::array<std::string_view, 2> kExtensions = {".conda", ".tar.bz2"};

}  // namespace

bool HasPackageExtension(std::string_view text) {
  return std::any_of(kExtensions.begin(), kExtensions.end(), [&](std::string_view extension) {
    return text.size() > extension.size() && text.ends_with(extension);
  });
}

std::string_view WithoutPackageExtension(std::string_view file) {
  for (const std::string_view extension : kExtensions) {
    if (file.ends_with(extension)) return file.substr(0, file.size() - extension.size());
  }
  return file;
}

std::optional<PackageFile> SplitPackageFile(std::string_view file) {
  if (!HasPackageExtension(file)) return std::nullopt;
  file = WithoutPackageExtension(file);
  const size_t build = file.rfind('-');
  if (build == std::string_view::npos || build == 0) return std::nullopt;
  const size_t version = file.rfind('-', build - 1);
  if (version == std::string_view::npos || version == 0) return std::nullopt;
  if (version + 1 == build || build + 1 == file.size()) return std::nullopt;
  return PackageFile{.name = std::string(file.substr(0, version)),
                     .version = std::string(file.substr(version + 1, build - version - 1)),
                     .build = std::string(file.substr(build + 1))};
}

}  // namespace accord::conda
