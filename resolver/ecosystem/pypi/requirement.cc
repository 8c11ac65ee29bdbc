// The texts of a requirement.
#include "ecosystem/pypi/requirement.h"

#include <algorithm>

#include "ecosystem/pypi/name.h"

namespace accord::pypi {
namespace {

struct Parts {
  std::string name;
  std::vector<std::string> extras;
  std::string specifiers;
};

std::string Join(Parts parts, const Requirement& requirement) {
  std::string text = std::move(parts.name);
  for (size_t i = 0; i < parts.extras.size(); ++i) {
    text.append(i == 0 ? "[" : ",").append(parts.extras[i]);
  }
  if (!parts.extras.empty()) text.push_back(']');
  text += parts.specifiers;
  if (!requirement.url.empty()) text.append(" @ ").append(requirement.url);
  if (requirement.marker) {
    // A URL ends at white space only.
    text.append(requirement.url.empty() ? "; " : " ; ").append(requirement.marker->Text());
  }
  return text;
}

}  // namespace

std::string Requirement::NormalName() const { return NormalizeName(name); }

std::vector<std::string> Requirement::NormalExtras() const {
  std::vector<std::string> names;
  for (const std::string& extra : extras) names.push_back(NormalizeName(extra));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string Requirement::Text() const {
  return Join({.name = name, .extras = extras, .specifiers = specifiers.Text()}, *this);
}

std::string Requirement::Canonical() const {
  return Join(
      {.name = NormalName(), .extras = NormalExtras(), .specifiers = specifiers.Canonical()},
      *this);
}

}  // namespace accord::pypi
