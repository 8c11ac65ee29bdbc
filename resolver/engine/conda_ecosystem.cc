#include "engine/conda_ecosystem.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "engine/check_answer.h"
#include "engine/conda_installed.h"
#include "engine/verify.h"

namespace accord::engine {
namespace {

// A smaller core may cost so small a share of the search, and what a small search costs.
constexpr uint64_t kCoreWorkShare = 10;
constexpr uint64_t kCoreWorkMin = 20'000;
// A conflict that needs more is told by its lines.
constexpr uint64_t kSentencesWorkMax = 20'000;
constexpr size_t kSentencesLinesMax = 300;

std::vector<Wanted> WholePackages(const std::vector<std::string>& names) {
  std::vector<Wanted> wanted;
  for (const std::string& name : names) wanted.push_back({.package = name, .candidates = {}});
  return wanted;
}

std::vector<LeftOut> Told(std::vector<conda::LeftOutRecords> records) {
  std::vector<LeftOut> all;
  for (conda::LeftOutRecords& one : records) {
    all.push_back({.filter = std::string(one.filter),
                   .count = one.count,
                   .example = std::move(one.example),
                   .sentence = std::move(one.sentence)});
  }
  return all;
}

}  // namespace

std::vector<Wanted> CondaEcosystem::wanted() const {
  return reading_ == nullptr ? std::vector<Wanted>() : WholePackages(reading_->wanted());
}

std::vector<Wanted> CondaEcosystem::hinted() const {
  return reading_ == nullptr ? std::vector<Wanted>() : WholePackages(reading_->hinted());
}

// ---- Candidates.

std::string CondaEcosystem::VersionOf(SolvableId candidate) const {
  const conda::Candidates* candidates =
      builder_.CandidatesOf(universe().solvable(candidate).package);
  if (candidates == nullptr) return Ecosystem::VersionOf(candidate);  // virtual
  const uint32_t version = candidates->admitted()[universe().position(candidate)].version;
  return std::string(candidates->version_text(version));
}

bool CondaEcosystem::AreOneVersion(SolvableId a, SolvableId b) const {
  const conda::Candidates* candidates = builder_.CandidatesOf(universe().solvable(a).package);
  if (candidates == nullptr || a == b) return a == b;
  const auto version_of = [&](SolvableId candidate) -> const conda::Version& {
    return candidates->version(candidates->admitted()[universe().position(candidate)].version);
  };
  return version_of(a) == version_of(b);
}

NewerCandidates CondaEcosystem::NewerThan(SolvableId chosen) const {
  if (request_.resolution != Resolution::kHighest) return {};
  const PackageId id = universe().solvable(chosen).package;
  const Package& package = universe().package(id);
  const Position position = universe().position(chosen);
  std::optional<Position> newest;
  std::vector<PositionRange> newer;
  const auto add = [&](Position better) {
    if (better < position || AreOneVersion(universe().at(id, better), chosen)) return;
    if (!newest) newest = better;
    newer.push_back({better, better});
  };
  if (package.preference.empty()) {
    for (Position better = package.count; better-- > position + 1;) add(better);
  }
  for (const Position better : package.preference) {
    if (better == position) break;
    add(better);
  }
  return {.positions = Normalized(std::move(newer)), .newest = newest.value_or(0)};
}

bool CondaEcosystem::IsWorse(SolvableId other, SolvableId chosen) const {
  const Package& package = universe().package(universe().solvable(chosen).package);
  if (package.preference.empty()) return other < chosen;
  const auto rank_of = [&](SolvableId candidate) {
    return std::ranges::find(package.preference, universe().position(candidate));
  };
  return rank_of(chosen) < rank_of(other);
}

// ---- The answer.

absl::Status CondaEcosystem::Tell(SolvableId candidate, ChosenPackage& chosen) const {
  if (IsGiven(universe().solvable(candidate).package)) return absl::OkStatus();
  absl::StatusOr<conda::RecordFacts> facts = builder_.FactsOf(candidate, tell_files_);
  if (!facts.ok()) return facts.status();
  chosen.version = std::string(facts->version);
  chosen.build = std::string(facts->build);
  chosen.build_number = facts->build_number;
  chosen.channel = std::string(facts->channel);
  chosen.subdir = std::string(facts->subdir);
  chosen.noarch = std::string(facts->noarch);
  chosen.index = std::string(facts->source->place());
  metadata::FileRecord& file = facts->file;
  if (file.name.empty()) return absl::OkStatus();
  chosen.files.push_back({.name = std::move(file.name),
                          .url = std::move(file.url),
                          .sha256 = std::move(file.sha256),
                          .md5 = std::move(file.md5),
                          .size = file.size,
                          .uploaded = std::move(file.uploaded),
                          .wheel = false,
                          .fits = true});
  return absl::OkStatus();
}

absl::Status CondaEcosystem::TellChange(const Solution& solution, Answer& answer) {
  if (request_.installed == nullptr) return absl::OkStatus();
  const CondaSolved solved{.request = request_, .builder = builder_, .solution = solution};
  TellKept(solved, answer.solution);
  absl::StatusOr<Transaction> transaction = TransactionOf(solved, answer.solution);
  if (!transaction.ok()) return transaction.status();
  answer.transaction = *std::move(transaction);
  return absl::OkStatus();
}

absl::StatusOr<CheckReport> CondaEcosystem::Check(const Solution&,
                                                  const std::vector<ChosenPackage>& told) const {
  std::vector<check::CondaPin> pins;
  for (const ChosenPackage& chosen : told) {
    pins.push_back({.name = chosen.name,
                    .version = chosen.version,
                    .build = chosen.build,
                    .channel = chosen.channel,
                    .subdir = chosen.subdir,
                    .fn = {}});  // to hold it against the record's would read its files
    // An installed record may differ from a channel's in its file alone.
    if (request_.installed == nullptr || chosen.files.empty()) continue;
    pins.back().fn = chosen.files.front().name;
    pins.back().sha256 = chosen.files.front().sha256;
    pins.back().md5 = chosen.files.front().md5;
  }
  return Reported(Verify(request_, sources_, pins));
}

ConflictLimits CondaEcosystem::LimitsOfConflict(uint64_t search_work) const {
  const uint64_t work_max = search_work / kCoreWorkShare + kCoreWorkMin;
  return {.core = {.work_max = work_max, .all_work_max = work_max},
          .sentences = {.work_max = kSentencesWorkMax},
          .sentences_lines_max = kSentencesLinesMax};
}

// ---- What is left out.

std::vector<std::string> CondaEcosystem::LeftOutLines(PackageId package) const {
  std::vector<std::string> lines;
  for (conda::LeftOutRecords& one :
       conda::LeftOutOf(builder_, package, universe().name(package), conda::Subdirs::kOwn)) {
    lines.push_back(std::move(one.sentence));
  }
  return lines;
}

std::vector<LeftOut> CondaEcosystem::LeftOutOf(const Wish& wish) const {
  const std::string given = notation_.GivenOf(wish.package);
  if (!given.empty()) {
    return {{.filter = "target",
             .count = 1,
             .example = given,
             .sentence = Cat(given, " (--virtual-package)")}};
  }
  return Told(conda::LeftOutOf(builder_, wish.package, wish.text, conda::Subdirs::kAll));
}

std::vector<LeftOut> CondaEcosystem::NewerLeftOut(SolvableId chosen) const {
  const PackageId package = universe().solvable(chosen).package;
  const std::string newer = Cat(universe().name(package), " >", VersionOf(chosen));
  return Told(conda::LeftOutOf(builder_, package, newer, conda::Subdirs::kOwn));
}

// ---- Questions.

absl::StatusOr<Wish> CondaEcosystem::Suppose(const PlacedText& text) {
  absl::StatusOr<conda::Supposed> supposed = builder_.Suppose(text);
  if (!supposed.ok()) return supposed.status();
  const VersionSetId set =
      universe().requirement(supposed->requirements.front()).alternatives.front();
  return Wish{.text = std::move(supposed->text),
              .package = supposed->package,
              .extras = std::move(supposed->extras),
              .requirements = std::move(supposed->requirements),
              .is_name = notation_.OfSet(set) == universe().name(supposed->package)};
}

NearestVersions CondaEcosystem::NearestTo(const Wish& wish) const {
  NearestVersions nearest;
  const conda::Candidates* candidates = builder_.CandidatesOf(wish.package);
  if (candidates == nullptr || candidates->version_count() == 0) return nearest;
  const absl::StatusOr<conda::MatchSpec> spec =
      conda::MatchSpec::Parse(wish.text, {.dialect = request_.dialect});
  const conda::VersionClause* named =
      spec.ok() && spec->version ? spec->version->single() : nullptr;
  const bool names_one = named != nullptr && (named->op() == conda::VersionOperator::kEqual ||
                                              named->op() == conda::VersionOperator::kFuzzy);
  uint32_t above = candidates->version_count();
  while (names_one && above > 0 && *named->version() < candidates->version(above - 1)) --above;
  if (above > 0) nearest.older = std::string(candidates->version_text(above - 1));
  if (above < candidates->version_count()) {
    nearest.newer = std::string(candidates->version_text(above));
  }
  return nearest;
}

}  // namespace accord::engine
