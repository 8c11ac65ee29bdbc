// One conda request from text to answer, as resolve.h does for PyPI: the same search, the same
// answer. Its facts are sources, or what somebody says name by name (conda_facts.h).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/package_file.h"  // for the rooms above, which do not see ecosystems
#include "ecosystem/conda/request.h"
#include "ecosystem/conda/target.h"
#include "ecosystem/conda/time.h"
#include "engine/answer.h"
#include "engine/conda_facts.h"
#include "engine/resolve.h"
#include "engine/solve.h"
#include "engine/verify.h"
#include "engine/why.h"
#include "metadata/source.h"

namespace accord::engine {

class CondaEcosystem;

// What each source is called as a channel: the channel of its records, which is one of all; empty
// where they do not say. Errors: as Source::Find.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> ChannelsOf(
    std::span<const metadata::Source* const> sources);

// Sources are channels, in the order of priority. Virtual packages are no part of the solution.
// `texts` of the options means nothing here. Errors: as Resolve for PyPI.
[[nodiscard]] absl::StatusOr<Answer> Resolve(const conda::ResolveRequest& request,
                                             std::span<const metadata::Source* const> sources,
                                             const ResolveOptions& options = {});

// Then answers the questions about it, which take match specifiers. Errors: as Explain for PyPI.
[[nodiscard]] absl::StatusOr<Explained> Explain(const conda::ResolveRequest& request,
                                                std::span<const metadata::Source* const> sources,
                                                const WhyQuestions& questions,
                                                const ResolveOptions& options = {});

// A request over facts that may still come, as Solve (solve.h): it awaits names, with all of their
// records. Virtual packages are never awaited.
class CondaSolve final : public Solve {
 public:
  CondaSolve(std::shared_ptr<const CondaFacts> facts, conda::ResolveRequest request,
             WhyQuestions questions = {}, ResolveOptions options = {});

  // Between runs. False, and nothing changes: a name was read and is not so there; then the solve
  // is to be begun anew.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const CondaFacts> facts);

 private:
  CondaSolve(CondaEcosystem* owned, WhyQuestions questions, ResolveOptions options);

  CondaEcosystem& ecosystem_;  // Solve owns it
};

// The same in one run, where names that nobody spoke of do not exist. Errors: as over sources.
[[nodiscard]] absl::StatusOr<Answer> Resolve(std::shared_ptr<const CondaFacts> facts,
                                             conda::ResolveRequest request,
                                             const ResolveOptions& options = {});
[[nodiscard]] absl::StatusOr<Explained> Explain(std::shared_ptr<const CondaFacts> facts,
                                                conda::ResolveRequest request,
                                                const WhyQuestions& questions,
                                                const ResolveOptions& options = {});
[[nodiscard]] absl::StatusOr<check::CheckReport> Verify(
    const std::shared_ptr<const CondaFacts>& facts, const conda::ResolveRequest& request,
    const std::vector<check::CondaPin>& pins);

}  // namespace accord::engine
