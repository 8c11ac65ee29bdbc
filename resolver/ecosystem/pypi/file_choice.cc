#include "ecosystem/pypi/file_choice.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/name.h"

namespace accord::pypi {
namespace {

using metadata::FileRecord;

constexpr std::string_view kSha256 = "sha256:";
constexpr size_t kSha256Digits = 64;

bool IsSha256(std::string_view text) {
  return text.starts_with(kSha256) && text.size() == kSha256.size() + kSha256Digits &&
         text.find_first_not_of("0123456789abcdef", kSha256.size()) == std::string_view::npos;
}

bool IsNamed(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& n) { return NormalizeName(n) == name; });
}

absl::Status CheckInstant(std::string_view text, std::string_view place) {
  if (text.empty() || ParseInstant(text)) return absl::OkStatus();
  return InvalidInput(place,
                      Cat("an instant is wanted, e.g. 2024-01-01T00:00:00Z, found ", Quoted(text)));
}

// How two usable files of one version compare.
struct FileOrder {
  bool sdist = false;  // behind every wheel
  uint32_t rank = 0;
  std::optional<BuildTag> build;  // higher is better, none is lowest
  bool not_tar_gz = false;        // an sdist in another form
  std::string_view name;

  bool operator<(const FileOrder& other) const {
    return std::tie(sdist, rank, other.build, not_tar_gz, name) <
           std::tie(other.sdist, other.rank, build, other.not_tar_gz, other.name);
  }
};

FileOrder OrderOf(const FileRecord& file, const FileVerdict& verdict) {
  FileOrder order{.sdist = !verdict.wheel, .rank = verdict.rank, .build = {}, .name = file.name};
  if (verdict.wheel) {
    absl::StatusOr<WheelName> name = WheelName::Parse(file.name);
    if (name.ok()) order.build = std::move(name->build);
  } else {
    order.not_tar_gz = !file.name.ends_with(".tar.gz");
  }
  return order;
}

}  // namespace

std::optional<absl::Time> ParseInstant(std::string_view text) {
  if (!text.ends_with('Z')) return std::nullopt;
  absl::Time time;
  std::string fault;
  const absl::string_view spelled(text.data(), text.size());
  if (!absl::ParseTime(absl::RFC3339_full, spelled, &time, &fault)) return std::nullopt;
  return time;
}

absl::StatusOr<FileChooser> FileChooser::Make(const ResolveRequest& request, FactTexts& texts) {
  ACCORD_RETURN_IF_ERROR(CheckInstant(request.exclude_newer.instant, "exclude-newer"));
  for (const ExcludeNewer::Of& of : request.exclude_newer.names) {
    ACCORD_RETURN_IF_ERROR(CheckInstant(of.instant, Cat("exclude-newer of ", of.name)));
  }
  for (const AllowedHashes& allowed : request.allowed_hashes) {
    for (const std::string& hash : allowed.hashes) {
      if (IsSha256(hash)) continue;
      return InvalidInput(allowed.place, Cat("'sha256:' and 64 lower-case hexadecimal digits are "
                                             "wanted as a hash of ",
                                             allowed.name, ", found ", Quoted(hash)));
    }
  }
  return FileChooser(request, texts);
}

FilePolicy FileChooser::PolicyOf(std::string_view name) const {
  FilePolicy policy;
  const BinaryPolicy& binaries = request_->binaries;
  const bool only_named = IsNamed(binaries.only_binary_names, name);
  const bool no_named = IsNamed(binaries.no_binary_names, name);
  policy.only_binary = only_named || (binaries.only_binary && !no_named);
  policy.no_binary = no_named || (binaries.no_binary && !only_named);

  const ExcludeNewer& newer = request_->exclude_newer;
  policy.before = ParseInstant(newer.instant);
  for (const ExcludeNewer::Of& of : newer.names) {
    if (NormalizeName(of.name) == name) policy.before = ParseInstant(of.instant);
  }
  policy.admit_unknown_time = newer.admit_unknown;

  policy.hashes_count = request_->require_hashes;
  for (const AllowedHashes& allowed : request_->allowed_hashes) {
    if (NormalizeName(allowed.name) != name) continue;
    policy.hashes_count = true;
    for (const std::string& hash : allowed.hashes) {
      policy.sha256.insert(hash.substr(kSha256.size()));
    }
  }
  return policy;
}

FileFault FileChooser::FaultWithoutFiles(const FilePolicy& policy) {
  if (policy.before && !policy.admit_unknown_time) return FileFault::kNoUploadTime;
  return policy.hashes_count ? FileFault::kHash : FileFault::kNone;
}

FileVerdict FileChooser::Judge(const FileRecord& file, const FilePolicy& policy, bool pinned) {
  const FileKind kind = KindOfFile(file.name);
  FileVerdict verdict{.wheel = kind == FileKind::kWheel};
  const auto out = [&](FileFault fault) {
    verdict.fault = fault;
    return verdict;
  };
  if (kind == FileKind::kOther) return out(FileFault::kUnusable);
  if (verdict.wheel) {
    const absl::StatusOr<WheelName> name = WheelName::Parse(file.name);
    if (!name.ok()) return out(FileFault::kUnusable);
    if (policy.no_binary) return out(FileFault::kNoBinary);
    if (!request_->tags.empty()) {
      const std::optional<uint32_t> rank = request_->tags.RankOf(name->tags);
      if (!rank) return out(FileFault::kTags);
      verdict.rank = *rank;
    }
  } else if (policy.only_binary) {
    return out(FileFault::kOnlyBinary);
  }
  if (policy.before) {
    const std::optional<absl::Time> uploaded = ParseInstant(file.uploaded);
    if (uploaded && *uploaded >= *policy.before) return out(FileFault::kNewer);
    if (!uploaded && !policy.admit_unknown_time) return out(FileFault::kNoUploadTime);
  }
  if (policy.hashes_count && !policy.sha256.contains(file.sha256)) return out(FileFault::kHash);
  if (!python_.Allows(file.requires_language)) return out(FileFault::kRequiresPython);
  if (file.yanked && !pinned) return out(FileFault::kYanked);
  return verdict;
}

FileChoice FileChooser::Choose(std::span<const FileRecord> files, const FilePolicy& policy,
                               bool pinned) {
  FileChoice choice;
  choice.verdicts.reserve(files.size());
  for (uint32_t i = 0; i < files.size(); ++i) {
    choice.verdicts.push_back(Judge(files[i], policy, pinned));
    const FileFault fault = choice.verdicts.back().fault;
    if (fault == FileFault::kNone) {
      choice.best_first.push_back(i);
    } else if (fault > choice.fault) {
      choice.fault = fault;
      choice.closest = i;
    }
  }
  if (choice.best_first.empty()) return choice;
  choice.fault = FileFault::kNone;
  if (choice.best_first.size() == 1) return choice;
  std::vector<FileOrder> orders(files.size());
  for (const uint32_t i : choice.best_first) {
    orders[i] = OrderOf(files[i], choice.verdicts[i]);
  }
  std::sort(choice.best_first.begin(), choice.best_first.end(),
            [&](uint32_t a, uint32_t b) { return orders[a] < orders[b]; });
  return choice;
}

}  // namespace accord::pypi
