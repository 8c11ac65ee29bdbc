// PEP 503, 508 and 685: names.
#include "ecosystem/pypi/name.h"

#include <algorithm>

#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

bool IsSeparator(char c) { return c == '-' || c == '_' || c == '.'; }

}  // namespace

bool IsValidName(std::string_view text) {
  if (text.empty() || !IsAlphanumeric(text.front()) || !IsAlphanumeric(text.back())) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsAlphanumeric(c) || IsSeparator(c); });
}

std::string NormalizeName(std::string_view text) {
  std::string normal(text.size(), '\0');
  char* end = normal.data();
  bool in_run = false;
  for (const char c : text) {
    const bool separates = IsSeparator(c);
    if (!(separates && in_run)) *end++ = separates ? '-' : Lower(c);
    in_run = separates;
  }
  normal.resize(static_cast<size_t>(end - normal.data()));
  return normal;
}

bool IsNormalizedName(std::string_view text) {
  return IsValidName(text) && NormalizeName(text) == text;
}

}  // namespace accord::pypi
