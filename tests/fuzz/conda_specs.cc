// One match specifier, read in each of conda's dialects: what is accepted says the same again in
// its canonical text, with and without a name, and so do its version specifier and condition.
#include "ecosystem/conda/condition.h"
#include "ecosystem/conda/match_spec.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using conda::Dialect;
using conda::MatchSpec;
using conda::MatchSpecRules;
using conda::VersionSpec;

const conda::ChannelBase& Base() {
  static const conda::ChannelBase base = {
      .url = "https://h.example", .directory = "/d", .home = "/h", .groups = {"defaults"}};
  return base;
}

void HoldVersion(const VersionSpec& spec, Dialect dialect, Laws& laws) {
  const auto again = VersionSpec::Parse(spec.Canonical(), dialect);
  laws.Hold(again.ok() && *again == spec, "a version specifier's canonical text is an equal one",
            {spec.Text(), spec.Canonical()});
  const auto written = VersionSpec::Parse(spec.Text(), dialect);
  laws.Hold(written.ok() && *written == spec, "a version specifier's text is an equal one",
            {spec.Text(), spec.Canonical()});
  for (const conda::VersionClause& clause : spec.clauses()) {
    const auto range = clause.range();
    if (!range || clause.version() == nullptr) continue;
    const bool holds = range->range.Holds(clause.version()->Key());
    laws.Hold((holds != range->outside) == clause.Matches(*clause.version()),
              "a range says what the clause says", {clause.Text()});
  }
}

void HoldSpec(std::string_view text, const MatchSpec& spec, const MatchSpecRules& rules,
              Laws& laws) {
  const std::string canonical = spec.Canonical();
  const auto again = MatchSpec::Parse(canonical, rules);
  laws.Hold(again.ok() && again->Canonical() == canonical, "a canonical text is its own",
            {text, canonical});
  laws.Hold(spec.is_file || (again.ok() && *again == spec),
            "a canonical text is an equal specifier", {text, canonical});
  if (spec.version) HoldVersion(*spec.version, rules.dialect, laws);
  if (spec.when != nullptr) {
    const auto condition = conda::Condition::Parse(spec.when->Canonical(), rules);
    laws.Hold(condition.ok() && condition->Canonical() == spec.when->Canonical(),
              "a condition's canonical text is its own", {spec.when->Canonical()});
  }
  if (again.ok() && !spec.is_file) {
    const std::string_view words[] = {"a", "b"};
    const auto version = conda::Version::TryParse("1.2");
    const conda::MatchedRecord record = {.name = "foo",
                                         .version = &*version,
                                         .build = "py39_0",
                                         .subdir = "linux-64",
                                         .track_features = words,
                                         .flags = words};
    laws.Hold(again->Matches(record) == spec.Matches(record), "equal specifiers match the same",
              {text, canonical});
  }
}

}  // namespace

void CondaSpecs(std::string_view input, Laws& laws) {
  for (const Dialect dialect : {Dialect::kCep, Dialect::kConda, Dialect::kLibmamba}) {
    const MatchSpecRules rules = {.dialect = dialect, .channels = &Base()};
    const auto spec = MatchSpec::Parse(input, rules);
    if (spec.ok()) HoldSpec(input, *spec, rules, laws);
    const auto nameless = MatchSpec::ParseNameless(input, rules);
    if (nameless.ok()) HoldSpec(input, *nameless, rules, laws);
  }
}

}  // namespace accord::fuzz
