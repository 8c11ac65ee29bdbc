// The lines of an explicit list (CEP 23): addresses of packages' files, with or without a hash, and
// the match specifier that means just that file.
//
// A file is known by its subdir, name and hash. Its channel counts only where a corpus is known by
// the very URL that the address begins with: others are known by a name, or are mirrors.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::conda {

struct ListedFile {
  std::string name;     // of the package
  std::string channel;  // as Channel::url; empty: the line does not say
  std::string subdir;   // empty: its folder is called like no subdir
  std::string fn;
  std::string md5;  // of the hashes at most one
  std::string sha256;
  std::string place;
};

// "https://host.example/main/linux-64/a-1-0.conda#MD5", "...#sha256:HASH", a path, or a file's name
// alone. Errors: InvalidInput with the place for a text that ends in no package's file, a file name
// with characters that CEP 26 does not have, or a hash of another form.
[[nodiscard]] absl::StatusOr<ListedFile> ReadListedFile(std::string_view line,
                                                        std::string_view place);

// `channels`: what the open corpora are called, as their records say it.
[[nodiscard]] std::string SpecOf(const ListedFile& file, std::span<const std::string> channels);

}  // namespace accord::conda
