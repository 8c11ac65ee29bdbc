// Which versions a PyPI request may choose at all: by their files, their Requires-Python, what they
// need and their being pre-releases. Judged one version at a time, from the facts' own texts.
// Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "check/pypi_check.h"
#include "check/pypi_files.h"
#include "check/pypi_needs.h"
#include "check/pypi_wishes.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/facts.h"

namespace accord::check {

// Facts of a package and the source that has them.
struct Place {
  const metadata::Source* source = nullptr;
  const metadata::PackageFacts* package = nullptr;
};

// What a version is chosen with, and why it may not be chosen, pre-releases aside.
struct Verdict {
  std::vector<const metadata::FileRecord*> files;  // that will do, best first
  // Of the best file, without the texts of `needs`; none: not known.
  std::optional<metadata::MetadataRecord> metadata;
  std::string unknown_because;  // one phrase, where the source has one
  std::vector<Need> needs;      // those that can be read
  std::optional<Fault> fault;
};

[[nodiscard]] bool InSpecifiers(const pypi::SpecifierSet& set, const pypi::Candidate& candidate,
                                CheckCost& cost);

// Names are normal. Every method that returns a status: InvalidInput if a policy of the request
// cannot be read, or what a source's Find says.
class Candidates {
 public:
  // All outlive it; `python` is the environment's.
  Candidates(const PypiQuestion& question, const Wishes& wishes, const pypi::Version& python,
             CheckCost& cost)
      : question_(question),
        wishes_(wishes),
        python_(python),
        cost_(cost),
        pythons_(python, question.request->python_bounds),
        needs_(question.request->environment) {}

  // The facts that count for a name: by the index policy the first one, or all.
  [[nodiscard]] absl::StatusOr<std::vector<Place>> PlacesOf(std::string_view name) const;

  // A version by its number. The verdict's files live as long as this.
  [[nodiscard]] absl::StatusOr<Verdict> Judge(const Place& place, uint32_t version);
  // What stands at a URL has no files, and is no pre-release too many.
  [[nodiscard]] absl::StatusOr<Verdict> JudgeDirect(const std::string& name,
                                                    metadata::MetadataRecord metadata);

  // Why the name's policy refuses a pre-release; empty if it does not.
  [[nodiscard]] absl::StatusOr<std::string> PrereleaseFault(const std::string& name);

  // By kPep440 a requirement's set does not admit a pre-release that it does not name while a final
  // release of the name fits it.
  [[nodiscard]] absl::StatusOr<bool> IsFilteredOut(const std::string& name,
                                                   const pypi::Candidate& candidate,
                                                   const pypi::SpecifierSet& set);

 private:
  struct Named {
    pypi::PrereleasePolicy policy = pypi::PrereleasePolicy::kAllow;
    FileRules rules;
    std::optional<std::vector<pypi::Candidate>> finals;  // that may be chosen; once asked for
  };
  [[nodiscard]] absl::StatusOr<Named*> NamedOf(const std::string& name);
  [[nodiscard]] absl::StatusOr<const std::vector<pypi::Candidate>*> FinalsOf(
      const std::string& name);
  [[nodiscard]] absl::StatusOr<const metadata::PackageFiles*> FilesOf(
      const metadata::PackageFacts& package, const FileRules& rules);
  void JudgeMetadata(const std::string& name, const FileRules& rules, Verdict& verdict);
  [[nodiscard]] std::optional<Fault> FaultOf(const std::string& name, const Need& need);
  [[nodiscard]] bool MayBeYanked(const std::string& name, const pypi::Candidate& candidate);

  const PypiQuestion& question_;
  const Wishes& wishes_;
  const pypi::Version& python_;
  CheckCost& cost_;
  PythonTexts pythons_;
  NeedReader needs_;
  absl::node_hash_map<std::string, Named> named_;
  const metadata::PackageFiles no_files_;
  absl::node_hash_map<const metadata::PackageFacts*, metadata::PackageFiles> files_;
};

}  // namespace accord::check
