#include "ecosystem/pypi/grammar.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/pieces.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/version.h"

namespace accord::pypi {
namespace {

using metadata::RequirementCut;
using metadata::VersionOrder;
using metadata::VersionRecord;

// Whether the marker holds or not in every environment: no comparison that only some values give a
// meaning to.
bool AlwaysHasMeaning(const MarkerNode& node) {
  if (!node.comparison) {
    return std::all_of(node.children.begin(), node.children.end(), AlwaysHasMeaning);
  }
  const MarkerComparison& comparison = *node.comparison;
  if (comparison.op == MarkerOperator::kCompatible || comparison.op == MarkerOperator::kArbitrary) {
    return false;
  }
  const auto is_single = [](const std::optional<MarkerVariable>& variable) {
    return variable && *variable != MarkerVariable::kExtras &&
           *variable != MarkerVariable::kDependencyGroups;
  };
  const auto& left = comparison.left.variable;
  const auto& right = comparison.right.variable;
  return left ? is_single(left) && (!right || is_single(right)) : is_single(right);
}

// The same said by the pieces alone.
bool SaysTheSame(const Requirement& whole, const RequirementCut& cut) {
  const std::optional<Requirement> middle = ReadMiddle(cut.middle);
  if (!middle || middle->specifiers != whole.specifiers ||
      middle->NormalExtras() != whole.NormalExtras()) {
    return false;
  }
  if (!whole.marker) return cut.marker.empty();
  const std::optional<Marker> marker = ReadMarkerPiece(cut.marker);
  return marker && *marker == *whole.marker && AlwaysHasMeaning(marker->root());
}

}  // namespace

VersionOrder PypiGrammar::Order(std::span<const VersionRecord> versions) const {
  VersionOrder order;
  std::vector<std::pair<Version, uint32_t>> read;
  for (uint32_t i = 0; i < versions.size(); ++i) {
    if (std::optional<Version> version = Version::TryParse(versions[i].version)) {
      read.emplace_back(*std::move(version), i);
    } else {
      order.others.push_back(i);
    }
  }
  const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
  if (!std::is_sorted(read.begin(), read.end(), before)) {
    std::stable_sort(read.begin(), read.end(), before);
  }
  for (size_t i = 0; i < read.size(); ++i) {
    if (i > 0 && read[i].first == read[i - 1].first) {
      order.others.push_back(read[i].second);
      continue;
    }
    order.ordered.push_back(read[i].second);
    order.prerelease.push_back(read[i].first.is_prerelease());
  }
  std::sort(order.others.begin(), order.others.end());
  return order;
}

RequirementCut PypiGrammar::CutRequirement(std::string_view text) const {
  const RequirementCut whole{.name = text, .middle = {}, .marker = {}, .plain = false};
  const absl::StatusOr<LenientRequirement> read = ReadRequirementLeniently(text);
  if (!read.ok() || !read->repaired.empty() || !read->requirement.url.empty()) return whole;
  const std::string& name = read->requirement.name;
  if (!text.starts_with(name)) return whole;
  RequirementCut cut{
      .name = text.substr(0, name.size()), .middle = {}, .marker = {}, .plain = true};
  const std::string_view rest = text.substr(name.size());
  size_t end = std::min(rest.find(';'), rest.size());
  while (end > 0 && rest[end - 1] == ' ') --end;
  cut.middle = rest.substr(0, end);
  cut.marker = rest.substr(end);
  return SaysTheSame(read->requirement, cut) ? cut : whole;
}

size_t PypiGrammar::CutFileName(std::string_view name) const {
  constexpr std::string_view kWheel = ".whl";
  if (name.ends_with(kWheel)) {
    size_t cut = name.size() - kWheel.size();
    for (int tags = 0; tags < 3; ++tags) {  // python-abi-platform
      cut = cut == 0 ? std::string_view::npos : name.rfind('-', cut - 1);
      if (cut == std::string_view::npos) return name.size();
    }
    return cut;
  }
  for (const std::string_view sdist : {".tar.gz", ".zip"}) {
    if (name.ends_with(sdist)) return name.size() - sdist.size();
  }
  return name.size();
}

}  // namespace accord::pypi
