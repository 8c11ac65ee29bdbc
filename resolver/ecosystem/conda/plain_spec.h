// Match specifiers as nearly all records have them: "name", "name VERSION", "name VERSION BUILD".
// They are read without the rest of the grammar, and kept without the rest of a MatchSpec.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/interner.h"
#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/version_spec.h"

namespace accord::conda {

// Single blanks, no version that begins with '=', and none of the characters with which anything
// else begins.
struct PlainParts {
  std::string_view name;
  std::string_view version;  // empty: none
  std::string_view build;    // likewise

  // None: the whole grammar is needed. Version and build may still be wrong.
  [[nodiscard]] static std::optional<PlainParts> Of(std::string_view text);
};

// Version specifiers by text, each read once: those of different names are often the same.
class VersionSpecs {
 public:
  explicit VersionSpecs(Dialect dialect) : dialect_(dialect) {}
  // Null: the text is none. It lives as long as somebody has it.
  [[nodiscard]] std::shared_ptr<const VersionSpec> Find(std::string_view text);

 private:
  const Dialect dialect_;
  TextMap<std::shared_ptr<const VersionSpec>> known_;
};

}  // namespace accord::conda
