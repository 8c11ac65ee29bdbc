#include "check/pypi_files.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::check {
namespace {

using metadata::FileRecord;

bool Names(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::any_of(
      names, [&](const std::string& one) { return pypi::NormalizeName(one) == name; });
}

// The lower bound of a specifier alone; none if it has none.
bool LowerBoundAdmits(const pypi::Specifier& specifier, const pypi::Version& python) {
  switch (specifier.op()) {
    case pypi::SpecifierOperator::kLess:
    case pypi::SpecifierOperator::kLessEqual:
    case pypi::SpecifierOperator::kNotEqual:
    case pypi::SpecifierOperator::kNotEqualPrefix:
      return true;
    case pypi::SpecifierOperator::kGreater:
    case pypi::SpecifierOperator::kGreaterEqual:
    case pypi::SpecifierOperator::kArbitrary:
      return Matches(specifier, python);
    case pypi::SpecifierOperator::kCompatible:
    case pypi::SpecifierOperator::kEqual:
    case pypi::SpecifierOperator::kEqualPrefix:
      break;
  }
  std::string text = specifier.Text();  // two characters, then the version
  text.erase(0, 2);
  if (text.ends_with(".*")) text.resize(text.size() - 2);
  const auto bound = pypi::Version::TryParse(text);
  return !bound || python >= *bound;
}

// A file as the order of files sees it: wheels by tag, then by build tag, then sdists.
struct Ranked {
  bool is_sdist = false;
  uint32_t tag_rank = 0;
  std::optional<pypi::BuildTag> build;
  bool is_tar_gz = false;
  const FileRecord* file = nullptr;
};

bool IsBefore(const Ranked& a, const Ranked& b) {
  if (a.is_sdist != b.is_sdist) return b.is_sdist;
  if (a.tag_rank != b.tag_rank) return a.tag_rank < b.tag_rank;
  if (a.build != b.build) return a.build && (!b.build || *b.build < *a.build);
  if (a.is_tar_gz != b.is_tar_gz) return a.is_tar_gz;
  return a.file->name < b.file->name;
}

// None: it is no wheel with a name that can be read and no sdist, or the target has no such tags.
std::optional<Ranked> Rank(const FileRecord& file, const FileRules& rules) {
  Ranked ranked{.file = &file};
  switch (pypi::KindOfFile(file.name)) {
    case pypi::FileKind::kOther:
      return std::nullopt;
    case pypi::FileKind::kSdist:
      ranked.is_sdist = true;
      ranked.is_tar_gz = file.name.ends_with(".tar.gz");
      return ranked;
    case pypi::FileKind::kWheel:
      break;
  }
  const auto wheel = pypi::WheelName::Parse(file.name);
  if (!wheel.ok()) return std::nullopt;
  ranked.build = wheel->build;
  if (rules.tags->empty()) return ranked;
  const std::optional<uint32_t> rank = rules.tags->RankOf(wheel->tags);
  if (!rank) return std::nullopt;
  ranked.tag_rank = *rank;
  return ranked;
}

bool IsOldEnough(const FileRecord& file, const FileRules& rules) {
  if (!rules.newest) return true;
  const auto uploaded = Instant::TryParse(file.uploaded);
  return uploaded ? *uploaded < *rules.newest : rules.admit_unknown_time;
}

bool HasAllowedHash(const FileRecord& file, const FileRules& rules) {
  if (!rules.hashes_wanted) return true;
  return !file.sha256.empty() &&
         std::ranges::find(rules.hashes, Cat("sha256:", file.sha256)) != rules.hashes.end();
}

// The questions a file is asked, in this order; a version whose files all fail is told of the
// question that its last file got to.
enum class Hurdle : uint8_t { kTags, kKind, kHash, kAge, kPython, kYanked, kNone };

Fault FaultAt(Hurdle hurdle, const pypi::Version& python) {
  switch (hurdle) {
    case Hurdle::kKind:
      return {ViolationKind::kBinaryPolicy, "a file of the kind that the request takes",
              "it has none"};
    case Hurdle::kHash:
      return {ViolationKind::kHash, "a file with an allowed hash", "none has one"};
    case Hurdle::kAge:
      return {ViolationKind::kNewer, "a file that is old enough", "none is, or is known to be"};
    case Hurdle::kPython:
      return {ViolationKind::kLanguageVersion, "a file for this Python",
              Cat("each file's Requires-Python excludes ", python.Text())};
    case Hurdle::kYanked:
      return {ViolationKind::kYanked, "a file that is not yanked",
              "all are, and the request does not pin it"};
    case Hurdle::kTags:
    case Hurdle::kNone:
      break;
  }
  return {ViolationKind::kNoFile, "a wheel for this target, or an sdist", "it has none"};
}

class FileJudge {
 public:
  FileJudge(std::span<const FileRecord> files, const FileRules& rules, bool may_be_yanked)
      : files_(files), rules_(rules), may_be_yanked_(may_be_yanked) {}

  FilesVerdict Judge() {
    std::vector<Ranked> fitting;
    Hurdle furthest = Hurdle::kTags;
    for (const FileRecord& file : files_) {
      const std::optional<Ranked> ranked = Rank(file, rules_);
      const Hurdle stopped_at = ranked ? HurdleOf(*ranked) : Hurdle::kTags;
      if (stopped_at == Hurdle::kNone) fitting.push_back(*ranked);
      furthest = std::max(furthest, stopped_at);
    }
    FilesVerdict verdict;
    if (fitting.empty()) verdict.fault = FaultAt(furthest, rules_.pythons->python());
    std::ranges::sort(fitting, IsBefore);
    for (const Ranked& one : fitting) verdict.fitting.push_back(one.file);
    return verdict;
  }

 private:
  Hurdle HurdleOf(const Ranked& ranked) const {
    const FileRecord& file = *ranked.file;
    if (!(ranked.is_sdist ? rules_.sdists : rules_.wheels)) return Hurdle::kKind;
    if (!HasAllowedHash(file, rules_)) return Hurdle::kHash;
    if (!IsOldEnough(file, rules_)) return Hurdle::kAge;
    if (!rules_.pythons->Admit(file.requires_language)) return Hurdle::kPython;
    if (file.yanked && !may_be_yanked_) return Hurdle::kYanked;
    return Hurdle::kNone;
  }

  const std::span<const FileRecord> files_;
  const FileRules& rules_;
  const bool may_be_yanked_;
};

absl::StatusOr<std::optional<Instant>> NewestOf(const pypi::ExcludeNewer& exclude,
                                                const std::string& name) {
  const std::string* text = &exclude.instant;
  for (const pypi::ExcludeNewer::Of& one : exclude.names) {
    if (pypi::NormalizeName(one.name) == name) text = &one.instant;
  }
  if (text->empty()) return std::nullopt;
  std::optional<Instant> instant = Instant::TryParse(*text);
  if (!instant) {
    return InvalidInput("exclude-newer",
                        Cat("a time as 2024-05-01T00:00:00Z is wanted, found ", Quoted(*text)));
  }
  return instant;
}

}  // namespace

absl::StatusOr<FileRules> RulesOf(const pypi::ResolveRequest& request, PythonTexts& pythons,
                                  const std::string& name) {
  FileRules rules{.tags = &request.tags, .pythons = &pythons};
  absl::StatusOr<std::optional<Instant>> newest = NewestOf(request.exclude_newer, name);
  if (!newest.ok()) return newest.status();
  rules.newest = *std::move(newest);
  rules.admit_unknown_time = request.exclude_newer.admit_unknown;
  const bool wheels_named = Names(request.binaries.only_binary_names, name);
  const bool sdists_named = Names(request.binaries.no_binary_names, name);
  const bool is_named = wheels_named || sdists_named;
  rules.sdists = !(is_named ? wheels_named : request.binaries.only_binary);
  rules.wheels = !(is_named ? sdists_named : request.binaries.no_binary);
  rules.hashes_wanted = request.require_hashes;
  for (const pypi::AllowedHashes& one : request.allowed_hashes) {
    if (pypi::NormalizeName(one.name) != name) continue;
    rules.hashes_wanted = true;
    rules.hashes.insert(rules.hashes.end(), one.hashes.begin(), one.hashes.end());
  }
  return rules;
}

bool PythonTexts::Admit(std::string_view requires_python) {
  const auto [entry, is_new] = admits_.try_emplace(requires_python, true);
  if (!is_new) return entry->second;
  const auto read = pypi::ReadSpecifiersLeniently(requires_python);
  if (!read) return true;
  if (bounds_ == pypi::PythonBounds::kHonour) {
    entry->second = Matches(read->set, python_);
  } else {
    entry->second = std::ranges::all_of(
        read->set.specifiers(),
        [&](const pypi::Specifier& specifier) { return LowerBoundAdmits(specifier, python_); });
  }
  return entry->second;
}

FilesVerdict JudgeFiles(std::span<const FileRecord> files, const FileRules& rules,
                        bool may_be_yanked) {
  if (!files.empty()) return FileJudge(files, rules, may_be_yanked).Judge();
  FilesVerdict verdict;
  if (rules.hashes_wanted) {
    verdict.fault =
        Fault{ViolationKind::kHash, "a file with an allowed hash", "its files are not known"};
  } else if (rules.newest && !rules.admit_unknown_time) {
    verdict.fault =
        Fault{ViolationKind::kNewer, "a file that is old enough", "its files are not known"};
  }
  return verdict;
}

}  // namespace accord::check
