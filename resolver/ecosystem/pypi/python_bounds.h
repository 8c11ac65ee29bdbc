// Does a Requires-Python admit the target's Python? Each text is read once. The two ways to take
// upper bounds (request.h: PythonBounds) are here and nowhere else.
#pragma once

#include <string>
#include <string_view>

#include "base/interner.h"
#include "ecosystem/pypi/fact_texts.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {

// Not thread-safe.
class PythonBoundsReader {
 public:
  // Both outlive the reader; the request's environment has a Python version.
  PythonBoundsReader(const ResolveRequest& request, FactTexts& texts)
      : request_(&request), texts_(&texts) {}

  // An empty text, and one that nobody can read, excludes nobody: pip takes it so for files and for
  // metadata.
  [[nodiscard]] bool Allows(std::string_view requires_python);

 private:
  const ResolveRequest* request_;
  FactTexts* texts_;
  TextMap<bool> allows_;
};

// Whether the lower bounds of the set admit the version: of ~=, == and ==V.* their lower end, >=
// and > as they are, === whole; <, <=, != say nothing.
[[nodiscard]] bool LowerBoundsAdmit(const SpecifierSet& set, const Version& version);

}  // namespace accord::pypi
