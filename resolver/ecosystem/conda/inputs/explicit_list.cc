#include "ecosystem/conda/inputs/explicit_list.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/package_file.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

constexpr size_t kMd5Digits = 32;
constexpr size_t kSha256Digits = 64;
constexpr std::string_view kSha256Prefix = "sha256:";

bool IsHash(std::string_view text, size_t digits) {
  return text.size() == digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool HasOddCharacter(std::string_view fn) {
  return !std::ranges::all_of(fn, [](char c) {
    return IsAlphanumeric(c) || std::string_view("_.-+!=~").find(c) != std::string_view::npos;
  });
}

absl::Status TakeHash(std::string_view text, ListedFile& file) {
  std::string hash = LowerText(text);
  if (IsHash(hash, kMd5Digits)) {
    file.md5 = std::move(hash);
    return absl::OkStatus();
  }
  if (hash.starts_with(kSha256Prefix)) hash.erase(0, kSha256Prefix.size());
  if (!IsHash(hash, kSha256Digits)) {
    return InvalidInput(file.place,
                        Cat("an MD5 or sha256:HASH is wanted behind '#', found ", Quoted(text)));
  }
  file.sha256 = std::move(hash);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ListedFile> ReadListedFile(std::string_view line, std::string_view place) {
  const size_t anchor = std::min(line.find('#'), line.size());
  std::string address(line.substr(0, anchor));
  std::ranges::replace(address, '\\', '/');
  const size_t slash = address.rfind('/');
  const size_t begin = slash == std::string::npos ? 0 : slash + 1;
  ListedFile file{.fn = PercentDecoded(std::string_view(address).substr(begin)),
                  .place = std::string(place)};
  std::optional<PackageFile> parts = SplitPackageFile(file.fn);
  if (!parts || HasOddCharacter(file.fn)) {
    return InvalidInput(place, Cat("the address of a package's file is wanted, found ",
                                   Quoted(WithoutCredentials(line))));
  }
  file.name = std::move(parts->name);
  if (const auto spec = MatchSpec::Parse(SpecOf(file, {})); !spec.ok()) {
    return At(place, spec.status());  // it has no package's name
  }
  if (anchor < line.size()) ACCORD_RETURN_IF_ERROR(TakeHash(line.substr(anchor + 1), file));
  if (begin == 0) return file;
  const std::string_view folder = std::string_view(address).substr(0, slash);
  const std::string_view subdir = folder.substr(folder.rfind('/') + 1);  // npos + 1 is 0
  if (!IsKnownSubdir(subdir)) return file;
  file.subdir = std::string(subdir);
  absl::StatusOr<Channel> channel = Channel::Parse(folder, {});
  if (channel.ok()) file.channel = std::move(channel->url);
  return file;
}

std::string SpecOf(const ListedFile& file, std::span<const std::string> channels) {
  std::string keys;
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) keys += Cat(keys.empty() ? "" : ",", key, "='", value, "'");
  };
  if (std::ranges::find(channels, file.channel) != channels.end()) add("channel", file.channel);
  add("subdir", file.subdir);
  add("fn", file.fn);
  add("md5", file.md5);
  add("sha256", file.sha256);
  return Cat(file.name, "[", keys, "]");
}

}  // namespace accord::conda
