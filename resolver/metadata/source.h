// Source: the seam through which Facts arrive. A corpus file is one, a test's memory another.
// A source answers by exact name; what a name's normal form is, the ecosystem knows.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "metadata/record.h"

namespace accord::metadata {

// Immutable to its callers. Every method may be called from several threads at once.
class Source {
 public:
  virtual ~Source() = default;

  // The record of the package of exactly this (normal) name, or nullptr if this source has none.
  // The record lives as long as the source, and the same name gives the same address. An error
  // means that the record stands there and is damaged; the message says where.
  [[nodiscard]] virtual absl::StatusOr<const PackageRecord*> Find(std::string_view name) const = 0;

  // Whether a name that Find does not know does not exist. If not, it is merely unknown here.
  [[nodiscard]] virtual bool complete() const = 0;

  // The ecosystem whose names and texts these are, e.g. "pypi".
  [[nodiscard]] virtual std::string_view ecosystem() const = 0;

  // What to call this source in messages, e.g. the file's path.
  [[nodiscard]] virtual std::string_view place() const = 0;
};

}  // namespace accord::metadata
