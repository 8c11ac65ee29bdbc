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
  std::string_view because;
};

constexpr std::array<LeftOutWords, 3> kLeftOutWords = {
    {{"invalidVersion", "has a version that is none", ""},
     {"newer", "is too new", " (--exclude-newer)"},
     {"noUploadTime", "has no time", ", and --exclude-newer is set"}}};

// "1.0 h123_0": what is known of a record that is not admitted.
bool IsMeant(const MatchSpec& spec, std::string_view record) {
  const size_t blank = std::min(record.rfind(' '), record.size());
  const std::optional<Version> version = Version::TryParse(record.substr(0, blank));
  const std::string name = spec.name.Canonical();
  return spec.Matches({.name = name,
                       .version = version ? &*version : nullptr,
                       .build = record.substr(std::min(blank + 1, record.size()))});
}

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

std::vector<LeftOutRecords> LeftOutOf(const UniverseBuilder& builder, PackageId package,
                                      std::string_view specifier, Subdirs subdirs) {
  std::vector<LeftOutRecords> all;
  const Candidates* candidates = builder.CandidatesOf(package);
  const absl::StatusOr<MatchSpec> spec =
      MatchSpec::Parse(specifier, {.dialect = builder.dialect()});
  if (candidates == nullptr || !spec.ok()) return all;
  const auto add = [&](std::string_view filter, uint32_t count, std::string_view done,
                       const std::string& example, std::string_view because) {
    all.push_back(
        {.filter = filter,
         .count = count,
         .example = example,
         .sentence = Cat(specifier, ": ", count, count == 1 ? " record is" : " records are", " ",
                         done, ", e.g. ", example, because)});
  };
  std::map<NotAdmittedKind, std::pair<uint32_t, const NotAdmitted*>> by_kind;
  for (const NotAdmitted& one : candidates->not_admitted()) {
    if (!IsMeant(*spec, one.record)) continue;
    auto& [count, last] = by_kind[one.kind];
    ++count;
    last = &one;
  }
  for (const auto& [kind, records] : by_kind) {
    const LeftOutWords& words = kLeftOutWords.at(static_cast<size_t>(kind));
    add(words.filter, records.first, "left out", Cat(records.second->record, " ", words.sentence),
        words.because);
  }
  if (const std::optional<HiddenRecords> hidden = builder.HiddenOf(package, specifier)) {
    add("channelPriority", hidden->count, "hidden", Cat(hidden->example, " of ", hidden->channel),
        Cat(", as ", hidden->by, " has the name (--channel-priority strict)"));
  }
  if (subdirs == Subdirs::kOwn) return all;
  if (const std::optional<RecordsElsewhere> found = builder.ElsewhereOf(package, specifier)) {
    add("subdir", found->count, "of other subdirs", Cat(found->example, " of ", found->subdir),
        " (--subdir)");
  }
  return all;
}

std::vector<FilteredVersions> CondaNotation::LeftOutOf(VersionSetId id) const {
  std::vector<FilteredVersions> all;
  const PackageId package = builder_.universe().set(id).package;
  for (LeftOutRecords& one : conda::LeftOutOf(builder_, package, OfSet(id), Subdirs::kAll)) {
    all.push_back({.filter = one.filter, .count = one.count, .sentence = std::move(one.sentence)});
  }
  return all;
}

}  // namespace accord::conda
