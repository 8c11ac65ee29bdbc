#include "wire/lock_files.h"

#include <algorithm>

#include "base/error.h"

namespace accord::wire {

std::string_view WithoutFragment(std::string_view url) { return url.substr(0, url.find('#')); }

std::string_view Sha256OfUrl(std::string_view url) {
  constexpr std::string_view kName = "sha256=";
  constexpr size_t kDigits = 64;
  std::string_view rest = url.substr(WithoutFragment(url).size());
  while (!rest.empty()) {
    rest.remove_prefix(1);  // '#' or '&'
    const std::string_view value = rest.substr(0, rest.find('&'));
    rest.remove_prefix(value.size());
    if (!value.starts_with(kName) || value.size() != kName.size() + kDigits) continue;
    const std::string_view digits = value.substr(kName.size());
    if (digits.find_first_not_of("0123456789abcdef") == std::string_view::npos) return digits;
  }
  return {};
}

std::string FirstOf(const std::vector<std::string>& names) {
  const size_t told = std::min(names.size(), kNamesToldMax);
  std::string text;
  for (size_t i = 0; i < told; ++i) text += Cat(text.empty() ? "" : ", ", names[i]);
  if (names.size() > told) text += Cat(" and ", names.size() - told, " more");
  return text;
}

}  // namespace accord::wire
