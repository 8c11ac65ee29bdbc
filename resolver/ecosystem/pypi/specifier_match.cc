// Which versions a specifier admits. The comparisons are PEP 440's as `packaging` reads them today;
// V is the specifier's version, v the candidate.
#include "base/check.h"
#include "ecosystem/pypi/specifier.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

// == without a local part looks away from v's; with one it compares it.
bool MatchesEqual(const Version& wanted, const Version& v) {
  return wanted.is_local() ? wanted == v : wanted.SamePublic(v);
}

// >V skips V+local always, and V.postN unless V is a post-release itself: "after 1.0" starts after
// all that 1.0 became. A dev release has no posts of its own.
bool MatchesGreater(const Version& wanted, const Version& v) {
  if (v <= wanted) return false;
  if (wanted.is_postrelease() || wanted.is_devrelease()) return !wanted.SamePublic(v);
  return !wanted.SameStem(v);
}

}  // namespace

bool Matches(const Specifier& specifier, const Version& v) {
  switch (specifier.op_) {
    case SpecifierOperator::kCompatible:
      return v >= *specifier.version_ && specifier.prefix_.Matches(v);
    case SpecifierOperator::kEqual:
      return MatchesEqual(*specifier.version_, v);
    case SpecifierOperator::kEqualPrefix:
      return specifier.prefix_.Matches(v);
    case SpecifierOperator::kNotEqual:
      return !MatchesEqual(*specifier.version_, v);
    case SpecifierOperator::kNotEqualPrefix:
      return !specifier.prefix_.Matches(v);
    case SpecifierOperator::kLessEqual:  // V+local counts as V
      return v <= *specifier.version_ || specifier.version_->SamePublic(v);
    case SpecifierOperator::kGreaterEqual:
      return v >= *specifier.version_;
    case SpecifierOperator::kLess:
      return v < *specifier.below_;
    case SpecifierOperator::kGreater:
      return MatchesGreater(*specifier.version_, v);
    case SpecifierOperator::kArbitrary:
      return EqualIgnoringCase(specifier.ArbitraryText(), v.Text());
  }
  ACCORD_CHECK(false);
  return false;
}

}  // namespace accord::pypi
