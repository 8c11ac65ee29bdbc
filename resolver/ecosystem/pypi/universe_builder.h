// Facts and a request become a Universe and a Problem, on demand: the solver says what it needs
// (model/outcome.h), Supply adds it. What is added depends on the request and the facts alone,
// never on the order in which they are given or asked for.
//
// How PyPI looks in the neutral model:
// - a package is its normal name; its candidates are the admitted versions in PEP 440's order (of
//   equal versions the first in the record), named as the source spells them;
// - `a[x]` is a package with the one candidate "extra", which needs nothing. A requirement text
//   `a[x]>=1` is two requirements at one place: `a>=1` and `a[x]`. Every candidate of a carries
//   what its metadata asks for extra x under the condition "has a[x]";
// - a version set's text is the canonical specifier set, which admits pre-releases like any other
//   version: what the request does not admit is no candidate;
// - what is said of a candidate after its list may speak against it: then it needs what nothing can
//   be, `another Python: >=3.12`;
// - a requirement's text is `click>=8.0`, or `pysocks!=1.5.7,>=1.5.6 ; has requests[socks]`.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/executor.h"
#include "ecosystem/pypi/admission.h"
#include "ecosystem/pypi/fact_texts.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/source.h"
#include "model/outcome.h"
#include "model/positions.h"
#include "model/problem.h"
#include "model/supplier.h"
#include "model/universe.h"

namespace accord::pypi {

// What stands behind a candidate.
struct CandidateFacts {
  std::string_view requires_python;          // of the metadata of its best file
  const metadata::Source* source = nullptr;  // null: it comes from a URL
  std::vector<metadata::FileRecord> files;   // of the version
  FileChoice choice;                         // of them
  std::string_view url;                      // empty: it comes from a source
};

// One more wish, for questions after the answer.
struct Supposed {
  std::string text;  // canonical: "click>=8", "requests[socks]"
  PackageId package;
  SpecifierSet specifiers;
  std::vector<PackageId> extras;            // the packages `package[x]`
  std::vector<RequirementId> requirements;  // on the package, then on each extra
};

// A text that no standard admits, and what was read instead (lenient.h).
struct RepairedText {
  std::string text;
  std::string read;
};

// A candidate that what was said since its list speaks against: it stays one, and cannot be chosen.
struct LaterFault {
  Position position = 0;
  NotAdmitted version;
};

// What a builder works with, and outlives it. No answer hangs on it.
struct BuilderOptions {
  const Executor* executor = nullptr;  // facts that are wanted together are read together
  // What another builder over the same sources has read (`texts()`); null: this one reads its own,
  // as it does if the request has facts of its own (request.h: direct).
  FactTexts* texts = nullptr;
};

// Not thread-safe. The request and the sources outlive the builder.
class UniverseBuilder final : public Supplier {
 public:
  // Sources are indexes (request.h: IndexPolicy).
  UniverseBuilder(const ResolveRequest& request, std::span<const metadata::Source* const> sources,
                  const BuilderOptions& options = {});
  ~UniverseBuilder() override;

  // Reads the request and makes the whole Problem. Called first, and again after Waiting only.
  // Errors: InvalidInput or LimitReached with the text's place; Missing for a damaged record;
  // Waiting.
  [[nodiscard]] absl::Status Begin();

  [[nodiscard]] absl::Status Supply(const Needs& needs) override;

  // Reads a name with specifiers and extras, and the facts of that name. Who is admitted stays as
  // the request decided it; the problem stays what it is. Errors: InvalidInput with the text's
  // place, for a URL or a marker too; Missing for a damaged record; Waiting.
  [[nodiscard]] absl::StatusOr<Supposed> Suppose(const PlacedText& text);

  [[nodiscard]] Universe& universe() override;
  [[nodiscard]] const Universe& universe() const override;
  [[nodiscard]] const Problem& problem() const;

  // For builders of other requests that work while this one rests.
  [[nodiscard]] FactTexts& texts() const;

  // Sorted by name.
  [[nodiscard]] std::span<const RequestedPackage> requested() const;
  // Where a requirement or constraint of the request was written: "argument 2", or several joined
  // by ", ".
  [[nodiscard]] std::string PlacesOf(RequirementId requirement) const;
  [[nodiscard]] std::string PlacesOf(ConstraintId constraint) const;
  // The overrides that replace what the dependant's metadata asks of the package.
  [[nodiscard]] std::vector<PlacedText> OverridesOf(PackageId dependant, PackageId needed) const;

  // In the order of versions, those that are none first, LaterFaults last. Empty for packages not
  // looked at.
  [[nodiscard]] std::vector<NotAdmitted> not_admitted(PackageId package) const;

  // ---- Of sources whose facts come later (metadata/later_source.h).

  // Whether one of the sources is such a one.
  [[nodiscard]] bool is_later() const;
  // After Waiting, all that has to be said first: names, and the files of each whose metadata are
  // wanted; none: the name's list.
  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& awaited() const;
  // Of those looked at when it was asked first of the package; ascending.
  [[nodiscard]] std::vector<LaterFault> LaterFaults(PackageId package) const;

  // Those of `not_admitted` that are no versions, each once, sorted.
  [[nodiscard]] std::vector<std::string> invalid_versions(PackageId package) const;

  // How many packages' facts were looked for.
  [[nodiscard]] size_t packages_read() const;

  // a for `a[x]`; the package itself otherwise.
  [[nodiscard]] PackageId BaseOf(PackageId package) const;
  // x for `a[x]`; empty otherwise.
  [[nodiscard]] std::string_view ExtraOf(PackageId package) const;
  // None for extras. Errors: Missing for damaged files.
  [[nodiscard]] absl::StatusOr<std::optional<CandidateFacts>> FactsOf(SolvableId solvable) const;
  // The sdist that must be built before the candidate's needs are known; empty: none.
  [[nodiscard]] std::string BuildNeededBy(SolvableId solvable) const;
  // Requirements of the candidate that were read in another spelling than they stand in.
  [[nodiscard]] std::vector<RepairedText> RepairedOf(SolvableId solvable) const;
  // Whether the candidate's metadata declares the extra or asks for something under it.
  [[nodiscard]] bool ProvidesExtra(SolvableId solvable, std::string_view extra) const;

 private:
  class Build;
  std::unique_ptr<Build> build_;
};

}  // namespace accord::pypi
