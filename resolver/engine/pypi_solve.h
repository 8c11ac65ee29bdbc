// One PyPI request over facts that may still come, from a frontend or an index: the same search,
// the same answer, the same questions as over corpora (resolve.h, why.h). What is known is
// pypi_facts.h. In one run, over what is known alone: PypiSource (pypi_source.h) as the first of
// the sources.
#pragma once

#include <memory>
#include <vector>

#include "ecosystem/pypi/request.h"
#include "engine/pypi_facts.h"
#include "engine/resolve.h"
#include "engine/solve.h"
#include "engine/why.h"
#include "metadata/source.h"

namespace accord::engine {

class PypiSource;

// As Solve (solve.h). What was said is an index, before the corpora: a name that it has, or that is
// said not to exist, counts there; one that nobody spoke of is wanted unless a corpus has it. Of a
// chosen candidate the METADATA of its best file (pypi/file_choice.h) are wanted.
class PypiSolve final : public Solve {
 public:
  using Corpora = std::vector<std::shared_ptr<const metadata::Source>>;

  PypiSolve(std::shared_ptr<const PypiFacts> facts, const Corpora& corpora,
            pypi::ResolveRequest request, WhyQuestions questions = {}, ResolveOptions options = {});
  ~PypiSolve() override;

  // Between runs. False, and nothing changes: what was read is not so there; then the solve is to
  // be begun anew.
  [[nodiscard]] bool SetFacts(std::shared_ptr<const PypiFacts> facts);

 private:
  PypiSolve(std::shared_ptr<PypiSource> source, const Corpora& corpora,
            pypi::ResolveRequest request, WhyQuestions questions, ResolveOptions options);

  std::shared_ptr<PypiSource> source_;
};

}  // namespace accord::engine
