#include "ecosystem/conda/inputs/channel_choice.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/channel.h"

namespace accord::conda {
namespace {

class ChannelChooser {
 public:
  ChannelChooser(std::span<const std::string> corpora, const ChannelNames& names,
                 AbsentChannel absent)
      : corpora_(corpora), names_(names), absent_(absent), base_{.url = names.alias} {
    for (const ChannelNames::Group& group : names.groups) base_.groups.push_back(group.name);
    for (const std::string& corpus : corpora) {
      const absl::StatusOr<std::string> url = Normal(corpus);
      urls_.push_back(url.ok() ? *url : corpus);
    }
  }

  absl::StatusOr<ChannelChoice> Run(std::span<const PlacedText> channels) {
    for (const PlacedText& channel : channels) {
      const absl::StatusOr<bool> is_there = Choose(channel);
      if (!is_there.ok()) return is_there.status();
      if (*is_there) continue;
      const auto group = std::ranges::find(names_.groups, channel.text, &ChannelNames::Group::name);
      if (group == names_.groups.end()) {
        ACCORD_RETURN_IF_ERROR(Lack(channel));
        continue;
      }
      for (const PlacedText& member : group->members) {
        const absl::StatusOr<bool> has_member = Choose(member);
        if (!has_member.ok()) return has_member.status();
        if (!*has_member) ACCORD_RETURN_IF_ERROR(Lack(member));
      }
    }
    if (choice_.corpora.empty() && !channels.empty()) return Refusal(channels.front());
    return std::move(choice_);
  }

 private:
  // The channel's URL, or its name where nothing says of which URL it is.
  [[nodiscard]] absl::StatusOr<std::string> Normal(std::string_view text) const {
    for (const ChannelNames::Custom& custom : names_.custom) {
      const std::string_view rest = text.substr(std::min(custom.name.size(), text.size()));
      if (!text.starts_with(custom.name) || !(rest.empty() || rest.starts_with('/'))) continue;
      const absl::StatusOr<Channel> location = Channel::Parse(Cat(custom.location, "/", text), {});
      if (!location.ok()) return location.status();
      return location->url;
    }
    const absl::StatusOr<Channel> channel = Channel::Parse(text, base_);
    if (!channel.ok()) return channel.status();
    return channel->url;
  }

  // Whether a corpus is this channel.
  absl::StatusOr<bool> Choose(const PlacedText& channel) {
    const absl::StatusOr<std::string> wanted = Normal(channel.text);
    if (!wanted.ok()) return At(channel.place, wanted.status());
    bool is_there = false;
    for (size_t i = 0; i < corpora_.size(); ++i) {
      if (corpora_[i].empty() || (urls_[i] != *wanted && corpora_[i] != channel.text)) continue;
      is_there = true;
      std::vector<size_t>& chosen = choice_.corpora;
      if (std::ranges::find(chosen, i) == chosen.end()) chosen.push_back(i);
    }
    return is_there;
  }

  absl::Status Lack(const PlacedText& channel) {
    if (absent_ == AbsentChannel::kRefused) return Refusal(channel);
    choice_.notes.push_back({channel.place, Cat("no corpus is the channel ", Told(channel))});
    return absl::OkStatus();
  }

  [[nodiscard]] absl::Status Refusal(const PlacedText& channel) const {
    std::string there;
    for (const std::string& corpus : corpora_) {
      if (!corpus.empty()) there += Cat(there.empty() ? "" : ", ", Quoted(corpus));
    }
    return InvalidInput(channel.place, Cat("a corpus of the channel ", Told(channel),
                                           " is wanted, those given are of ",
                                           there.empty() ? "no channel" : there));
  }

  static std::string Told(const PlacedText& channel) {
    return Quoted(WithoutCredentials(channel.text));
  }

  const std::span<const std::string> corpora_;
  const ChannelNames& names_;
  const AbsentChannel absent_;
  ChannelBase base_;
  std::vector<std::string> urls_;  // beside corpora_
  ChannelChoice choice_;
};

}  // namespace

absl::StatusOr<ChannelChoice> ChooseChannels(std::span<const PlacedText> channels,
                                             std::span<const std::string> corpora,
                                             const ChannelNames& names, AbsentChannel absent) {
  return ChannelChooser(corpora, names, absent).Run(channels);
}

}  // namespace accord::conda
