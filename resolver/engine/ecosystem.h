// The seam that each ecosystem fills (pypi_, conda_ and plain_ecosystem.h): what the pipeline and
// the questions about an answer must know of a request, its packages and its words. Everything else
// in this folder is the same for all ecosystems. The solver does not come here: it talks to the
// Supplier.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ecosystem/request_words.h"
#include "engine/answer.h"
#include "engine/minimal_core.h"
#include "engine/resolve.h"
#include "engine/solve.h"
#include "engine/why.h"
#include "explain/explanation.h"
#include "model/notation.h"
#include "model/outcome.h"
#include "model/positions.h"
#include "model/problem.h"
#include "model/supplier.h"

namespace accord::engine {

// One more wish, for questions after the answer.
struct Wish {
  std::string text;  // canonical: "click>=8", "requests[socks]"
  PackageId package;
  std::vector<PackageId> extras;            // the packages `package[x]`
  std::vector<RequirementId> requirements;  // on the package, then on each extra
  bool is_name = false;                     // it says no more than the name and extras
};

// The nearest versions to one that there is not; empty: none.
struct NearestVersions {
  std::string older;
  std::string newer;
};

// Candidates of a requested package that are newer than the chosen one.
struct NewerCandidates {
  std::vector<PositionRange> positions;  // normalized; empty: it is not behind
  Position newest = 0;                   // the one that a person would want
};

// What questions about a conflict may cost.
struct ConflictLimits {
  CoreLimits core;
  explain::DerivationLimits sentences;
  size_t sentences_lines_max = SIZE_MAX;  // a conflict of more lines is told by them alone
};

// A change of the request that may help where there is no solution.
struct Trial {
  Hint hint;  // its text: "allowing pre-releases of a"
  // Solves the changed request; none: it cannot be changed so.
  std::function<std::optional<absl::StatusOr<Answer>>(const ResolveOptions&)> solve;
};

enum class RequestPart : uint8_t { kRequirements, kConstraints, kLocks, kExclusions, kOverrides };

// Not thread-safe. It holds a request and its facts, which outlive it.
class Ecosystem {
 public:
  Ecosystem() = default;
  Ecosystem(const Ecosystem&) = delete;
  Ecosystem& operator=(const Ecosystem&) = delete;
  virtual ~Ecosystem() = default;

  // ---- The request.

  [[nodiscard]] virtual Supplier& supplier() = 0;
  [[nodiscard]] virtual const Universe& universe() const = 0;
  // Reads the request. Called first, and again after Waiting only. Errors: InvalidInput or
  // LimitReached with the text's place; Missing for a damaged record; Waiting.
  [[nodiscard]] virtual absl::Status Begin() = 0;
  [[nodiscard]] virtual const Problem& problem() const = 0;
  [[nodiscard]] virtual std::span<const RequestedPackage> requested() const = 0;  // by name
  [[nodiscard]] virtual size_t packages_read() const = 0;
  // After Waiting, of whatever said so last. None where all facts are there from the start.
  [[nodiscard]] virtual std::vector<Wanted> wanted() const { return {}; }
  // Likewise: what is likely to be wanted next.
  [[nodiscard]] virtual std::vector<Wanted> hinted() const { return {}; }

  // ---- Packages and candidates.

  // a for `a[x]`; the package itself otherwise.
  [[nodiscard]] virtual PackageId BaseOf(PackageId package) const = 0;
  // x for `a[x]`.
  [[nodiscard]] virtual std::string_view ExtraOf(PackageId package) const = 0;
  // The target has it, whatever is asked for: it is no part of the answer.
  [[nodiscard]] virtual bool IsGiven(PackageId) const { return false; }
  // As a person asks for it; of several candidates of one version the same.
  [[nodiscard]] virtual std::string VersionOf(SolvableId candidate) const;
  [[nodiscard]] virtual bool AreOneVersion(SolvableId a, SolvableId b) const { return a == b; }
  // The version; where `beside` is another candidate of it, what tells them apart too. It may be
  // invalid.
  [[nodiscard]] std::string VersionBeside(SolvableId candidate, SolvableId beside) const;
  // None where the request does not prefer the newest.
  [[nodiscard]] virtual NewerCandidates NewerThan(SolvableId chosen) const = 0;
  // Whether who wants the newest would rather have `chosen` than `other`, of the same package.
  [[nodiscard]] virtual bool IsWorse(SolvableId other, SolvableId chosen) const {
    return other < chosen;
  }

  // ---- The answer.

  // What stands behind a candidate of a package that is no extra. Errors: Missing for damaged
  // files.
  [[nodiscard]] virtual absl::Status Tell(SolvableId candidate, ChosenPackage& chosen) const = 0;
  // What becomes of what is there, where the request says what is: fills in the transaction, and
  // may say more of why a package is in the solution, which is told. Errors: as Tell.
  [[nodiscard]] virtual absl::Status TellChange(const Solution&, Answer&) { return {}; }
  // Sorted by package, then text.
  [[nodiscard]] virtual std::vector<Warning> WarningsOf(const Solution&) const { return {}; }
  // By the code of check/, from the facts' own texts: the solution, and as it is told. Errors: what
  // the sources say.
  [[nodiscard]] virtual absl::StatusOr<CheckReport> Check(
      const Solution& solution, const std::vector<ChosenPackage>& told) const = 0;

  // ---- Words.

  [[nodiscard]] virtual const Notation& notation() const = 0;
  // One line for each filter of the request: "numpy: 12 versions not admitted, e.g. ...".
  [[nodiscard]] virtual std::vector<std::string> LeftOutLines(PackageId package) const = 0;
  [[nodiscard]] virtual ConflictLimits LimitsOfConflict(uint64_t search_work) const {
    static_cast<void>(search_work);
    return {};
  }

  // ---- Questions (why.h). Packages are known: their facts are read.

  // Reads a name with versions and extras, and the facts of that name. Who is admitted stays as the
  // request decided it. Errors: InvalidInput with the text's place; Missing for a damaged record;
  // Waiting.
  [[nodiscard]] virtual absl::StatusOr<Wish> Suppose(const PlacedText& text) = 0;
  // Versions that are meant, and that filters left out.
  [[nodiscard]] virtual std::vector<LeftOut> LeftOutOf(const Wish& wish) const = 0;
  [[nodiscard]] virtual std::vector<LeftOut> NewerLeftOut(SolvableId chosen) const = 0;
  // Beside the version that the wish names; of other wishes the newest that there is.
  [[nodiscard]] virtual NearestVersions NearestTo(const Wish& wish) const = 0;

  // ---- Changes of the request (hints.h).

  // Of what filters of the request and the target left out of packages in the explanation.
  [[nodiscard]] virtual std::vector<Trial> TrialsOfFilters(
      const explain::Explanation& explanation) const = 0;
  [[nodiscard]] virtual std::vector<PlacedText> TextsOf(RequestPart part) const = 0;
  // The package's name in a text of the request, as the universe has it.
  [[nodiscard]] virtual std::string NameIn(const PlacedText& text) const = 0;
  // The problem without what only these of TextsOf(part) say, by index. None where they decide who
  // is admitted, too, or are not told apart: then SolveWithout reads the request anew.
  [[nodiscard]] virtual std::optional<Problem> ProblemWithout(RequestPart,
                                                              std::span<const size_t>) const {
    return std::nullopt;
  }
  // Solves the request without these of TextsOf(part), by index.
  [[nodiscard]] virtual absl::StatusOr<Answer> SolveWithout(
      RequestPart part, std::span<const size_t> texts, const ResolveOptions& options) const = 0;
};

}  // namespace accord::engine
