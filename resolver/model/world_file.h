// The world file, `accord-world/1`: a Problem with its Universe as one small JSON text that a
// person can read and write. docs/world-file.md is its description.
//
// Strict: unknown fields, duplicate keys, positions outside a package and everything else that is
// not a well-formed WorldSpec are errors that name the place ("FILE: /packages/a/...: ...") with a
// JSON Pointer, or a byte offset where the text is not JSON at all.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "model/world_spec.h"

namespace accord {

struct WorldLimits {
  size_t bytes_max = size_t{256} << 20;
  size_t depth_max = 64;  // of the JSON; a formula inside a formula takes two
  size_t packages_max = 1'000'000;
  size_t candidates_max = 4'000'000;  // of all packages
};

// `place` names the text in messages, e.g. its file name.
[[nodiscard]] absl::StatusOr<WorldSpec> ParseWorldSpec(std::string_view text,
                                                       std::string_view place,
                                                       const WorldLimits& limits = {});
[[nodiscard]] absl::StatusOr<World> ParseWorld(std::string_view text, std::string_view place,
                                               const WorldLimits& limits = {});

// In the order of the spec, one candidate a line. Parsing it gives an equal spec.
[[nodiscard]] std::string WriteWorldSpec(const WorldSpec& spec);
// SpecOf, written.
[[nodiscard]] std::string WriteWorld(const Universe& universe, const Problem& problem);

}  // namespace accord
