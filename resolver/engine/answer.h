// The answer to one request, as plain values: what wire/ writes and a front end shows. Names and
// texts, no ids; everything but counters and timings depends on the request and the facts alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check/pypi_check.h"
#include "engine/transaction.h"
#include "explain/explanation.h"
#include "model/outcome.h"

namespace accord::engine {

enum class Status : uint8_t { kSat, kUnsat, kStopped };

// A requirement and who has it.
struct RequiredBy {
  std::string who;          // "request", "flask 2.3.3", or "installed": it is kept as it was there
  std::string requirement;  // canonical text: "click>=8.1.3"; "flask[async]" for an extra
  friend auto operator<=>(const RequiredBy&, const RequiredBy&) = default;
};

// A file of a chosen version, as its source knows it. Empty texts: not known.
struct ChosenFile {
  std::string name;
  std::string url;
  std::string sha256;
  std::string md5;
  std::optional<uint64_t> size;
  std::string uploaded;  // RFC 3339 in UTC
  bool wheel = false;    // else an sdist
  bool fits = false;     // the target can use it and the policies admit it
};

// One chosen version. The extras that are active on it are folded into it.
struct ChosenPackage {
  std::string name;
  std::string version;              // as the source spells it
  std::vector<std::string> extras;  // active, sorted
  bool requested = false;
  RequiredBy reason;                    // the requirement with which the walk chose it
  std::vector<RequiredBy> required_by;  // all that ask for it or its extras; sorted
  // Where the source knows files: those that fit first, best first; then the others by name, which
  // other targets may need. What age, yanking, hashes or the binary policy rule out is not here.
  std::vector<ChosenFile> files;
  std::string requires_python;  // of the first file, else of the metadata
  std::string index;            // the source, by its place
  std::string url;              // of a direct reference; then there are no files
  // Of conda: which of a version's records it is. Empty: not of conda, or the record has none.
  std::string build;
  uint64_t build_number = 0;
  std::string channel;
  std::string subdir;
  std::string noarch;  // "generic", "python"
};

enum class WarningKind : uint8_t {
  kUnknownExtra,    // a chosen version does not provide an extra that is asked of it
  kInvalidVersion,  // a chosen package has versions that are none
  kUnmetSoft,       // a soft requirement is not met
  kRepaired,        // a requirement of a chosen version was not readable as it stands
};
struct Warning {
  WarningKind kind = WarningKind::kUnknownExtra;
  std::string package;
  std::string text;
};

// A requested package and its place in the order of decision; 0 first.
struct PackagePriority {
  std::string name;
  int32_t priority = 0;
};

// One line of why there is no solution.
enum class CoreLineKind : uint8_t {
  kRequest,      // "request: flask>=2.2"
  kConstraint,   // "constraint: click<8"
  kLock,         // "locked: click==8.0"
  kExclusion,    // "excluded: click==8.1"
  kDependency,   // "flask 2.2.0 .. 2.3.3 (9 versions) need click>=8.0"
  kNoCandidate,  // "no admitted version is numpy>=9"
  kNotAdmitted,  // "numpy: 12 versions not admitted, e.g. 1.0 requires another Python: <3"
  kNonexistent,  // "foo does not exist"
  kUnavailable,  // "foo is unknown: ..."
  kOneVersion,   // "one version of click at most"
};
struct CoreLine {
  CoreLineKind kind = CoreLineKind::kRequest;
  std::string text;
  std::string place;  // of a text of the request: "argument 2"; no part of what the answer says
  friend bool operator==(const CoreLine&, const CoreLine&) = default;
};

// Why a requested package is not at its newest admitted version.
enum class BehindKind : uint8_t {
  kRequest,      // the request's own specifiers, constraints, locks or exclusions leave none newer
  kImpossible,   // with any newer version there is no solution: lines
  kTraded,       // a newer one exists in a solution where others are older: trades
  kNotExamined,  // the budget for such questions was used up
};
struct Trade {
  std::string name;
  std::string chosen;   // here
  std::string instead;  // in the solution with the newer version
};
struct BehindPackage {
  std::string name;
  std::string chosen;
  std::string newest;  // admitted
  BehindKind kind = BehindKind::kRequest;
  std::string instead;          // kTraded: the newer version that a solution has
  std::vector<CoreLine> lines;  // kImpossible
  std::vector<Trade> trades;    // kTraded: requested packages that would be older
};

// A change of the request with which there is a solution: it was solved.
enum class HintKind : uint8_t {
  kPrereleases,   // of subject
  kYanked,        // those of subject admitted
  kPythonBounds,  // upper bounds of Requires-Python ignored
  kPython,        // subject: another version
  kExcludeNewer,
  kSdists,
  kWheels,
  kChannelPriority,  // subject: another one
  kTarget,           // subject: a virtual package that it has not, or another version of one
  kConstraint,       // without those on subject
  kLock,             // likewise
  kExclusion,        // likewise
  kOverride,         // likewise
  kRequirement,      // without subject
};
struct Hint {
  HintKind kind = HintKind::kRequirement;
  std::string subject;
  std::string text;  // "allowing pre-releases of a would help"
};

// A change that was tried, and nobody knows whether it would help.
struct UndecidedHint {
  Hint hint;        // its text: "whether allowing pre-releases of a would help"
  std::string why;  // a limit, or what cannot be read
};

struct AnswerClaim {
  ClaimKind kind = ClaimKind::kCanonical;
  // Names, or "name version", that could not be known and whose absence the answer rests on; an
  // unsat rests on them likewise. Sorted.
  std::vector<std::string> assuming;
};

// What the checker (check/) said; it shares no code with the solvers.
struct CheckReport {
  bool ran = false;                     // only solutions are checked
  std::vector<std::string> violations;  // empty, or we have a bug
  check::CheckCost cost;
};

// Microseconds. `open` is the caller's to fill: sources are opened before.
struct Timings {
  uint64_t open_us = 0;
  uint64_t parse_us = 0;     // reading the request and what its order needs
  uint64_t universe_us = 0;  // facts into candidates, sets and dependencies
  uint64_t solve_us = 0;
  uint64_t explain_us = 0;  // a smaller core, and why requested packages are behind
  uint64_t check_us = 0;
};

// A candidate whose needs nobody knows before its sdist is built: who builds it can hand in the
// metadata and ask again.
struct NeedsBuild {
  std::string name;
  std::string version;
  std::string file;
};

// A Python for which the request has no solution, and why.
struct PythonTried {
  std::string python;  // "3.13"
  std::vector<CoreLine> conflict;
};

struct Answer {
  Status status = Status::kUnsat;
  // kStopped: what stopped it; `solution` is then the best so far, claim feasible, or empty.
  StopReason stop_reason = StopReason::kWork;
  bool has_solution = false;
  std::vector<ChosenPackage> solution;     // sorted by name
  std::optional<Transaction> transaction;  // where something was installed or may have been
  AnswerClaim claim;
  // Of claim.assuming, those that a build would make known; in the same order.
  std::vector<NeedsBuild> needs_build;
  std::vector<CoreLine> conflict;  // kUnsat: unsatisfiable together
  // Where any Python would do: those better than the answer's, best first, none of which has a
  // solution. All of them, if there is none.
  std::vector<PythonTried> pythons_tried;
  explain::Explanation explanation;  // kUnsat: the same, step by step
  std::vector<Hint> hints;           // kUnsat: what would help (HintLimits)
  std::vector<UndecidedHint> hints_undecided;
  std::vector<BehindPackage> behind;        // sorted by name
  std::vector<Warning> warnings;            // sorted by package, then text
  std::vector<PackagePriority> priorities;  // in the order of decision
  CheckReport check;
  Counters counters;
  Timings timings;
  uint64_t packages_read = 0;  // packages whose records were looked at
  std::string saved_problem;   // a world file, if asked for
};

}  // namespace accord::engine
