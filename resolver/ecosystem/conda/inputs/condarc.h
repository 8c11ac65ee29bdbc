// A part of conda's configuration file: channels and what their names mean, pins, the target.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/inputs/channel_choice.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

// "CONDA_OVERRIDE_CUDA" -> "12.4": variables that say what virtual packages the target has.
using TargetVariables = std::map<std::string, std::string, std::less<>>;

struct Condarc {
  std::vector<PlacedText> channels;  // the first is the best
  ChannelNames names;                // channel_alias, custom_channels, default_channels, ...
  std::vector<PlacedText> pins;      // pinned_packages: limit and do not ask
  std::string subdir;                // empty: it does not say
  std::optional<ChannelPriority> channel_priority;
  TargetVariables overrides;  // override_virtual_packages, as the variables that do the same
  std::vector<InputNote> notes;
};

// Noted: every other key. Errors: InvalidInput with "PLACE:LINE" for what is no YAML, a value of
// another kind, or an unknown channel priority; LimitReached.
[[nodiscard]] absl::StatusOr<Condarc> ReadCondarc(std::string_view text, std::string_view place);

}  // namespace accord::conda
