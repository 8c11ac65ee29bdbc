// What files that others install from need to say of where a chosen version comes from: shared by
// requirements.h and pylock.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace accord::wire {

inline constexpr size_t kNamesToldMax = 10;

// The 64 digits of `#sha256=...` at the end of a URL, or among several values there; empty if it
// has none.
[[nodiscard]] std::string_view Sha256OfUrl(std::string_view url);

[[nodiscard]] std::string_view WithoutFragment(std::string_view url);

// "a, b, c", of many the first and "and 7 more".
[[nodiscard]] std::string FirstOf(const std::vector<std::string>& names);

}  // namespace accord::wire
