#include "wire/canonical.h"

#include <algorithm>

#include "base/check.h"
#include "base/error.h"
#include "base/sha256.h"

namespace accord::wire {
namespace {

// Documents are made here, a few levels deep.
bool IsOfOurSubset(const nlohmann::json& node) {
  if (node.is_number_float() || node.is_binary()) return false;
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      const bool is_ascii = std::ranges::all_of(key, [](char c) { return c >= 0x20 && c < 0x7F; });
      if (!is_ascii || !IsOfOurSubset(value)) return false;
    }
  }
  return !node.is_array() || std::ranges::all_of(node, IsOfOurSubset);
}

}  // namespace

std::string CanonicalJson(const nlohmann::json& document) {
  ACCORD_CHECK(IsOfOurSubset(document));
  // For this subset nlohmann's compact form is RFC 8785's: keys in a std::map; backspace, tab, line
  // feed, form feed, return, quote and backslash by their short escapes, other controls as \u00xx
  // in lower case, all else as it is. canonical_test.cc holds it.
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string DigestOf(const nlohmann::json& document) {
  return Cat("sha256:", Sha256Hex(CanonicalJson(document)));
}

}  // namespace accord::wire
