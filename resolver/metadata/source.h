// Source: the seam through which Facts arrive. A compiled corpus is one, a test's memory another.
// A source answers by exact name; what a name's normal form is, the ecosystem knows.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "metadata/facts.h"

namespace accord::metadata {

class LaterSource;

// Immutable to its callers. Every method may be called from several threads at once.
class Source {
 public:
  virtual ~Source() = default;

  // The facts of the package of exactly this (normal) name, or nullptr if this source has none.
  // They live as long as the source, and the same name gives the same address. An error means that
  // they stand there and are damaged; the message says where.
  [[nodiscard]] virtual absl::StatusOr<const PackageFacts*> Find(std::string_view name) const = 0;

  // Whether a name that Find does not know does not exist. If not, it is merely unknown here.
  [[nodiscard]] virtual bool complete() const = 0;

  // The ecosystem whose names and texts these are, e.g. "pypi".
  [[nodiscard]] virtual std::string_view ecosystem() const = 0;

  // The name of one of its packages, whose records show what all have in common; empty if it has
  // none, or does not tell. Errors: as Find.
  [[nodiscard]] virtual absl::StatusOr<std::string> SomeName() const { return std::string(); }

  // What to call this source in messages, e.g. the file's path.
  [[nodiscard]] virtual std::string_view place() const = 0;

  // The same source, if facts of it may come later (later_source.h); else null.
  [[nodiscard]] virtual const LaterSource* later() const { return nullptr; }
};

}  // namespace accord::metadata
