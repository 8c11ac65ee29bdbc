// Walks the members of one list of a compressed tag set, "py2.py3", without a copy.
#pragma once

#include <cstddef>
#include <string_view>

namespace accord::pypi {

// Calls each(member) for the members in order, empty ones too; stops when it returns false.
// Returns whether all did.
template <class Each>
bool ForEachTagWord(std::string_view list, Each each) {
  while (true) {
    const size_t dot = list.find('.');
    if (!each(list.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    list.remove_prefix(dot + 1);
  }
}

}  // namespace accord::pypi
