// Match specifiers of requests and records as the check reads them, each distinct text of records
// once. Internal to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/node_hash_map.h"
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
  conda::MatchSpec spec;  // its name is a text

  [[nodiscard]] std::string Where() const { return Cat("/", list, "/", at); }
};

struct CondaWishes {
  std::vector<CondaWish> specs;
  std::vector<CondaWish> constraints;
  std::vector<CondaWish> locked;
  std::vector<CondaWish> excluded;
};

// Errors: as MatchSpec::Parse, with the text's place; InvalidInput if it names no one package.
[[nodiscard]] absl::StatusOr<CondaWishes> ReadCondaWishes(const conda::ResolveRequest& request,
                                                          CheckCost& cost);

// A requirement text of metadata: a specifier, and what stands behind it.
struct CondaNeed {
  std::string text;
  conda::MatchSpec spec;    // its name is a text, and so are those of its condition
  bool constrains = false;  // "... ; constrains": limits, and asks for nothing
  std::string extra;        // "... ; extra NAME": asked for by this extra alone; empty: always
};

class CondaNeedReader {
 public:
  explicit CondaNeedReader(conda::Dialect dialect) : rules_{.dialect = dialect} {}

  // Lives as long as the reader. Errors: as for texts of the request, without a place.
  [[nodiscard]] const absl::StatusOr<CondaNeed>& Read(std::string_view text);

 private:
  [[nodiscard]] absl::StatusOr<CondaNeed> Parse(std::string_view text) const;

  const conda::MatchSpecRules rules_;
  absl::node_hash_map<std::string, absl::StatusOr<CondaNeed>, TextHash, TextEqual> needs_;
};

}  // namespace accord::check
