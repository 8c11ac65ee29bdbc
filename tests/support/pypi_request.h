// Requests and facts for tests of PyPI resolves: CPython 3.11.7 on Linux, places "argument N".
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/request.h"
#include "metadata/record.h"

namespace accord::testing {

inline std::vector<pypi::PlacedText> Placed(const std::vector<std::string>& texts) {
  std::vector<pypi::PlacedText> placed;
  for (size_t i = 0; i < texts.size(); ++i) {
    placed.push_back({.text = texts[i], .place = Cat("argument ", i + 1)});
  }
  return placed;
}

inline pypi::ResolveRequest Request(const std::vector<std::string>& requirements) {
  pypi::ResolveRequest request;
  request.requirements = Placed(requirements);
  request.environment = *pypi::Environment::CPythonOnLinux("3.11.7");
  return request;
}

// Metadata that asks for these.
inline metadata::MetadataRecord Needing(std::vector<std::string> requirements,
                                        std::vector<std::string> extras = {}) {
  return {.requirements = std::move(requirements),
          .requires_language = {},
          .extras = std::move(extras)};
}

inline metadata::MetadataRecord ForPython(std::string requires_python) {
  return {.requirements = {}, .requires_language = std::move(requires_python), .extras = {}};
}

}  // namespace accord::testing
