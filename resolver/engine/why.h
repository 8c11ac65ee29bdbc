// Questions about an answer, and what is answered, as plain values: why is a package in it, why at
// this version, why not at another. Each "because" was solved for, or is plain from the sets of the
// requirements it names. docs/explanations.md has the words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "engine/resolve.h"

namespace accord::engine {

// What questions about versions may cost. Past `work_max`, which is of all together, a package is
// not examined, or more holders are named than are needed.
struct WhyLimits {
  uint64_t work_max = 50'000'000;
  uint64_t core_question_work_max = 500'000;  // of one question for a smaller set of holders
};

struct WhyQuestions {
  bool versions = false;   // of every package
  std::string package;     // "click", "requests[socks]"; empty: not asked
  std::string not_chosen;  // "click==8.0", "click>=8", "click"; empty: not asked
  WhyLimits limits;

  [[nodiscard]] bool any() const { return versions || !package.empty() || !not_chosen.empty(); }
};

// Versions that one filter of the request left out.
struct LeftOut {
  std::string filter;  // a word for machines: "requiresPython"
  uint32_t count = 0;
  std::string example;   // "8.2 requires another Python"
  std::string sentence;  // with the switch that sets the filter
};

// Who keeps a package from a better version.
struct Holder {
  std::string who;          // "request", "constraint", "lock", "exclusion", or "flask 2.3.3"
  std::string requirement;  // "click<8"; empty: that it was chosen is enough
  bool alone = false;       // it leaves no better version by itself
  friend auto operator<=>(const Holder&, const Holder&) = default;
};

// Why a version and no better one, where "before" are the packages that the walk chose earlier.
enum class WhyVersionKind : uint8_t {
  kBest,         // it is the best admitted one
  kRequest,      // texts of the request leave none better: holders
  kHeld,         // texts of the request and of what was chosen before leave none better: holders
  kImpossible,   // with what was chosen before (holders) no solution has a better one: lines
  kFavoured,     // the request favours it
  kNotExamined,  // a limit was reached, or the answer is not the canonical one
};
struct WhyVersion {
  std::string name;
  std::string version;
  std::string newest;  // admitted
  std::string best;    // admitted: the newest, unless the request prefers others
  bool best_is_newer = false;
  bool best_is_other_build = false;  // of the same version, which is then told with its build
  WhyVersionKind kind = WhyVersionKind::kBest;
  std::vector<Holder> holders;     // sorted
  std::vector<CoreLine> lines;     // kImpossible: what follows from the holders
  std::vector<LeftOut> newer_out;  // kBest: newer versions that are not admitted
};

// Why a package, or an extra of it, is in the answer.
enum class WhyPackageKind : uint8_t {
  kInAnswer,
  kNotNeeded,    // known, and nothing in the answer asks for it
  kNonexistent,  // no such name
  kUnknown,      // nothing is known of the name
};
struct WhyPackage {
  std::string asked;  // normal: "requests[socks]"
  WhyPackageKind kind = WhyPackageKind::kInAnswer;
  // Of a package that the target decides, which is no part of an answer: "the target has glibc
  // 2.28", "the target has no cuda". Then there is no version.
  std::string given;
  std::string version;  // of the package; empty: it is not in the answer
  std::string newest;   // kNotNeeded: admitted; empty: none
  // The shortest ways from the request to it: each who asks, and for what; kChainsMax at most.
  std::vector<std::vector<RequiredBy>> chains;
  bool more_chains = false;             // there are further ones as short
  std::vector<RequiredBy> required_by;  // all who ask for it; sorted
  std::optional<WhyVersion> why_version;
};
inline constexpr size_t kChainsMax = 4;

// A package in two solutions; empty: it is not there.
struct Change {
  std::string name;
  std::string chosen;   // in the answer
  std::string instead;  // with what was asked about
};

// Why the answer does not have a version. The request is solved with the wish taken last: the walk
// is that of the answer as long as the wish allows it.
enum class WhyNotKind : uint8_t {
  kChosen,       // the answer has it
  kNotNeeded,    // possible, and nothing in the answer asks for the package or extra: changes
  kWorse,        // possible, but the canonical answer is better where they part: changes
  kImpossible,   // there is no solution with it: conflict, explanation
  kNotAdmitted,  // every version that is meant is left out by filters: left_out
  kNoVersion,    // there is no such version: older, newer
  kNonexistent,  // no such name
  kUnknown,      // nothing is known of the name
  kStopped,      // a limit was reached
};
struct WhyNot {
  std::string asked;  // canonical: "click==8"
  std::string package;
  WhyNotKind kind = WhyNotKind::kChosen;
  std::string given;    // as in WhyPackage
  std::string chosen;   // version in the answer; empty: none
  std::string instead;  // the version that a solution has
  // All packages that would differ, by name; and the one that the walk reaches first, where what
  // the answer has is better.
  std::vector<Change> changes;
  std::optional<Change> first;
  std::vector<CoreLine> conflict;
  explain::Explanation explanation;
  std::vector<LeftOut> left_out;      // of the versions that are meant, whatever the kind
  std::string older;                  // the nearest versions that there are; empty: none
  std::string newer;                  // likewise
  std::vector<std::string> assuming;  // as in AnswerClaim
};

// Of a request without a solution nothing but the answer.
struct Explained {
  Answer answer;
  std::vector<WhyVersion> versions;  // sorted by name
  std::optional<WhyPackage> package;
  std::optional<WhyNot> not_chosen;
};

// Solves the request, then answers the questions about it. Errors: as Resolve; InvalidInput for a
// question that cannot be read, with "--why" or "--why-not" as its place.
[[nodiscard]] absl::StatusOr<Explained> Explain(const pypi::ResolveRequest& request,
                                                std::span<const metadata::Source* const> sources,
                                                const WhyQuestions& questions,
                                                const ResolveOptions& options = {});

}  // namespace accord::engine
