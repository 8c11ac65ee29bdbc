// What a frontend, or a channel that is asked name by name, has said of conda's packages: an
// immutable snapshot, which shares with newer ones what did not change. Records are compiled when
// they are said, once for all solves that read them. Thread-safe, as constants are.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/named_records.h"
#include "engine/shared_names.h"
#include "model/universe.h"

namespace accord::engine {

// All that was said of one name.
struct CondaPackage {
  std::string name;
  // There is something to know, there is no such package, or why it cannot be known.
  Knowledge knowledge = Knowledge::kKnown;  // never kPending
  std::string reason;                       // kUnavailable
  conda::RecordsByChannel channels;         // kKnown: beside CondaFacts::channels()
  size_t record_count = 0;
};

// All records of the name, of all channels.
struct CondaPut {
  std::string package;
  std::vector<conda::NamedRecord> records;
};

struct CondaError {
  std::string package;
  std::string reason;
};

// A name has one entry at most, and each replaces what was said of it before. Names are in lower
// case, and not of virtual packages: those are the request's.
struct CondaUpdate {
  std::vector<CondaPut> put;
  std::vector<std::string> drop;  // as if nobody had spoken of it
  std::vector<std::string> absent;
  std::vector<CondaError> error;
};

struct CondaLimits {
  size_t packages_max = 1'000'000;
  size_t candidates_max = 4'000'000;  // records
};

class CondaFacts {
 public:
  // Nobody has spoken yet. Channels are in the order of priority, each once.
  [[nodiscard]] static std::shared_ptr<const CondaFacts> None(std::vector<std::string> channels);

  [[nodiscard]] std::span<const std::string> channels() const { return channels_; }
  // Null: nobody spoke of it.
  [[nodiscard]] const CondaPackage* Find(std::string_view name) const {
    return packages_.Find(name);
  }
  [[nodiscard]] std::shared_ptr<const CondaPackage> Share(std::string_view name) const {
    return packages_.Share(name);
  }
  [[nodiscard]] size_t package_count() const { return packages_.size(); }
  [[nodiscard]] size_t candidate_count() const { return candidate_count_; }

 private:
  friend class CondaChange;

  std::vector<std::string> channels_;
  SharedNames<CondaPackage> packages_;
  size_t candidate_count_ = 0;
};

// All of the update or nothing. What is said again as it was stays the same object. Errors:
// InvalidInput or LimitReached at a JSON Pointer into the update, with this struct's names and the
// record's own: "/put/0/records/3/depends/0: ...".
[[nodiscard]] absl::StatusOr<std::shared_ptr<const CondaFacts>> Apply(
    const CondaFacts& facts, const CondaUpdate& update, const CondaLimits& limits = {});

}  // namespace accord::engine
