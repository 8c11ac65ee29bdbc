// The first line is a set of specifiers, the others are versions: texts, what each operator means
// in words of the others, and that the versions admitted stand beside each other in their order.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/specifier_set.h"
#include "model/positions.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::Candidate;
using pypi::Prereleases;
using pypi::Specifier;
using pypi::SpecifierOperator;
using pypi::SpecifierSet;
using pypi::Version;

void HoldTexts(const SpecifierSet& set, Laws& laws) {
  const auto again = SpecifierSet::Parse(set.Text());
  laws.Hold(again.ok() && *again == set && again->Text() == set.Text(),
            "a set's text is an equal set", {set.Text()});
  const auto canonical = SpecifierSet::Parse(set.Canonical());
  laws.Hold(canonical.ok() && canonical->Canonical() == set.Canonical(),
            "a canonical text is its own", {set.Canonical()});
}

// Whether the specifier OP TEXT admits the version; nothing if there is no such specifier.
std::optional<bool> Admits(std::string_view op, std::string_view text, const Version& version) {
  const auto specifier = Specifier::TryParse(Cat(op, text));
  if (!specifier) return std::nullopt;
  return Matches(*specifier, version);
}

// What `~=` compares as a prefix: "1.2.*" of "1.2.3rc1".
std::string PrefixOfCompatible(const Version& version) {
  const std::string_view text = version.Text();
  const size_t bang = text.find('!');
  const size_t begin = bang == std::string_view::npos ? 0 : bang + 1;
  size_t end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
  if (text[end - 1] == '.') --end;
  return Cat(text.substr(0, text.rfind('.', end - 1)), ".*");
}

void HoldOperators(const Specifier& specifier, const Version& version, Laws& laws) {
  const bool admits = Matches(specifier, version);
  const std::initializer_list<std::string_view> both = {specifier.Text(), version.Text()};
  const std::string_view operand = std::string_view(specifier.Text()).substr(2);
  switch (specifier.op()) {
    case SpecifierOperator::kEqual:
    case SpecifierOperator::kEqualPrefix:
      laws.Hold(Admits("!=", operand, version) == !admits, "!= is what == is not", both);
      break;
    case SpecifierOperator::kNotEqual:
    case SpecifierOperator::kNotEqualPrefix:
      laws.Hold(Admits("==", operand, version) == !admits, "== is what != is not", both);
      break;
    case SpecifierOperator::kCompatible: {
      const std::string prefix = PrefixOfCompatible(*specifier.version());
      laws.Hold(admits == (Admits(">=", operand, version).value_or(false) &&
                           Admits("==", prefix, version).value_or(false)),
                "~= is >= and a prefix", both);
      break;
    }
    case SpecifierOperator::kLessEqual:
      laws.Hold(admits == (version < *specifier.version() ||
                           Admits("==", operand, version).value_or(false)),
                "<= is below or ==", both);
      break;
    case SpecifierOperator::kGreaterEqual:
      laws.Hold(admits == (version >= *specifier.version()), ">= is the order", both);
      break;
    case SpecifierOperator::kLess:
      laws.Hold(!admits || version < *specifier.version(), "< is below", both);
      break;
    case SpecifierOperator::kGreater:
      laws.Hold(!admits || version > *specifier.version(), "> is above", both);
      break;
    case SpecifierOperator::kArbitrary:
      laws.Hold(!admits || Admits("==", operand.substr(1), version).value_or(false),
                "=== of a version is == too", both);
      break;
  }
}

// The positions that a specifier admits, of versions in order.
std::vector<PositionRange> RangesOf(const Specifier& specifier,
                                    const std::vector<Version>& sorted) {
  PositionCollector collector;
  for (Position i = 0; i < sorted.size(); ++i) {
    if (Matches(specifier, sorted[i])) collector.Add(i);
  }
  return collector.ranges();
}

// Every operator is one interval of the order, or the complement of one: what positions.h and the
// sentences of explanations rest on. === is about spellings, but a normal form has one.
void HoldIntervals(const SpecifierSet& set, const std::vector<Version>& sorted, Laws& laws) {
  const auto count = static_cast<uint32_t>(sorted.size());
  for (const Specifier& specifier : set.specifiers()) {
    std::vector<PositionRange> ranges = RangesOf(specifier, sorted);
    const bool excludes = specifier.op() == SpecifierOperator::kNotEqual ||
                          specifier.op() == SpecifierOperator::kNotEqualPrefix;
    if (excludes) ranges = Complement(ranges, count);
    laws.Hold(ranges.size() <= 1, "a specifier is an interval", {specifier.Text()});
  }
  for (Position i = 0; i < count; ++i) {
    const bool in_all =
        std::all_of(set.specifiers().begin(), set.specifiers().end(),
                    [&](const Specifier& each) { return Contains(RangesOf(each, sorted), i); });
    laws.Hold(in_all == Matches(set, sorted[i]), "a set is the intersection of its intervals",
              {set.Text(), sorted[i].Text()});
  }
}

// Contains asks of one version what Filter asks of a list.
void HoldPolicies(const SpecifierSet& set, const std::vector<Candidate>& candidates, Laws& laws) {
  for (const auto asked : {Prereleases::kDefault, Prereleases::kAllow, Prereleases::kDisallow}) {
    const std::vector<size_t> kept = set.Filter(candidates, asked);
    laws.Hold(std::is_sorted(kept.begin(), kept.end()), "a filter keeps the order", {set.Text()});
    for (const size_t i : kept) {
      laws.Hold(set.Contains(candidates[i], asked), "what a list keeps is contained",
                {set.Text(), candidates[i].text()});
    }
  }
  for (const Candidate& candidate : candidates) {
    const std::vector<Candidate> alone = {candidate};
    laws.Hold(set.Filter(alone, Prereleases::kDefault).empty() !=
                  set.Contains(candidate, Prereleases::kDefault),
              "one version is a list of one", {set.Text(), candidate.text()});
  }
}

}  // namespace

void Specifiers(std::string_view input, Laws& laws) {
  const std::vector<std::string_view> lines = Lines(input, 12);
  const auto lenient = pypi::ReadSpecifiersLeniently(lines[0]);
  const auto set = SpecifierSet::Parse(lines[0]);
  laws.Hold(!set.ok() || lenient, "what can be read can be read leniently", {lines[0]});
  if (lenient && lenient->repaired) {
    const auto repaired = SpecifierSet::Parse(lenient->text);
    laws.Hold(repaired.ok() && *repaired == lenient->set, "a repair is readable", {lenient->text});
  }
  if (!set.ok()) return;
  HoldTexts(*set, laws);
  std::vector<Candidate> candidates;
  std::vector<Version> versions;
  for (size_t i = 1; i < lines.size(); ++i) {
    candidates.emplace_back(lines[i]);
    if (const Version* version = candidates.back().version()) versions.push_back(*version);
  }
  std::sort(versions.begin(), versions.end());
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  for (const Specifier& specifier : set->specifiers()) {
    for (const Version& version : versions) HoldOperators(specifier, version, laws);
  }
  HoldIntervals(*set, versions, laws);
  HoldPolicies(*set, candidates, laws);
}

}  // namespace accord::fuzz
