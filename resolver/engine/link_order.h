// The order in which packages are put into an environment: what a package needs before it.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "engine/answer.h"

namespace accord::engine {

struct LinkedPackage {
  std::string name;             // each once
  std::set<std::string> needs;  // names; those that are not among the packages mean nothing
  bool is_python_code = false;  // noarch: python, which is compiled by the Python it comes to
};

// Indices into the packages: a walk in the order of names that takes what a package needs, by name,
// before itself. Of a cycle the package that the walk met first comes last; but what is Python code
// always comes behind python, even where python needs it.
[[nodiscard]] std::vector<size_t> LinkOrder(const std::vector<LinkedPackage>& packages);

// Those of an answer, in its order.
[[nodiscard]] std::vector<LinkedPackage> LinkedPackages(const std::vector<ChosenPackage>& chosen);

}  // namespace accord::engine
