// Requirement texts of metadata as the check reads them: from the text alone, with the parsers of
// ecosystem/pypi. What repeats in many texts, a marker or a set of specifiers, is parsed once, and
// each marker is asked once what it says without an extra. Internal to this folder.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/interner.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::check {

struct NeedMarker {
  pypi::Marker marker;
  absl::StatusOr<bool> holds;  // with no extra
};

// A requirement text of metadata. What it points to lives as long as the reader.
struct Need {
  std::string text;
  std::string name;                 // as written
  std::vector<std::string> extras;  // as written
  const pypi::SpecifierSet* specifiers = nullptr;
  std::string url;                     // empty: none
  const NeedMarker* marker = nullptr;  // null: none
};

class NeedReader {
 public:
  explicit NeedReader(const pypi::Environment& environment) : environment_(environment) {}

  // Errors: those of Requirement::Parse, if the text cannot be repaired either.
  [[nodiscard]] absl::StatusOr<Need> Read(std::string text);

 private:
  [[nodiscard]] bool ReadParts(Need& need);
  [[nodiscard]] const pypi::SpecifierSet* SpecifiersIn(std::string_view text);
  [[nodiscard]] const NeedMarker* MarkerIn(std::string_view text);
  [[nodiscard]] const NeedMarker* Keep(pypi::Marker marker);

  const pypi::Environment& environment_;
  std::deque<pypi::SpecifierSet> sets_;  // what stays where it is
  std::deque<NeedMarker> markers_;
  // By the text that says it; null: it cannot be read.
  TextMap<const pypi::SpecifierSet*> set_of_;
  TextMap<const NeedMarker*> marker_of_;
};

}  // namespace accord::check
