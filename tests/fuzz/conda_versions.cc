// Up to three lines, each a version of conda's: texts, the order of each two and of all three, and
// the ranges of what begins with each.
#include <optional>
#include <vector>

#include "absl/hash/hash.h"
#include "ecosystem/conda/version.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using conda::Version;

void HoldTwo(const Version& a, const Version& b, Laws& laws) {
  const std::initializer_list<std::string_view> both = {a.Text(), b.Text()};
  const bool equal = a == b;
  laws.Hold((a < b) == (a.Key() < b.Key()) && equal == (a.Key() == b.Key()),
            "keys are in the versions' order", both);
  laws.Hold(equal || !a.Key().starts_with(b.Key()), "no key begins another", both);
  laws.Hold(!equal || absl::HashOf(a) == absl::HashOf(b), "equal versions, equal hashes", both);
  laws.Hold(!equal || a.StartsWith(b), "a version begins with its equals", both);
  const auto range = b.BeginningWithThis();
  laws.Hold(a.StartsWith(b) == range.Holds(a.Key()), "a range holds what begins with it", both);
  laws.Hold(!a.StartsWith(b) || b.BeginningWithStem().Holds(a.Key()),
            "what begins with a version begins with its stem", both);
}

}  // namespace

void CondaVersions(std::string_view input, Laws& laws) {
  std::vector<Version> versions;
  for (const std::string_view line : Lines(input, 3)) {
    const std::optional<Version> version = Version::TryParse(line);
    laws.Hold(version.has_value() == Version::Parse(line).ok(),
              "both ways to parse take the same texts", {line});
    if (!version) continue;
    const auto again = Version::TryParse(version->Text());
    laws.Hold(again && *again == *version && again->Text() == version->Text(),
              "a text is an equal version, and its own", {line});
    versions.push_back(*version);
  }
  for (const Version& a : versions) {
    for (const Version& b : versions) HoldTwo(a, b, laws);
  }
  if (versions.size() < 3) return;
  const Version& a = versions[0];
  const Version& b = versions[1];
  const Version& c = versions[2];
  laws.Hold(!(a <= b && b <= c) || a <= c, "the order is transitive",
            {a.Text(), b.Text(), c.Text()});
  laws.Hold(!(a < b && b < c && c.StartsWith(a)) || b.StartsWith(a),
            "what begins with a version lies together", {a.Text(), b.Text(), c.Text()});
}

}  // namespace accord::fuzz
