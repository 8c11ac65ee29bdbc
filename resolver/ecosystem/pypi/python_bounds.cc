#include "ecosystem/pypi/python_bounds.h"

#include <algorithm>

#include "base/check.h"

namespace accord::pypi {
namespace {

// The version behind the operator, with which the specifier begins.
bool IsAtLeast(const Specifier& specifier, const Version& version) {
  std::string_view text = specifier.Text();
  text.remove_prefix(2);  // "==" or "~="
  if (text.ends_with(".*")) text.remove_suffix(2);
  const std::optional<Version> lower = Version::TryParse(text);
  return !lower || version >= *lower;
}

bool LowerBoundAdmits(const Specifier& specifier, const Version& version) {
  switch (specifier.op()) {
    case SpecifierOperator::kGreaterEqual:
    case SpecifierOperator::kGreater:
    case SpecifierOperator::kArbitrary:
      return Matches(specifier, version);
    case SpecifierOperator::kCompatible:
    case SpecifierOperator::kEqual:
    case SpecifierOperator::kEqualPrefix:
      return IsAtLeast(specifier, version);
    case SpecifierOperator::kNotEqual:
    case SpecifierOperator::kNotEqualPrefix:
    case SpecifierOperator::kLess:
    case SpecifierOperator::kLessEqual:
      return true;
  }
  return true;
}

}  // namespace

bool LowerBoundsAdmit(const SpecifierSet& set, const Version& version) {
  return std::ranges::all_of(set.specifiers(), [&](const Specifier& specifier) {
    return LowerBoundAdmits(specifier, version);
  });
}

bool PythonBoundsReader::Allows(std::string_view requires_python) {
  if (requires_python.empty()) return true;
  const auto found = allows_.find(requires_python);
  if (found != allows_.end()) return found->second;
  const Version* python = request_->environment.GetVersion(MarkerVariable::kPythonFullVersion);
  ACCORD_CHECK(python != nullptr);
  const std::optional<SpecifierSet>& read = texts_->PythonsOf(requires_python);
  bool allows = true;
  if (read) {
    allows = request_->python_bounds == PythonBounds::kHonour ? Matches(*read, *python)
                                                              : LowerBoundsAdmit(*read, *python);
  }
  allows_.emplace(std::string(requires_python), allows);
  return allows;
}

}  // namespace accord::pypi
