// Up to three lines, each a version: normal forms, and the order of each two and of all three.
#include <optional>
#include <vector>

#include "absl/hash/hash.h"
#include "ecosystem/pypi/version.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/version_key.h"

namespace accord::fuzz {
namespace {

using pypi::Version;

void HoldTexts(std::string_view text, const Version& version, Laws& laws) {
  const auto again = Version::TryParse(version.Text());
  laws.Hold(again && *again == version, "a normal form is an equal version", {text});
  laws.Hold(again && again->Text() == version.Text(), "a normal form is its own", {text});
  const auto canonical = Version::TryParse(version.Canonical());
  laws.Hold(canonical && *canonical == version, "a canonical text is an equal version", {text});
  laws.Hold(canonical && canonical->Canonical() == version.Canonical(),
            "a canonical text is its own", {text});
  laws.Hold(again && again->is_prerelease() == version.is_prerelease() &&
                again->is_postrelease() == version.is_postrelease() &&
                again->is_devrelease() == version.is_devrelease() &&
                again->is_local() == version.is_local(),
            "a normal form has the same parts", {text});
}

void HoldOrder(const Version& a, const Version& b, Laws& laws) {
  const std::initializer_list<std::string_view> both = {a.Text(), b.Text()};
  const auto order = a <=> b;
  laws.Hold(order == (KeyOf(a.Text()) <=> KeyOf(b.Text())), "the order is PEP 440's", both);
  laws.Hold((order < 0) == ((b <=> a) > 0) && (order == 0) == ((b <=> a) == 0),
            "the order is antisymmetric", both);
  laws.Hold((order == 0) == (a.Canonical() == b.Canonical()),
            "equal versions have equal canonical texts", both);
  if (order == 0) {
    laws.Hold(absl::HashOf(a) == absl::HashOf(b), "equal versions have equal hashes", both);
    laws.Hold(a.SamePublic(b) && a.SameStem(b), "equal versions have equal beginnings", both);
  }
  laws.Hold(!a.SamePublic(b) || a.SameStem(b), "one public version, one stem", both);
  laws.Hold(a.SamePublic(b) == b.SamePublic(a) && a.SameStem(b) == b.SameStem(a),
            "sameness is symmetric", both);
}

}  // namespace

void Versions(std::string_view input, Laws& laws) {
  std::vector<Version> versions;
  for (const std::string_view line : Lines(input, 3)) {
    std::optional<Version> version = Version::TryParse(line);
    laws.Hold(version.has_value() == Version::Parse(line).ok(),
              "both ways to parse take the same texts", {line});
    if (!version) continue;
    HoldTexts(line, *version, laws);
    versions.push_back(*std::move(version));
  }
  for (size_t i = 0; i < versions.size(); ++i) {
    for (size_t j = i; j < versions.size(); ++j) HoldOrder(versions[i], versions[j], laws);
  }
  if (versions.size() < 3) return;
  const Version& a = versions[0];
  const Version& b = versions[1];
  const Version& c = versions[2];
  laws.Hold(!(a <= b && b <= c) || a <= c, "the order is transitive",
            {a.Text(), b.Text(), c.Text()});
  laws.Hold(!(a >= b && b >= c) || a >= c, "the order is transitive downwards",
            {a.Text(), b.Text(), c.Text()});
}

}  // namespace accord::fuzz
