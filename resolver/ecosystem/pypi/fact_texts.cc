#include "ecosystem/pypi/fact_texts.h"

#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/pieces.h"

namespace accord::pypi {

SpecifierTextId SpecifierTexts::Add(const SpecifierSet& set) {
  std::string text = set.Canonical();
  const auto [entry, is_new] = by_text_.try_emplace(text, entries_.NextId());
  if (is_new) entries_.Add({.set = set, .text = std::move(text)});
  return entry->second;
}

const Version& VersionTexts::operator[](uint32_t version) {
  uint32_t& number = numbers_[version];
  if (number == 0) {
    std::optional<Version> read = Version::TryParse(facts_.version(version));
    read_.push_back(read ? *std::move(read) : *Version::TryParse("0"));
    number = static_cast<uint32_t>(read_.size());
  }
  return read_[number - 1];
}

const std::string& FactTexts::NormalNameOf(std::string_view name) {
  const auto [entry, is_new] = names_.try_emplace(name);
  if (is_new) entry->second = NormalizeName(name);
  return entry->second;
}

const FactTexts::Middle& FactTexts::MiddleOf(std::string_view middle) {
  const auto [entry, is_new] = middles_.try_emplace(middle);
  if (!is_new) return entry->second;
  // What is no middle is not called plain; of facts that lie about it nothing is asked.
  if (const std::optional<Requirement> read = ReadMiddle(middle)) {
    entry->second = {.extras = read->NormalExtras(),
                     .specifiers = specifiers_.Add(read->specifiers)};
  } else {
    entry->second.specifiers = specifiers_.Add(SpecifierSet());
  }
  return entry->second;
}

const std::optional<Marker>& FactTexts::MarkerOf(std::string_view marker) {
  const auto [entry, is_new] = markers_.try_emplace(marker);
  if (is_new && !marker.empty()) entry->second = ReadMarkerPiece(marker);
  return entry->second;
}

const FactTexts::Whole& FactTexts::WholeOf(std::string_view text) {
  const auto [entry, is_new] = wholes_.try_emplace(text);
  Whole& whole = entry->second;
  if (!is_new) return whole;
  absl::StatusOr<LenientRequirement> lenient = ReadRequirementLeniently(text);
  if (!lenient.ok()) {
    whole.fault = std::string(Message(lenient.status()));
    return whole;
  }
  whole.repaired = std::move(lenient->repaired);
  Requirement& parsed = lenient->requirement;
  whole.name = parsed.NormalName();
  whole.middle = {.extras = parsed.NormalExtras(),
                  .specifiers = specifiers_.Add(parsed.specifiers)};
  whole.url = std::move(parsed.url);
  whole.marker = std::move(parsed.marker);
  return whole;
}

const std::optional<SpecifierSet>& FactTexts::PythonsOf(std::string_view requires_python) {
  const auto [entry, is_new] = pythons_.try_emplace(requires_python);
  if (is_new) {
    if (std::optional<LenientSpecifiers> read = ReadSpecifiersLeniently(requires_python)) {
      entry->second = std::move(read->set);
    }
  }
  return entry->second;
}

VersionTexts& FactTexts::VersionsOf(const metadata::PackageFacts& facts) {
  std::unique_ptr<VersionTexts>& versions = versions_[&facts];
  if (versions == nullptr) versions = std::make_unique<VersionTexts>(facts);
  return *versions;
}

}  // namespace accord::pypi
