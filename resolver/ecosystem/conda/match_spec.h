// Match specifiers (CEP 29): which records of packages are meant. All spellings, with and without a
// name, with the keys of CEP 43 (`when`), 44 (`extras`) and 45 (`flags`), and the file of a package
// by path or URL.
//
// Parsing is here and in match_spec_parse.cc; what versions are admitted says version_spec.h, what
// texts text_match.h. A specifier is immutable once parsed, and safe to share between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/build_number_spec.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/text_match.h"
#include "ecosystem/conda/version.h"
#include "ecosystem/conda/version_spec.h"

namespace accord::conda {

inline constexpr size_t kMatchSpecBytesMax = 32768;

class Condition;

// How a text is to be read.
struct MatchSpecRules {
  Dialect dialect = Dialect::kCep;
  const ChannelBase* channels = nullptr;  // null: no name is promoted
  bool allow_when = true;                 // false within a condition: it nests no further
};

// What a specifier looks at in a package's record. Empty is for "the record does not say".
struct MatchedRecord {
  std::string_view name;
  const Version* version = nullptr;
  std::string_view build;
  uint64_t build_number = 0;
  std::string_view channel;  // as Channel::url
  std::string_view subdir;
  std::string_view fn;
  std::string_view url;
  std::string_view md5;
  std::string_view sha256;
  std::string_view license;
  std::string_view license_family;
  std::span<const std::string_view> track_features;
  std::span<const std::string_view> features;
  std::span<const std::string_view> flags;
  uint64_t timestamp = 0;
};

struct MatchSpec {
  // "foo =1.8 py*", "channel/subdir::foo[version='>=1,<2']", "/path/foo-1.0-0.conda#MD5", ... A
  // comment behind " #" is left out. Errors: InvalidInput with what was expected; LimitReached
  // above kMatchSpecBytesMax bytes, or a limit of a part. No message shows credentials.
  [[nodiscard]] static absl::StatusOr<MatchSpec> Parse(std::string_view text,
                                                       const MatchSpecRules& rules = {});
  // The same without a name: ">=1.8 py*", "=1.8=py*", "[md5=...]".
  [[nodiscard]] static absl::StatusOr<MatchSpec> ParseNameless(std::string_view text,
                                                               const MatchSpecRules& rules = {});

  // All that is named must match. A record that does not say what is asked for does not match,
  // unless it is asked for everything. `when` and `extras` are not about the record: they say when
  // the specifier counts, and what else of the record counts.
  [[nodiscard]] bool Matches(const MatchedRecord& record) const;

  // CEP 29's Appendix A; in kConda, what conda prints. Equal specifiers, equal texts, and read in
  // the same dialect it says the same again; but of a package's file it holds the parts and not the
  // file's address.
  [[nodiscard]] std::string Canonical() const;

  friend bool operator==(const MatchSpec& a, const MatchSpec& b);

  Dialect dialect = Dialect::kCep;
  TextMatch name;  // matches everything if there is none
  std::optional<Channel> channel;
  std::string channel_name;                // how people write the channel: Channel::Name
  std::optional<TextMatch> channel_match;  // over Channel::url
  std::string name_space;                  // "MUST be parsed and ignored"
  std::optional<VersionSpec> version;
  std::optional<TextMatch> build;
  std::optional<TextMatch> subdir;
  std::optional<BuildNumberSpec> build_number;
  std::optional<std::vector<std::string>> track_features;  // sorted; the record has just these
  std::optional<std::vector<std::string>> features;        // likewise
  std::optional<TextMatch> url;
  std::optional<TextMatch> md5;
  std::optional<TextMatch> sha256;
  std::optional<TextMatch> license;
  std::optional<TextMatch> license_family;
  std::optional<TextMatch> fn;  // not matched where url is
  std::optional<BuildNumberSpec> timestamp;
  std::vector<TextMatch> flags;     // sorted; the record has a flag for each
  std::vector<std::string> extras;  // sorted
  std::shared_ptr<const Condition> when;
  bool is_file = false;  // made of a package's file with channel, subdir, name, version and build;
                         // url says where the text had it, and is not matched
};

}  // namespace accord::conda
