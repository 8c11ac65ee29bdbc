#include "cli/policy_options.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "cli/choice.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/requirement_file.h"
#include "engine/policies.h"
#include "wire/when.h"

namespace accord::cli {
namespace {

constexpr std::string_view kAll = ":all:";
constexpr std::string_view kNoLimit = "none";

CLI::Option* AddText(Options& options, std::string_view name, std::string& value,
                     std::string_view help) {
  return options.Add(name, value, help)->type_name("")->group(kPoliciesGroup);
}

CLI::Option* AddTexts(Options& options, std::string_view name, std::vector<std::string>& values,
                      std::string_view help) {
  return AddRepeated(options, name, values, help)->group(kPoliciesGroup);
}

// One of the words, of which the first is the default.
template <class Words>
CLI::Option* AddWord(Options& options, std::string_view name, std::string& value,
                     const Words& words, std::string_view help) {
  return AddText(options, name, value, Cat(help, ": ", Listed(words), " (default: the first)"));
}

template <class Words, class Policy>
absl::Status Take(std::string_view option, const std::string& word, const Words& words,
                  Policy& policy) {
  if (word.empty()) return absl::OkStatus();
  const auto chosen = Choose(option, word, words);
  if (!chosen.ok()) return chosen.status();
  policy = *chosen;
  return absl::OkStatus();
}

// The words of --only-binary or --no-binary: names, and whether :all: is among them.
struct Binaries {
  bool all = false;
  std::set<std::string> names;
};

absl::StatusOr<Binaries> ReadBinaries(const std::vector<std::string>& words,
                                      std::string_view option) {
  Binaries read;
  for (const std::string& word : words) {
    if (word == kAll) {
      read.all = true;
    } else if (pypi::IsValidName(word)) {
      read.names.insert(pypi::NormalizeName(word));
    } else {
      return InvalidInput(option, Cat("a package or :all: is wanted, found ", Quoted(word)));
    }
  }
  return read;
}

// What the command line says of a name counts, not what a file said of it before.
void Replace(std::vector<std::string>& names, const std::set<std::string>& added,
             const std::set<std::string>& removed) {
  std::erase_if(names, [&](const std::string& name) {
    const std::string normal = pypi::NormalizeName(name);
    return added.contains(normal) || removed.contains(normal);
  });
  names.insert(names.end(), added.begin(), added.end());
}

// "flask: werkzeug>=3" is for flask alone. No requirement has a bare name before its first ':'.
pypi::Override ReadOverride(pypi::PlacedText text) {
  const std::string_view whole = text.text;
  const size_t colon = whole.find(':');
  if (colon == std::string_view::npos || !pypi::IsValidName(whole.substr(0, colon))) {
    return {.requirement = std::move(text), .dependant = {}};
  }
  return {.requirement = {.text = std::string(whole.substr(colon + 1)), .place = text.place},
          .dependant = pypi::NormalizeName(whole.substr(0, colon))};
}

}  // namespace

void PolicyOptions::AddTo(Options& options) {
  AddVersionsTo(options);
  AddFilesTo(options);
  AddNeedsTo(options);
}

void PolicyOptions::AddVersionsTo(Options& options) {
  AddWord(options, "--resolution", resolution_, pypi::kResolutionWords, "which version is better");
  AddWord(options, "--order", order_, pypi::kOrderWords, "whose versions are decided first");
  AddWord(options, "--prereleases", prereleases_, pypi::kPrereleaseWords,
          "which pre-releases are admitted");
  AddTexts(options, "--prereleases-of", prereleases_of_,
           "NAME=POLICY: the same for one package; again for more");
  AddText(options, "--exclude-newer", exclude_newer_,
          "WHEN: what was uploaded then or later is not there; an instant, a day (its end, in UTC) "
          "or an age: 2024-01-01T00:00:00Z, 2024-01-01, '7 days', P7D");
  AddTexts(options, "--exclude-newer-package", exclude_newer_of_,
           "NAME=WHEN: the same for one package, or NAME=none: no limit; again for more");
  AddTexts(options, "--exclude-newer-channel", exclude_newer_channels_,
           "NAME=WHEN: conda: the same for the records of a channel, but for packages that have "
           "their own; again for more");
  AddWord(options, "--missing-upload-time", missing_upload_time_, pypi::kMissingUploadTimeWords,
          "files without an upload time under --exclude-newer; conda's stay if nothing is said");
}

void PolicyOptions::AddFilesTo(Options& options) {
  AddTexts(options, "--only-binary", only_binary_, "NAME or :all:: wheels alone; again for more")
      ->delimiter(',');
  AddTexts(options, "--no-binary", no_binary_, "NAME or :all:: sdists alone; again for more")
      ->delimiter(',');
  options
      .AddFlag("--prefer-binary", prefer_binary_,
               "a version with a wheel is better than any without")
      ->group(kPoliciesGroup);
  AddTexts(options, "--allow-hash", allowed_hashes_,
           "NAME=sha256:...: of this package only files with such a hash; again for more");
  options
      .AddFlag("--require-hashes", require_hashes_, "of every package only files with such a hash")
      ->group(kPoliciesGroup);
  AddWord(options, "--index-policy", indexes_, pypi::kIndexWords,
          "of a name in several corpora the versions of the first, or of all");
}

void PolicyOptions::AddNeedsTo(Options& options) {
  AddTexts(
      options, "--override", overrides_,
      "REQ: instead of every requirement on its package; 'NAME: REQ': instead of those of NAME "
      "alone; again for more");
  AddTexts(options, "--overrides", override_files_, "FILE: overrides, one a line");
  AddTexts(options, "--metadata", metadata_,
           "URL=FILE: the metadata of a URL that is asked for; again for more");
  options.AddFlag("--no-deps", no_deps_, "what packages need is not looked at")
      ->group(kPoliciesGroup);
  AddWord(options, "--python-bounds", python_bounds_, pypi::kPythonBoundsWords,
          "upper bounds of Requires-Python");
  AddWord(options, "--absent", absent_, pypi::kAbsentWords,
          "names that no corpus has; by-corpus: nonexistent if every corpus is complete");
}

absl::Status PolicyOptions::Apply(const Streams& streams, pypi::ResolveRequest& request) const {
  ACCORD_RETURN_IF_ERROR(ApplyVersions(request));
  ACCORD_RETURN_IF_ERROR(ApplyAge(streams.now_unix_s, request.exclude_newer));
  ACCORD_RETURN_IF_ERROR(ApplyBinaries(request.binaries));
  ACCORD_RETURN_IF_ERROR(ApplyHashes(request));
  ACCORD_RETURN_IF_ERROR(ApplyOverrides(streams.in, request));
  ACCORD_RETURN_IF_ERROR(ApplyMetadata(streams.in, request));
  request.no_deps |= no_deps_;
  ACCORD_RETURN_IF_ERROR(
      Take("--python-bounds", python_bounds_, pypi::kPythonBoundsWords, request.python_bounds));
  ACCORD_RETURN_IF_ERROR(Take("--index-policy", indexes_, pypi::kIndexWords, request.indexes));
  return Take("--absent", absent_, pypi::kAbsentWords, request.absent);
}

absl::Status PolicyOptions::ApplyVersions(pypi::ResolveRequest& request) const {
  ACCORD_RETURN_IF_ERROR(
      Take("--resolution", resolution_, pypi::kResolutionWords, request.resolution));
  ACCORD_RETURN_IF_ERROR(Take("--order", order_, pypi::kOrderWords, request.order));
  ACCORD_RETURN_IF_ERROR(
      Take("--prereleases", prereleases_, pypi::kPrereleaseWords, request.prereleases));
  const auto named = OneValueEach(prereleases_of_, "--prereleases-of");
  if (!named.ok()) return named.status();
  for (const NamedValue& one : *named) {
    const auto policy = Choose(one.place, one.value, pypi::kPrereleaseWords);
    if (!policy.ok()) return policy.status();
    request.prereleases_of.push_back({.name = one.name, .policy = *policy});
  }
  return absl::OkStatus();
}

absl::Status PolicyOptions::ApplyAge(int64_t now_unix_s, pypi::ExcludeNewer& newer) const {
  if (!exclude_newer_channels_.empty()) {
    return InvalidInput("--exclude-newer-channel", "is for --ecosystem conda, this is pypi");
  }
  if (!exclude_newer_.empty()) {
    absl::StatusOr<std::string> instant =
        wire::ReadWhen("--exclude-newer", exclude_newer_, now_unix_s);
    if (!instant.ok()) return instant.status();
    newer.instant = *std::move(instant);
  }
  const auto named = OneValueEach(exclude_newer_of_, "--exclude-newer-package");
  if (!named.ok()) return named.status();
  for (const NamedValue& one : *named) {
    std::string instant;
    if (one.value != kNoLimit) {
      absl::StatusOr<std::string> read = wire::ReadWhen(one.place, one.value, now_unix_s);
      if (!read.ok()) return read.status();
      instant = *std::move(read);
    }
    newer.names.push_back({.name = one.name, .instant = std::move(instant)});
  }
  return Take("--missing-upload-time", missing_upload_time_, pypi::kMissingUploadTimeWords,
              newer.admit_unknown);
}

absl::Status PolicyOptions::Apply(const Streams& streams, conda::ResolveRequest& request) const {
  ACCORD_RETURN_IF_ERROR(RefuseWhatCondaHasNot());
  ACCORD_RETURN_IF_ERROR(
      Take("--resolution", resolution_, pypi::kResolutionWords, request.resolution));
  ACCORD_RETURN_IF_ERROR(Take("--order", order_, pypi::kOrderWords, request.order));
  ACCORD_RETURN_IF_ERROR(Take("--absent", absent_, pypi::kAbsentWords, request.absent));
  request.no_deps |= no_deps_;
  return ApplyAge(streams.now_unix_s, request.exclude_newer);
}

absl::Status PolicyOptions::RefuseWhatCondaHasNot() const {
  const std::pair<std::string_view, bool> of_pypi[] = {
      {"--prereleases", !prereleases_.empty() || !prereleases_of_.empty()},
      {"--only-binary", !only_binary_.empty()},
      {"--no-binary", !no_binary_.empty()},
      {"--prefer-binary", prefer_binary_},
      {"--allow-hash", !allowed_hashes_.empty()},
      {"--require-hashes", require_hashes_},
      {"--override", !overrides_.empty() || !override_files_.empty()},
      {"--metadata", !metadata_.empty()},
      {"--python-bounds", !python_bounds_.empty()},
      {"--index-policy", !indexes_.empty()}};
  for (const auto& [option, is_given] : of_pypi) {
    if (is_given) return InvalidInput(option, "is for --ecosystem pypi, this is conda");
  }
  return absl::OkStatus();
}

absl::Status PolicyOptions::ApplyAge(int64_t now_unix_s, conda::ExcludeNewer& newer) const {
  const auto read = [&](std::string_view place,
                        const std::string& when) -> absl::StatusOr<uint64_t> {
    if (when == kNoLimit) return uint64_t{0};
    const absl::StatusOr<std::string> instant = wire::ReadWhen(place, when, now_unix_s);
    if (!instant.ok()) return instant.status();
    return conda::MillisecondsOf(*instant).value_or(0);
  };
  if (!exclude_newer_.empty()) {
    const absl::StatusOr<uint64_t> instant = read("--exclude-newer", exclude_newer_);
    if (!instant.ok()) return instant.status();
    newer.instant_ms = *instant;
  }
  const auto read_each = [&](std::string_view option, const std::vector<std::string>& texts,
                             std::vector<conda::ExcludeNewer::Of>& limits) {
    const auto named = OneValueEach(texts, option, Naming::kAsWritten);
    if (!named.ok()) return named.status();
    for (const NamedValue& one : *named) {
      const absl::StatusOr<uint64_t> instant = read(one.place, one.value);
      if (!instant.ok()) return instant.status();
      limits.push_back({.name = one.name, .instant_ms = *instant});
    }
    return absl::OkStatus();
  };
  ACCORD_RETURN_IF_ERROR(read_each("--exclude-newer-package", exclude_newer_of_, newer.packages));
  ACCORD_RETURN_IF_ERROR(
      read_each("--exclude-newer-channel", exclude_newer_channels_, newer.channels));
  return Take("--missing-upload-time", missing_upload_time_, pypi::kMissingUploadTimeWords,
              newer.admit_unknown);
}

absl::Status PolicyOptions::ApplyBinaries(pypi::BinaryPolicy& binaries) const {
  const absl::StatusOr<Binaries> only = ReadBinaries(only_binary_, "--only-binary");
  if (!only.ok()) return only.status();
  const absl::StatusOr<Binaries> no = ReadBinaries(no_binary_, "--no-binary");
  if (!no.ok()) return no.status();
  const auto both = std::ranges::find_if(
      no->names, [&](const std::string& name) { return only->names.contains(name); });
  if (both != no->names.end() || (only->all && no->all)) {
    return InvalidInput("--no-binary",
                        Cat("wheels alone or sdists alone are wanted, --only-binary names ",
                            both != no->names.end() ? std::string_view(*both) : kAll, " too"));
  }
  if (only->all || no->all) {
    binaries.only_binary = only->all;
    binaries.no_binary = no->all;
  }
  Replace(binaries.only_binary_names, only->names, no->names);
  Replace(binaries.no_binary_names, no->names, only->names);
  binaries.prefer_binary |= prefer_binary_;
  return absl::OkStatus();
}

absl::Status PolicyOptions::ApplyHashes(pypi::ResolveRequest& request) const {
  const auto named = NamedValues(allowed_hashes_, "--allow-hash");
  if (!named.ok()) return named.status();
  for (const NamedValue& one : *named) {
    request.allowed_hashes.push_back({.name = one.name, .hashes = {one.value}, .place = one.place});
  }
  request.require_hashes |= require_hashes_;
  return absl::OkStatus();
}

absl::Status PolicyOptions::ApplyOverrides(std::istream& in, pypi::ResolveRequest& request) const {
  std::vector<pypi::PlacedText> texts = Placed(overrides_, "--override");
  for (const std::string& file : override_files_) {
    const absl::StatusOr<std::string> text = ReadWhole(file, in);
    if (!text.ok()) return text.status();
    absl::StatusOr<std::vector<pypi::PlacedText>> lines = ReadRequirementLines(*text, file);
    if (!lines.ok()) return lines.status();
    std::ranges::move(*lines, std::back_inserter(texts));
  }
  for (pypi::PlacedText& text : texts) request.overrides.push_back(ReadOverride(std::move(text)));
  return absl::OkStatus();
}

absl::Status PolicyOptions::ApplyMetadata(std::istream& in, pypi::ResolveRequest& request) const {
  for (const pypi::PlacedText& one : Placed(metadata_, "--metadata")) {
    // URLs may have '=' in them, so the last one counts.
    const size_t equals = one.text.rfind('=');
    if (equals == std::string::npos || equals == 0) {
      return InvalidInput(one.place, Cat("URL=FILE is wanted, found ", Quoted(one.text)));
    }
    const std::string file = one.text.substr(equals + 1);
    absl::StatusOr<std::string> text = ReadWhole(file, in);
    if (!text.ok()) return text.status();
    request.direct.push_back(
        {.url = one.text.substr(0, equals), .metadata_text = *std::move(text), .place = file});
  }
  return absl::OkStatus();
}

}  // namespace accord::cli
