#include "ecosystem/conda/notation.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/error.h"

namespace accord::conda {
namespace {

constexpr size_t kRangesWrittenMax = 3;
constexpr std::string_view kVirtualPrefix = "__";

struct LeftOutWords {
  std::string_view filter;    // for machines
  std::string_view sentence;  // what is said of an example
};

constexpr std::array<LeftOutWords, 3> kLeftOutWords = {
    {{"invalidVersion", "has a version that is none"},
     {"newer", "is too new (--exclude-newer)"},
     {"noUploadTime", "has no time, and --exclude-newer is set"}}};

// What versions a range of positions is, and whether it has all their records.
struct VersionRun {
  uint32_t first = 0;
  uint32_t last = 0;
  bool whole = false;
};

VersionRun RunOf(const Candidates& candidates, PositionRange range) {
  const uint32_t first = candidates.admitted()[range.first].version;
  const uint32_t last = candidates.admitted()[range.last].version;
  return {.first = first,
          .last = last,
          .whole = candidates.begin(first) == range.first &&
                   candidates.begin(last + 1) == range.last + 1};
}

}  // namespace

std::string CondaNotation::OfSet(VersionSetId id) const {
  const Universe& universe = builder_.universe();
  const VersionSet& set = universe.set(id);
  return std::string(set.text.valid() ? universe.Text(set.text) : universe.name(set.package));
}

std::string CondaNotation::GivenOf(PackageId package) const {
  const Universe& universe = builder_.universe();
  const std::string_view name = universe.name(package);
  if (!name.starts_with(kVirtualPrefix)) return {};
  const std::string_view meant = name.substr(kVirtualPrefix.size());
  if (!builder_.IsVirtual(package)) return Cat("the target has no ", meant);
  const auto one = std::ranges::find(request_.virtual_packages, name, &VirtualPackage::name);
  const bool says_build = !one->build.empty() && one->build != "0";
  return Cat("the target has ", meant, " ", one->version, says_build ? " " : "",
             says_build ? one->build : "");
}

std::string CondaNotation::OfRanges(PackageId package,
                                    std::span<const PositionRange> ranges) const {
  const Universe& universe = builder_.universe();
  const std::string_view name = universe.name(package);
  const Candidates* candidates = builder_.CandidatesOf(package);
  const Position last = universe.package(package).count - 1;
  if (candidates == nullptr || (ranges.front().first == 0 && ranges.front().last == last)) {
    return std::string(name);
  }
  std::string text;
  size_t written = 0;
  for (const PositionRange& range : ranges) {
    if (written == kRangesWrittenMax) {
      const uint32_t others = CountOf(ranges.subspan(written));
      return Cat(text, " or ", others, others == 1 ? " other record" : " other records");
    }
    if (written++ > 0) text += " or ";
    const VersionRun run = RunOf(*candidates, range);
    const std::string_view from = candidates->version_text(run.first);
    const std::string_view to = candidates->version_text(run.last);
    if (range.first == range.last && !run.whole) {
      text += Cat(name, " ",
                  universe.Text(universe.solvable(universe.at(package, range.first)).version));
      continue;
    }
    text += name;
    if (run.first == run.last) {
      text += Cat(" ", from);
    } else if (range.first == 0) {
      text += Cat(" <=", to);
    } else if (range.last == last) {
      text += Cat(" >=", from);
    } else {
      text += Cat(" >=", from, ",<=", to);
    }
    if (!run.whole) text += Cat(" (", CountOf({&range, 1}), " records)");
  }
  return text;
}

std::vector<FilteredVersions> LeftOutOf(const UniverseBuilder& builder, PackageId package,
                                        std::string_view specifier) {
  std::vector<FilteredVersions> all;
  const Candidates* candidates = builder.CandidatesOf(package);
  if (candidates == nullptr) return all;
  const std::string_view name = builder.universe().name(package);
  const auto add = [&](std::string_view filter, uint32_t count, std::string_view rest) {
    all.push_back({.filter = filter,
                   .count = count,
                   .sentence = Cat(name, ": ", count, count == 1 ? " record is" : " records are",
                                   " ", rest)});
  };
  std::map<NotAdmittedKind, std::pair<uint32_t, const NotAdmitted*>> by_kind;
  for (const NotAdmitted& one : candidates->not_admitted()) {
    auto& [count, last] = by_kind[one.kind];
    ++count;
    last = &one;
  }
  for (const auto& [kind, records] : by_kind) {
    const LeftOutWords& words = kLeftOutWords.at(static_cast<size_t>(kind));
    add(words.filter, records.first,
        Cat("left out, e.g. ", records.second->record, " ", words.sentence));
  }
  if (const std::optional<HiddenRecords> hidden = builder.HiddenOf(package, specifier)) {
    add("channelPriority", hidden->count,
        Cat("hidden, e.g. ", hidden->example, " of ", hidden->channel, ", as ", hidden->by,
            " has the name (--channel-priority strict)"));
  }
  return all;
}

std::vector<FilteredVersions> CondaNotation::LeftOutOf(VersionSetId id) const {
  return conda::LeftOutOf(builder_, builder_.universe().set(id).package, OfSet(id));
}

}  // namespace accord::conda
