// Which corpora are the channels that a request lists, and in which order. No host is built in: a
// name is below the alias of a .condarc, or stays a name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

// What a .condarc says of the names of channels.
struct ChannelNames {
  struct Custom {
    std::string name;
    std::string location;  // the channel is location/name
  };
  struct Group {
    std::string name;  // "defaults", or another name that stands for several
    std::vector<PlacedText> members;
  };
  std::string alias;  // names are below it; empty: names stay names
  std::vector<Custom> custom;
  std::vector<Group> groups;  // of a name the first counts
};

// A channel that no corpus is.
enum class AbsentChannel : uint8_t {
  kRefused,
  kNoted,  // refused only if none of the list is there
};

struct ChannelChoice {
  std::vector<size_t> corpora;  // indices, each once, the best first
  std::vector<InputNote> notes;
};

// `corpora`: the channel of each, as its records say it; empty: none. Of several corpora of one
// channel, as of its subdirs, all are chosen, in their own order. A corpus that is called like a
// group is that group. Errors: InvalidInput with the place, which names the corpora that there are;
// as Channel::Parse.
[[nodiscard]] absl::StatusOr<ChannelChoice> ChooseChannels(std::span<const PlacedText> channels,
                                                           std::span<const std::string> corpora,
                                                           const ChannelNames& names,
                                                           AbsentChannel absent);

}  // namespace accord::conda
