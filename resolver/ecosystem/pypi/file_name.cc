// Wheel names (PEP 427, 491) and sdist names (PEP 625), held to what `packaging` takes.
#include "ecosystem/pypi/file_name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr std::string_view kWheelSuffix = ".whl";
constexpr std::array<std::string_view, 2> kSdistSuffixes = {".tar.gz", ".zip"};
constexpr std::array<std::string_view, 3> kOldSdistSuffixes = {".tar.bz2", ".tgz", ".tar.xz"};

constexpr size_t kPartsWithoutBuild = 5;
constexpr size_t kPartsWithBuild = 6;

// '-' became '_' when the name was put into a file name. Letters beyond ASCII are let through.
bool IsWheelProject(std::string_view part) {
  if (part.empty() || part.find("__") != std::string_view::npos) return false;
  return std::all_of(part.begin(), part.end(), [](char c) {
    return IsAlphanumeric(c) || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

absl::StatusOr<BuildTag> ParseBuild(std::string_view part) {
  const size_t end =
      static_cast<size_t>(std::find_if_not(part.begin(), part.end(), IsDigit) - part.begin());
  if (end == 0) {
    return InvalidInput(Cat("build tag ", Quoted(part)), "expected a digit first");
  }
  const size_t begin = std::min(part.find_first_not_of('0'), end - 1);
  return BuildTag{.number = std::string(part.substr(begin, end - begin)),
                  .rest = std::string(part.substr(end))};
}

absl::Status TooLong(std::string_view place, size_t bytes) {
  return LimitReached(place, Cat("at most ", kFileNameBytesMax, " bytes, found ", bytes));
}

// At most one more part than a wheel has.
std::vector<std::string_view> SplitAtHyphens(std::string_view text) {
  std::vector<std::string_view> parts;
  while (parts.size() < kPartsWithBuild) {
    const size_t hyphen = text.find('-');
    parts.push_back(text.substr(0, hyphen));
    if (hyphen == std::string_view::npos) return parts;
    text.remove_prefix(hyphen + 1);
  }
  parts.push_back(text);
  return parts;
}

}  // namespace

std::strong_ordering operator<=>(const BuildTag& a, const BuildTag& b) {
  if (a.number.size() != b.number.size()) return a.number.size() <=> b.number.size();
  if (a.number != b.number) return a.number <=> b.number;
  return a.rest <=> b.rest;
}

absl::StatusOr<WheelName> WheelName::Parse(std::string_view file) {
  const std::string place = Cat("wheel ", Quoted(file));
  if (file.size() > kFileNameBytesMax) return TooLong(place, file.size());
  if (!file.ends_with(kWheelSuffix)) return InvalidInput(place, "expected .whl at the end");
  const std::string_view stem = file.substr(0, file.size() - kWheelSuffix.size());
  const std::vector<std::string_view> parts = SplitAtHyphens(stem);
  if (parts.size() != kPartsWithoutBuild && parts.size() != kPartsWithBuild) {
    return InvalidInput(place, "expected name-version-python-abi-platform.whl");
  }
  if (!IsWheelProject(parts[0])) {
    return InvalidInput(place, Cat(Quoted(parts[0]), " is no project name"));
  }
  absl::StatusOr<Version> version = Version::Parse(parts[1]);
  if (!version.ok()) return At(place, version.status());
  std::optional<BuildTag> build;
  if (parts.size() == kPartsWithBuild) {
    absl::StatusOr<BuildTag> parsed = ParseBuild(parts[2]);
    if (!parsed.ok()) return At(place, parsed.status());
    build = *std::move(parsed);
  }
  const std::string_view python = parts[parts.size() - 3];
  absl::StatusOr<TagSet> tags =
      TagSet::Parse(stem.substr(static_cast<size_t>(python.data() - stem.data())));
  if (!tags.ok()) return At(place, tags.status());
  return WheelName{.name = NormalizeName(parts[0]),
                   .version = *std::move(version),
                   .build = std::move(build),
                   .tags = *std::move(tags)};
}

absl::StatusOr<SdistName> SdistName::Parse(std::string_view file) {
  const std::string place = Cat("sdist ", Quoted(file));
  if (file.size() > kFileNameBytesMax) return TooLong(place, file.size());
  const auto* const suffix =
      std::find_if(kSdistSuffixes.begin(), kSdistSuffixes.end(),
                   [&](std::string_view each) { return file.ends_with(each); });
  if (suffix == kSdistSuffixes.end()) {
    return InvalidInput(place, "expected .tar.gz or .zip at the end");
  }
  const std::string_view stem = file.substr(0, file.size() - suffix->size());
  const size_t hyphen = stem.rfind('-');
  if (hyphen == std::string_view::npos || hyphen == 0) {
    return InvalidInput(place, "expected a name, '-' and a version");
  }
  absl::StatusOr<Version> version = Version::Parse(stem.substr(hyphen + 1));
  if (!version.ok()) return At(place, version.status());
  return SdistName{.name = NormalizeName(stem.substr(0, hyphen)), .version = *std::move(version)};
}

FileKind KindOfFile(std::string_view file) {
  const auto ends = [&](std::string_view suffix) { return file.ends_with(suffix); };
  if (ends(kWheelSuffix)) return FileKind::kWheel;
  if (std::any_of(kSdistSuffixes.begin(), kSdistSuffixes.end(), ends) ||
      std::any_of(kOldSdistSuffixes.begin(), kOldSdistSuffixes.end(), ends)) {
    return FileKind::kSdist;
  }
  return FileKind::kOther;
}

}  // namespace accord::pypi
