#include "check/pypi_needs.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"

namespace accord::check {
namespace {

constexpr std::string_view kBlanks = " \t";

bool IsSeparator(char c) { return c == '-' || c == '_' || c == '.'; }

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         IsSeparator(c);
}

std::string_view WithoutBlanksBefore(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

}  // namespace

absl::StatusOr<Need> NeedReader::Read(std::string text) {
  Need need{.text = std::move(text)};
  if (ReadParts(need)) return need;
  absl::StatusOr<pypi::LenientRequirement> read = pypi::ReadRequirementLeniently(need.text);
  if (!read.ok()) return read.status();
  pypi::Requirement& whole = read->requirement;
  need.name = std::move(whole.name);
  need.extras = std::move(whole.extras);
  need.specifiers = &sets_.emplace_back(std::move(whole.specifiers));
  need.url = std::move(whole.url);
  need.marker = whole.marker ? Keep(*std::move(whole.marker)) : nullptr;
  return need;
}

// A name, specifiers and perhaps a marker behind the first ';'. False, and nothing of it is true
// yet, of all other texts: those with extras or a URL, and those that cannot be read so.
bool NeedReader::ReadParts(Need& need) {
  const std::string_view text = need.text;
  if (text.size() > pypi::kRequirementBytesMax) return false;
  const size_t semicolon = std::min(text.find(';'), text.size());
  const std::string_view head = WithoutBlanksBefore(text.substr(0, semicolon));
  const std::string_view name = head.substr(
      0, static_cast<size_t>(std::ranges::find_if_not(head, IsNameByte) - head.begin()));
  const std::string_view behind = WithoutBlanksBefore(head.substr(name.size()));
  if (behind.starts_with('[') || behind.starts_with('@')) return false;
  if (name.empty() || IsSeparator(name.front()) || IsSeparator(name.back())) return false;
  need.specifiers = SpecifiersIn(behind);
  if (need.specifiers == nullptr) return false;
  if (semicolon < text.size()) {
    need.marker = MarkerIn(text.substr(semicolon + 1));
    if (need.marker == nullptr) return false;
  }
  need.name = name;
  return true;
}

// As a requirement has them: in parentheses or not, with a comma at the end or not.
const pypi::SpecifierSet* NeedReader::SpecifiersIn(std::string_view text) {
  if (const auto known = set_of_.find(text); known != set_of_.end()) return known->second;
  absl::StatusOr<pypi::Requirement> parsed = pypi::Requirement::Parse(Cat("any ", text));
  const pypi::SpecifierSet* set =
      parsed.ok() ? &sets_.emplace_back(std::move(parsed->specifiers)) : nullptr;
  set_of_.emplace(text, set);
  return set;
}

const NeedMarker* NeedReader::MarkerIn(std::string_view text) {
  if (const auto known = marker_of_.find(text); known != marker_of_.end()) return known->second;
  absl::StatusOr<pypi::Marker> parsed = pypi::Marker::Parse(text);
  const NeedMarker* marker = parsed.ok() ? Keep(*std::move(parsed)) : nullptr;
  marker_of_.emplace(text, marker);
  return marker;
}

const NeedMarker* NeedReader::Keep(pypi::Marker marker) {
  absl::StatusOr<bool> holds = marker.Evaluate(environment_, {});
  return &markers_.emplace_back(std::move(marker), std::move(holds));
}

}  // namespace accord::check
