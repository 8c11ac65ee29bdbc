// Match specifiers of requests and records as the check reads them. What repeats in many texts of
// records is parsed once. Internal to this folder.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "base/interner.h"
#include "check/report.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/request.h"

namespace accord::check {

// A text of the request, parsed. The request outlives it.
struct CondaWish {
  std::string_view list;  // of the request, "constraints"
  size_t at = 0;
  std::string_view text;
  conda::MatchSpec spec;  // names one package, and so do those of its condition

  [[nodiscard]] std::string Where() const { return Cat("/", list, "/", at); }
};

struct CondaWishes {
  std::vector<CondaWish> specs;
  std::vector<CondaWish> asked;  // by the environment (conda_environment.h)
  std::vector<CondaWish> constraints;
  std::vector<CondaWish> locked;
  std::vector<CondaWish> excluded;
  std::vector<conda::PlacedText> asked_texts;  // of `asked`
};

// Errors: as MatchSpec::Parse, with the text's place; InvalidInput if it names no one package.
[[nodiscard]] absl::StatusOr<CondaWishes> ReadCondaWishes(const conda::ResolveRequest& request,
                                                          CheckCost& cost);

// A requirement text of metadata. What it points to lives as long as its reader.
struct CondaNeed {
  std::string text;                        // the specifier's
  std::string_view name;                   // in lower case
  const conda::MatchSpec* spec = nullptr;  // of this name, or of any
  bool constrains = false;                 // "... ; constrains": limits, and asks for nothing
  std::string extra;                       // "... ; extra NAME": of it alone; empty: always
};

class CondaNeedReader {
 public:
  explicit CondaNeedReader(conda::Dialect dialect) : rules_{.dialect = dialect} {}

  // Errors: as for texts of the request, without a place.
  [[nodiscard]] absl::StatusOr<CondaNeed> Read(std::string_view text);

 private:
  [[nodiscard]] bool ReadParts(CondaNeed& need);
  // The specifier of a text, or of what stands behind a name; null: it cannot be read.
  [[nodiscard]] const conda::MatchSpec* SpecOf(std::string_view text);
  [[nodiscard]] const conda::MatchSpec* SpecBehind(std::string_view text);

  const conda::MatchSpecRules rules_;
  std::deque<conda::MatchSpec> specs_;  // what stays where it is
  TextMap<const conda::MatchSpec*> spec_of_;
  TextMap<const conda::MatchSpec*> spec_behind_;
};

}  // namespace accord::check
