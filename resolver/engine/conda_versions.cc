#include "engine/conda_versions.h"

#include <vector>

#include "base/error.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/version_spec.h"

namespace accord::engine {
namespace {

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = conda::Strip(text); !text.empty(); text = conda::Strip(text)) {
    size_t end = 0;
    while (end < text.size() && !conda::IsBlank(text[end])) ++end;
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

absl::StatusOr<bool> MatchRecord(const std::vector<std::string_view>& words,
                                 std::string_view specifier, conda::Dialect dialect) {
  if (words.size() > 3) {
    return InvalidInput("record",
                        Cat("NAME VERSION BUILD is wanted, found ", words.size(), " words"));
  }
  const absl::StatusOr<conda::Version> version = conda::Version::Parse(words[1]);
  if (!version.ok()) return version.status();
  const auto spec = conda::MatchSpec::Parse(specifier, {.dialect = dialect});
  if (!spec.ok()) return spec.status();
  if (spec->build_number || spec->timestamp) {
    return InvalidInput(Cat("match specifier ", Quoted(specifier)),
                        "a record's words say no build_number and no timestamp");
  }
  return spec->Matches({.name = words[0],
                        .version = &*version,
                        .build = words.size() > 2 ? words[2] : std::string_view()});
}

}  // namespace

absl::StatusOr<CondaVersionAnswer> ParseCondaVersion(std::string_view version) {
  const absl::StatusOr<conda::Version> parsed = conda::Version::Parse(version);
  if (!parsed.ok()) return parsed.status();
  return CondaVersionAnswer{.normal = std::string(parsed->Text()), .parts = PartsOf(*parsed)};
}

absl::StatusOr<std::strong_ordering> CompareCondaVersions(std::string_view left,
                                                          std::string_view right) {
  const absl::StatusOr<conda::Version> a = conda::Version::Parse(left);
  if (!a.ok()) return a.status();
  const absl::StatusOr<conda::Version> b = conda::Version::Parse(right);
  if (!b.ok()) return b.status();
  return *a <=> *b;
}

absl::StatusOr<bool> MatchCondaVersion(std::string_view version_or_record,
                                       std::string_view specifier, conda::Dialect dialect) {
  const std::vector<std::string_view> words = WordsOf(version_or_record);
  if (words.size() > 1) return MatchRecord(words, specifier, dialect);
  const absl::StatusOr<conda::Version> version = conda::Version::Parse(version_or_record);
  if (!version.ok()) return version.status();
  const auto spec = conda::VersionSpec::Parse(specifier, dialect);
  if (!spec.ok()) return spec.status();
  return spec->Matches(*version);
}

}  // namespace accord::engine
