// Sets of specifiers: their text, what they admit, and the fallback to pre-releases.
#include "ecosystem/pypi/specifier_set.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

std::string Join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    if (!joined.empty()) joined.push_back(',');
    joined += text;
  }
  return joined;
}

bool AllMatch(std::span<const Specifier> specifiers, const Candidate& candidate) {
  return std::all_of(specifiers.begin(), specifiers.end(),
                     [&](const Specifier& s) { return Matches(s, candidate); });
}

}  // namespace

bool Matches(const Specifier& specifier, const Candidate& candidate) {
  if (specifier.op() == SpecifierOperator::kArbitrary) {
    return EqualIgnoringCase(specifier.ArbitraryText(), candidate.text());
  }
  return candidate.version() != nullptr && Matches(specifier, *candidate.version());
}

bool Matches(const SpecifierSet& set, const Version& version) {
  const std::span<const Specifier> all = set.specifiers();
  return std::all_of(all.begin(), all.end(),
                     [&](const Specifier& s) { return Matches(s, version); });
}

// Most have one specifier or two: std::stable_sort takes memory for a single one too.
SpecifierSet::SpecifierSet(std::vector<Specifier> specifiers) : specifiers_(std::move(specifiers)) {
  const auto before = [](const Specifier& a, const Specifier& b) { return a.Text() < b.Text(); };
  if (std::is_sorted(specifiers_.begin(), specifiers_.end(), before)) return;
  if (specifiers_.size() == 2) {
    std::swap(specifiers_.front(), specifiers_.back());
    return;
  }
  std::stable_sort(specifiers_.begin(), specifiers_.end(), before);
}

absl::StatusOr<SpecifierSet> SpecifierSet::Parse(std::string_view text) {
  if (text.size() > kSpecifierSetBytesMax) {
    return LimitReached(
        Cat("specifiers ", Quoted(text, 40)),
        Cat("at most ", kSpecifierSetBytesMax, " bytes are read, it has ", text.size()));
  }
  std::vector<Specifier> specifiers;
  specifiers.reserve(1 + static_cast<size_t>(std::ranges::count(text, ',')));
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    if (!StripSpace(part).empty()) {
      absl::StatusOr<Specifier> specifier = Specifier::Parse(part);
      if (!specifier.ok()) {
        return At(Cat("specifiers ", Quoted(text), " at byte ", begin), specifier.status());
      }
      specifiers.push_back(*std::move(specifier));
    }
    begin = end + 1;
  }
  return SpecifierSet(std::move(specifiers));
}

std::string SpecifierSet::Text() const {
  // Equal ones need not be neighbours: "==1.0" and "==1.0.0" may have "==1.0.*" between them.
  absl::flat_hash_set<std::string> seen;
  std::vector<std::string> texts;
  for (const Specifier& specifier : specifiers_) {
    if (seen.insert(specifier.Canonical()).second) texts.push_back(specifier.Text());
  }
  return Join(texts);
}

std::string SpecifierSet::Canonical() const {
  std::vector<std::string> texts;
  for (const Specifier& specifier : specifiers_) texts.push_back(specifier.Canonical());
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return Join(texts);
}

bool SpecifierSet::NamesPrerelease() const {
  return std::any_of(specifiers_.begin(), specifiers_.end(),
                     [](const Specifier& s) { return s.NamesPrerelease(); });
}

Prereleases SpecifierSet::Resolve(Prereleases asked) const {
  if (asked != Prereleases::kDefault) return asked;
  return NamesPrerelease() ? Prereleases::kAllow : Prereleases::kDefault;
}

bool SpecifierSet::Contains(const Candidate& candidate, Prereleases asked) const {
  if (Resolve(asked) == Prereleases::kDisallow && candidate.is_prerelease()) return false;
  return AllMatch(specifiers_, candidate);
}

std::vector<size_t> SpecifierSet::Filter(std::span<const Candidate> candidates,
                                         Prereleases asked) const {
  std::vector<size_t> admitted;
  bool final_fits = false;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (!AllMatch(specifiers_, candidates[i])) continue;
    admitted.push_back(i);
    final_fits |= candidates[i].version() != nullptr && !candidates[i].is_prerelease();
  }
  const Prereleases policy = Resolve(asked);
  if (policy == Prereleases::kDisallow || (policy == Prereleases::kDefault && final_fits)) {
    std::erase_if(admitted, [&](size_t i) { return candidates[i].is_prerelease(); });
  }
  return admitted;
}

}  // namespace accord::pypi
