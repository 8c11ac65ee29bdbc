// Every field name and every word of the JSON documents, in one place. The world file's are
// model's.
#pragma once

#include <string_view>

#include "engine/answer.h"

namespace accord::wire {

// Grows when a reader of older documents would misread a new one; new fields alone do not count.
inline constexpr int kSchemaVersion = 1;

namespace field {
inline constexpr const char* kSchemaVersion = "schemaVersion";
inline constexpr const char* kStatus = "status";
inline constexpr const char* kReason = "reason";
inline constexpr const char* kSolution = "solution";
inline constexpr const char* kPackage = "package";
inline constexpr const char* kVersion = "version";
inline constexpr const char* kExtras = "extras";
inline constexpr const char* kRequested = "requested";
inline constexpr const char* kRequiredBy = "requiredBy";
inline constexpr const char* kWho = "who";
inline constexpr const char* kRequirement = "requirement";
inline constexpr const char* kClaim = "claim";
inline constexpr const char* kKind = "kind";
inline constexpr const char* kAssuming = "assuming";
inline constexpr const char* kConflict = "conflict";
inline constexpr const char* kExplanation = "explanation";
inline constexpr const char* kSentences = "sentences";
inline constexpr const char* kNodes = "nodes";
inline constexpr const char* kBecause = "because";
inline constexpr const char* kFilter = "filter";
inline constexpr const char* kHints = "hints";
inline constexpr const char* kSubject = "subject";
inline constexpr const char* kHintsUndecided = "hintsUndecided";
inline constexpr const char* kText = "text";
inline constexpr const char* kPlace = "place";
inline constexpr const char* kBehind = "behind";
inline constexpr const char* kChosen = "chosen";
inline constexpr const char* kNewest = "newest";
inline constexpr const char* kInstead = "instead";
inline constexpr const char* kLines = "lines";
inline constexpr const char* kTrades = "trades";
inline constexpr const char* kWarnings = "warnings";
inline constexpr const char* kNotes = "notes";
inline constexpr const char* kPriorities = "priorities";
inline constexpr const char* kPriority = "priority";
inline constexpr const char* kDigest = "digest";
inline constexpr const char* kEnvironment = "environment";
inline constexpr const char* kIndex = "index";
inline constexpr const char* kUrl = "url";
inline constexpr const char* kRequiresPython = "requiresPython";
inline constexpr const char* kFiles = "files";
inline constexpr const char* kFile = "file";
inline constexpr const char* kName = "name";
inline constexpr const char* kSha256 = "sha256";
inline constexpr const char* kMd5 = "md5";
inline constexpr const char* kBuild = "build";
inline constexpr const char* kBuildNumber = "buildNumber";
inline constexpr const char* kChannel = "channel";
inline constexpr const char* kSubdir = "subdir";
inline constexpr const char* kSize = "size";
inline constexpr const char* kUploaded = "uploaded";
inline constexpr const char* kFits = "fits";
inline constexpr const char* kGiven = "given";
inline constexpr const char* kNeedsBuild = "needsBuild";
inline constexpr const char* kTarget = "target";
inline constexpr const char* kCondaTarget = "condaTarget";
inline constexpr const char* kPip = "pip";
inline constexpr const char* kPolicies = "policies";
inline constexpr const char* kPythonsTried = "pythonsTried";
inline constexpr const char* kPython = "python";
inline constexpr const char* kEcosystem = "ecosystem";
inline constexpr const char* kStrategy = "strategy";
inline constexpr const char* kStats = "stats";
inline constexpr const char* kCounters = "counters";
inline constexpr const char* kTimings = "timings";
inline constexpr const char* kCheck = "check";
inline constexpr const char* kAccepted = "accepted";
inline constexpr const char* kValid = "valid";
inline constexpr const char* kViolations = "violations";
inline constexpr const char* kVersions = "versions";
inline constexpr const char* kWhy = "why";
inline constexpr const char* kWhyNot = "whyNot";
inline constexpr const char* kBest = "best";
inline constexpr const char* kHolders = "holders";
inline constexpr const char* kAlone = "alone";
inline constexpr const char* kNewerOut = "newerLeftOut";
inline constexpr const char* kLeftOut = "leftOut";
inline constexpr const char* kCount = "count";
inline constexpr const char* kExample = "example";
inline constexpr const char* kSentence = "sentence";
inline constexpr const char* kAsked = "asked";
inline constexpr const char* kChains = "chains";
inline constexpr const char* kMoreChains = "moreChains";
inline constexpr const char* kChanges = "changes";
inline constexpr const char* kFirst = "first";
inline constexpr const char* kOlder = "older";
inline constexpr const char* kNewer = "newer";
inline constexpr const char* kWhere = "where";
inline constexpr const char* kWish = "wish";
inline constexpr const char* kFact = "fact";
inline constexpr const char* kTransaction = "transaction";
inline constexpr const char* kAction = "action";
inline constexpr const char* kFrom = "from";
inline constexpr const char* kTo = "to";
inline constexpr const char* kUnlinkOrder = "unlinkOrder";
inline constexpr const char* kLinkOrder = "linkOrder";
inline constexpr const char* kError = "error";
inline constexpr const char* kDetail = "detail";
}  // namespace field

[[nodiscard]] std::string_view Word(engine::Status status);
[[nodiscard]] std::string_view Word(StopReason reason);
[[nodiscard]] std::string_view Word(ClaimKind kind);
[[nodiscard]] std::string_view Word(engine::CoreLineKind kind);
[[nodiscard]] std::string_view Word(engine::BehindKind kind);
[[nodiscard]] std::string_view Word(explain::NodeKind kind);
[[nodiscard]] std::string_view Word(engine::HintKind kind);
[[nodiscard]] std::string_view Word(engine::WarningKind kind);
[[nodiscard]] std::string_view Word(engine::StepKind kind);

}  // namespace accord::wire
