// Facts and a request become a Universe and a Problem, on demand: the solver says what it needs
// (model/outcome.h), Supply adds it. What is added depends on the request and the facts alone,
// never on the order in which they are given or asked for, nor, where they come name by name, on
// what is said when: all that is asked for is added, or nothing.
//
// How conda looks in the neutral model:
// - a package is its name; its candidates are the admitted records of all channels that count, in
//   the order of candidates.h, named "1.26.4 py311h0_0"; preference.h says which is better;
// - a virtual package that the target has is a package with one candidate, which the request
//   requires; one that it has not does not exist;
// - `depends` are requirements, `constrains` constraints, `when` (CEP 43) is their condition;
// - `a[extras=[x]]` (CEP 44) is two requirements at one place: a, and `a[x]`, a package with the
//   one candidate "extra". Every candidate of a carries what its record asks for extra x under the
//   condition "has a[x]";
// - a record with a text that cannot be read has needs that cannot be known;
// - what is installed is favoured, locked, or a soft requirement on its name, by what is to become
//   of it (universe_build_installed.cc);
// - a set's text, and a requirement's, is "python >=3.11,<3.12 *_cpython", or where a specifier
//   says more its canonical text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/request.h"
#include "ecosystem/conda/said_names.h"
#include "metadata/source.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/supplier.h"
#include "model/universe.h"

namespace accord::conda {

// What stands behind a candidate.
struct RecordFacts {
  const metadata::Source* source = nullptr;
  std::string_view version;
  std::string_view build;
  uint64_t build_number = 0;
  std::string_view channel;
  std::string_view subdir;
  std::string_view noarch;    // "generic", "python"
  metadata::FileRecord file;  // empty where the source has none
};

// One more wish, for questions after the answer.
struct Supposed {
  std::string text;  // canonical: "numpy >=2"
  PackageId package;
  std::vector<PackageId> extras;            // the packages `package[x]`
  std::vector<RequirementId> requirements;  // on the package, then on each extra
};

// Records that strict priority hides: of channels behind the first one that has their name.
struct HiddenRecords {
  uint32_t count = 0;
  std::string example;  // the best: "2.0 h1_0"
  std::string channel;  // of the example
  std::string by;       // the channel that hides them
};

// Records of subdirs that the request has not.
struct RecordsElsewhere {
  uint32_t count = 0;
  std::string example;  // the best: "2.0 h1_0"
  std::string subdir;   // of the example
};

// Not thread-safe. The request and the sources outlive the builder.
class UniverseBuilder final : public Supplier {
 public:
  // Sources are channels, in the order of priority. `said`, which outlives the builder too: facts
  // come name by name; null: they are all there.
  UniverseBuilder(const ResolveRequest& request, std::span<const metadata::Source* const> sources,
                  SaidNames* said = nullptr);
  ~UniverseBuilder() override;

  // Reads the request and makes the whole Problem. Called first, and again after Waiting only: then
  // nothing of it is kept. Errors: InvalidInput or LimitReached with the text's place; Missing for
  // a damaged record; Waiting.
  [[nodiscard]] absl::Status Begin();
  // As Supplier. A package waits for its own records and for those that their order looks at.
  [[nodiscard]] absl::Status Supply(const Needs& needs) override;

  // Reads a specifier, and the records of its name. Who is admitted stays as the request decided
  // it; the problem stays what it is. Errors: InvalidInput with the text's place, for a condition
  // too; Missing for a damaged record; Waiting.
  [[nodiscard]] absl::StatusOr<Supposed> Suppose(const PlacedText& text);

  // The problem without what only these texts of a part of the request say, by index; over the same
  // universe. None where other texts have the same place, or an environment is there: what was
  // asked for earlier may count then.
  [[nodiscard]] std::optional<Problem> ProblemWithout(std::vector<PlacedText> ResolveRequest::*part,
                                                      std::span<const size_t> texts) const;

  [[nodiscard]] Universe& universe() override;
  [[nodiscard]] const Universe& universe() const override;
  [[nodiscard]] const Problem& problem() const;

  [[nodiscard]] Dialect dialect() const;

  // Sorted by name; without virtual packages.
  [[nodiscard]] std::span<const RequestedPackage> requested() const;
  // Where a requirement or constraint of the request was written: "argument 2", or several joined
  // by ", "; "target" for a virtual package.
  [[nodiscard]] std::string PlacesOf(RequirementId requirement) const;
  [[nodiscard]] std::string PlacesOf(ConstraintId constraint) const;

  // Of a package that was looked at; else null, as for extras and virtual packages.
  [[nodiscard]] const Candidates* CandidatesOf(PackageId package) const;
  [[nodiscard]] bool IsVirtual(PackageId package) const;
  // a for `a[x]`; the package itself otherwise.
  [[nodiscard]] PackageId BaseOf(PackageId package) const;
  // x for `a[x]`; empty otherwise.
  [[nodiscard]] std::string_view ExtraOf(PackageId package) const;
  // Of a candidate of CandidatesOf; `file` only if it is wanted. Errors: Missing for damaged files.
  [[nodiscard]] absl::StatusOr<RecordFacts> FactsOf(SolvableId solvable, bool with_file) const;

  // Those that the specifier, which names the package, would admit. For explanations: later
  // channels are read for it. Nothing too where one of them is damaged.
  [[nodiscard]] std::optional<HiddenRecords> HiddenOf(PackageId package,
                                                      std::string_view specifier) const;

  // Likewise, of the channels that count.
  [[nodiscard]] std::optional<RecordsElsewhere> ElsewhereOf(PackageId package,
                                                            std::string_view specifier) const;

  // How many packages' facts were looked for.
  [[nodiscard]] size_t packages_read() const;

 private:
  class Build;
  std::unique_ptr<Build> build_;
};

}  // namespace accord::conda
