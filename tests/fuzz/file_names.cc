// The file names of wheels and sdists: written in normal form they are read as the same, and a
// wheel's tags are the product of its lists.
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::FileKind;
using pypi::SdistName;
using pypi::SupportedTags;
using pypi::TagSet;
using pypi::WheelName;

// '-' separates the parts of a wheel's name, so the project's own are written '_'.
std::string NormalFile(const WheelName& wheel) {
  std::string name = wheel.name;
  std::replace(name.begin(), name.end(), '-', '_');
  const std::string build = wheel.build ? Cat("-", wheel.build->Text()) : "";
  return Cat(name, "-", wheel.version.Text(), build, "-", wheel.tags.Text(), ".whl");
}

void HoldTags(const TagSet& tags, Laws& laws) {
  const std::vector<std::string> expanded = tags.Expanded();
  laws.Hold(!expanded.empty() && expanded.size() <= pypi::kTagsOfOneFileMax,
            "a wheel has a tag, and not too many", {tags.Text()});
  laws.Hold(std::is_sorted(expanded.begin(), expanded.end()) &&
                std::adjacent_find(expanded.begin(), expanded.end()) == expanded.end(),
            "tags are sorted, each once", {tags.Text()});
  const auto all = SupportedTags::Make(expanded);
  laws.Hold(all.ok() && all->RankOf(tags) == 0U, "all of its tags fit best", {tags.Text()});
  const auto last = SupportedTags::Make(std::span(expanded).last(1));
  laws.Hold(last.ok() && last->RankOf(tags) == 0U, "one of its tags fits", {tags.Text()});
  const std::vector<std::string> other = {"none-of-these"};
  const bool is_other = std::find(expanded.begin(), expanded.end(), other[0]) != expanded.end();
  const auto others = SupportedTags::Make(other);
  laws.Hold(others.ok() && others->RankOf(tags).has_value() == is_other,
            "a tag that it has not does not fit", {tags.Text()});
}

void HoldWheel(std::string_view file, const WheelName& wheel, Laws& laws) {
  laws.Hold(pypi::KindOfFile(file) == FileKind::kWheel, "a wheel is of its kind", {file});
  const std::string normal = NormalFile(wheel);
  const auto again = WheelName::Parse(normal);
  laws.Hold(again.ok() && again->name == wheel.name && again->version == wheel.version &&
                again->build == wheel.build && again->tags == wheel.tags,
            "a wheel's normal name is read as the same", {file, normal});
  HoldTags(wheel.tags, laws);
}

void HoldSdist(std::string_view file, const SdistName& sdist, Laws& laws) {
  laws.Hold(pypi::KindOfFile(file) == FileKind::kSdist, "an sdist is of its kind", {file});
  const std::string normal = Cat(sdist.name, "-", sdist.version.Text(), ".tar.gz");
  const auto again = SdistName::Parse(normal);
  laws.Hold(again.ok() && again->name == sdist.name && again->version == sdist.version,
            "an sdist's normal name is read as the same", {file, normal});
}

}  // namespace

void FileNames(std::string_view input, Laws& laws) {
  if (input.size() * 2 > pypi::kFileNameBytesMax) return;  // a normal form may be longer
  const auto wheel = WheelName::Parse(input);
  const auto sdist = SdistName::Parse(input);
  laws.Hold(!wheel.ok() || !sdist.ok(), "a file is a wheel or an sdist", {input});
  if (wheel.ok()) HoldWheel(input, *wheel, laws);
  if (sdist.ok()) HoldSdist(input, *sdist, laws);
}

}  // namespace accord::fuzz
