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
  std::string normal;
  normal.reserve(text.size());
  bool in_run = false;
  for (const char c : text) {
    if (IsSeparator(c)) {
      if (!in_run) normal.push_back('-');
      in_run = true;
      continue;
    }
    in_run = false;
    normal.push_back(Lower(c));
  }
  return normal;
}

bool IsNormalizedName(std::string_view text) {
  return IsValidName(text) && NormalizeName(text) == text;
}

}  // namespace accord::pypi
