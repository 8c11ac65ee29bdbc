// Earlier answers as preferences: the records that a lock names are tried first, so that a new
// answer changes no more than the request makes it change.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ecosystem/conda/inputs/input.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

struct LockedRecords {
  struct Locked {
    std::string name;  // any letter case
    std::string spec;
    std::string place;
  };
  std::vector<Locked> records;
  std::vector<InputNote> notes;  // entries that prefer nothing
};

// Of an explicit list its files; of specifiers those with a version behind = or ==, the others are
// noted. What is left to pip, and channels, mean nothing here. `channels`: as for AddTo. Errors: as
// MatchSpec::Parse, with the place.
[[nodiscard]] absl::StatusOr<LockedRecords> ReadLockedRecords(const Input& lock,
                                                              std::span<const std::string> channels,
                                                              Dialect dialect);

// Which locked records are no preference: those of the names that are to be upgraded.
struct Upgrade {
  bool all = false;
  std::vector<std::string> names;  // any letter case
};

// Adds the records to what the request favours, and the notes: those of the lock, and one for each
// name to upgrade that it does not have.
void Prefer(ResolveRequest& request, const LockedRecords& lock, const Upgrade& upgrade);

}  // namespace accord::conda
