// Channels: the names and URLs of a request as one canonical URL (CEP 26), and the subdir taken off
// the end. No host is built in: a name is promoted against the base that the caller gives.
//
// Credentials (user:password@ and /t/TOKEN) are taken out where a text comes in: nothing that is
// kept or printed here holds one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::conda {

inline constexpr size_t kChannelBytesMax = 1024;

// What names and paths are relative to. An empty field leaves its kind of name unpromoted: such a
// name is the channel of that name and no other.
struct ChannelBase {
  std::string url;                  // "https://host/path", without a slash at the end
  std::string directory;            // of ./ and ../, absolute
  std::string home;                 // of ~/, absolute
  std::vector<std::string> groups;  // names that stand for several channels, e.g. "defaults"
};

struct Channel {
  std::string url;     // base URL without subdir, credentials and slashes at the end; or the name
                       // where there was nothing to promote it against; "*" and globs as they are
  std::string subdir;  // "linux-64"; empty if the text named none

  // A name, a path ('/', './', '../', '~/', 'C:\') or a URL; a label is a part of it
  // ("name/label/dev"). Errors: InvalidInput for a text with blanks, backslashes outside a Windows
  // path, or without anything; LimitReached above kChannelBytesMax bytes.
  [[nodiscard]] static absl::StatusOr<Channel> Parse(std::string_view text,
                                                     const ChannelBase& base);

  // How people write it: relative to the base if it is below it, else the URL.
  [[nodiscard]] std::string Name(const ChannelBase& base) const;

  friend bool operator==(const Channel& a, const Channel& b) = default;
};

// Whether the text is a subdir that a channel's URL may end with: noarch or a platform of today.
[[nodiscard]] bool IsKnownSubdir(std::string_view text);

// The text with the URLs in it, if any, without user:password@ and /t/TOKEN.
[[nodiscard]] std::string WithoutCredentials(std::string_view text);

// A path or URL as a URL: "/a/b", "./b", "~/b" and "C:\b" become file:// ones, a '%' in them "%25".
// None for a text that is neither.
[[nodiscard]] std::optional<std::string> PathOrUrl(std::string_view text, const ChannelBase& base);

// "%21" as '!', where two hexadecimal digits follow the percent sign; but what stands for `kept`
// stays as it is.
[[nodiscard]] std::string PercentDecoded(std::string_view text, char kept = '\0');

}  // namespace accord::conda
