// URLs, paths and names of channels.
#include "ecosystem/conda/channel.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

// The subdirs that channels have today. Another text may be a subdir where it is asked for by key.
constexpr std::array<std::string_view, 20> kSubdirs = {"noarch",        "emscripten-wasm32",
                                                       "freebsd-64",    "linux-32",
                                                       "linux-64",      "linux-aarch64",
                                                       "linux-armv6l",  "linux-armv7l",
                                                       "linux-ppc64",   "linux-ppc64le",
                                                       "linux-riscv32", "linux-riscv64",
                                                       "linux-s390x",   "osx-64",
                                                       "osx-arm64",     "wasi-wasm32",
                                                       "win-32",        "win-64",
                                                       "win-arm64",     "zos-z"};

bool IsUrl(std::string_view text) {
  const size_t scheme = text.find("://");
  return scheme != std::string_view::npos && scheme != 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<ptrdiff_t>(scheme),
                     [](char c) { return IsAlphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

bool IsWindowsPath(std::string_view text) {
  return text.size() > 1 && IsLetter(text[0]) && text[1] == ':' &&
         (text.size() == 2 || text[2] == '\\' || text[2] == '/');
}

std::string WithSlashes(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\\', '/');
  return out;
}

std::string_view WithoutSlashes(std::string_view text) {
  while (text.ends_with('/') && !text.ends_with("://")) text.remove_suffix(1);
  return text;
}

// "./a" and "../b" below an absolute directory.
std::string Below(std::string_view directory, std::string_view path) {
  std::string out(WithoutSlashes(directory));
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (part == "..") {
      out.resize(std::min(out.rfind('/'), out.size()));
    } else if (!part.empty() && part != ".") {
      out.append("/").append(part);
    }
  }
  return out;
}

absl::Status CheckUrl(const std::string& url) {
  if (IsBlank(url.back())) {
    return InvalidInput(Cat("channel ", Quoted(url, 80)), "expected no blank at the end");
  }
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '\\') {
      return InvalidInput(Cat("channel ", Quoted(url, 80)),
                          "expected no backslash and no control character");
    }
    if (IsBlank(c) && !IsUrl(url)) {
      return InvalidInput(Cat("channel ", Quoted(url, 80)), "expected no blank in a name");
    }
  }
  return absl::OkStatus();
}

}  // namespace

bool IsKnownSubdir(std::string_view text) {
  return std::find(kSubdirs.begin(), kSubdirs.end(), text) != kSubdirs.end();
}

std::string WithoutCredentials(std::string_view text) {
  std::string out;
  for (size_t scheme = text.find("://"); scheme != std::string_view::npos;
       scheme = text.find("://")) {
    out.append(text.substr(0, scheme + 3));
    text.remove_prefix(scheme + 3);
    std::string_view authority = text.substr(0, text.find_first_of("/ \t,]'\""));
    text.remove_prefix(authority.size());
    authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
    out.append(authority);
    if (!authority.empty() && text.starts_with("/t/")) {  // not a path on this machine
      text.remove_prefix(std::min(text.find_first_of("/ \t,]'\"", 3), text.size()));
    }
  }
  return out.append(text);
}

std::string PercentDecoded(std::string_view text, char kept) {
  const auto digit = [](char c) {
    return IsDigit(c) ? c - '0' : Lower(c) >= 'a' && Lower(c) <= 'f' ? Lower(c) - 'a' + 10 : -1;
  };
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_coded =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    const char decoded =
        is_coded ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (!is_coded || (decoded == kept && kept != '\0')) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(decoded);
    i += 2;
  }
  return out;
}

std::optional<std::string> PathOrUrl(std::string_view text, const ChannelBase& base) {
  if (IsUrl(text)) return std::string(text);
  const auto file = [](std::string_view path) {
    std::string url = "file://";
    for (const char c : path) url += c == '%' ? std::string("%25") : std::string(1, c);
    return url;
  };
  if (IsWindowsPath(text)) return file("/" + WithSlashes(text));
  if (text.starts_with('/')) return file(text);
  if (text.starts_with("~/") && !base.home.empty()) return file(Below(base.home, text.substr(2)));
  const bool is_relative =
      text == "." || text == ".." || text.starts_with("./") || text.starts_with("../");
  if (is_relative && !base.directory.empty()) return file(Below(base.directory, text));
  return std::nullopt;
}

absl::StatusOr<Channel> Channel::Parse(std::string_view text, const ChannelBase& base) {
  text = Strip(text);
  if (text.size() > kChannelBytesMax) {
    return LimitReached(Cat("channel ", Quoted(WithoutCredentials(text), 80)),
                        Cat("at most ", kChannelBytesMax, " bytes are read, it has ", text.size()));
  }
  Channel channel;
  std::string written = WithoutCredentials(text);
  // "%25" stays, so that what comes out reads as itself.
  if (IsUrl(written)) written = PercentDecoded(written, '%');
  if (IsWindowsPath(written)) written = WithSlashes(written);
  std::string_view rest = WithoutSlashes(written);
  // Of several the last one counts: a channel whose own name ends like a subdir could not be told
  // from one with a subdir behind it.
  for (size_t slash = rest.rfind('/');
       slash != std::string_view::npos && IsKnownSubdir(rest.substr(slash + 1));
       slash = rest.rfind('/')) {
    if (channel.subdir.empty()) channel.subdir = std::string(rest.substr(slash + 1));
    rest = WithoutSlashes(rest.substr(0, slash));
  }
  if (rest.empty()) {
    return InvalidInput(Cat("channel ", Quoted(written, 80)), "expected a name, a path or a URL");
  }
  const bool is_group =
      std::find(base.groups.begin(), base.groups.end(), rest) != base.groups.end();
  if (const auto url = PathOrUrl(rest, base)) {
    channel.url = *url;
  } else if (base.url.empty() || is_group || rest.find('*') != std::string_view::npos) {
    channel.url = std::string(rest);
  } else {
    ACCORD_RETURN_IF_ERROR(CheckUrl(std::string(rest)));
    channel.url = Cat(WithoutSlashes(base.url), "/", rest);
  }
  ACCORD_RETURN_IF_ERROR(CheckUrl(channel.url));
  return channel;
}

std::string Channel::Name(const ChannelBase& base) const {
  const std::string below = Cat(WithoutSlashes(base.url), "/");
  if (base.url.empty() || url.size() <= below.size() || !url.starts_with(below)) return url;
  std::string name = url.substr(below.size());
  const auto again = Parse(name, base);  // a name that looks like a path is none
  return again.ok() && again->url == url ? name : url;
}

}  // namespace accord::conda
