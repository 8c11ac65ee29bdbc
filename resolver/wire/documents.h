// The smaller JSON documents: what `verify` and `version` answer, and errors; and how any document
// is written.
#pragma once

#include <compare>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/conda_versions.h"
#include "engine/verify.h"
#include "engine/versions.h"

namespace accord::wire {

// [{place, text}]: what of the request's files has no effect.
[[nodiscard]] nlohmann::json NotesJson(const std::vector<InputNote>& notes);

// schemaVersion, valid, violations[{kind, where, wish, fact}], notes, stats.counters{...}
[[nodiscard]] nlohmann::json VerifyDocument(const check::CheckReport& report,
                                            const std::vector<InputNote>& notes);

// schemaVersion, version, normal, canonical, epoch, release, pre, post, dev, local (null: absent),
// isPrerelease
[[nodiscard]] nlohmann::json VersionDocument(std::string_view version,
                                             const engine::VersionAnswer& parsed);

// Of conda: schemaVersion, version, normal, epoch, segments[[component]], local (null: absent)
[[nodiscard]] nlohmann::json VersionDocument(std::string_view version,
                                             const engine::CondaVersionAnswer& parsed);

// "less", "equal" or "greater": the left of the two.
[[nodiscard]] std::string_view OrderWord(std::strong_ordering order);

// schemaVersion, left, right, order
struct Compared {
  std::string_view left;
  std::string_view right;
  std::strong_ordering order = std::strong_ordering::equal;
};
[[nodiscard]] nlohmann::json CompareDocument(const Compared& compared);

// schemaVersion, version, specifiers, matches; of conda `version` may be a record
struct Matched {
  std::string_view version;
  std::string_view specifiers;
  bool matches = false;
};
[[nodiscard]] nlohmann::json MatchDocument(const Matched& matched);

// "badInput", "metadataUnavailable", "limitExceeded", "cancelled", "internal".
[[nodiscard]] std::string_view ErrorKind(absl::StatusCode code);

// schemaVersion, error{kind, place, detail}: the message's part before the first ": " is the place.
[[nodiscard]] nlohmann::json ErrorDocument(const absl::Status& status);

// Indented, with a line end. Broken UTF-8 is replaced by U+FFFD.
[[nodiscard]] std::string Write(const nlohmann::json& document);

}  // namespace accord::wire
