#include "cli/ask.h"

#include <utility>
#include <vector>

#include "engine/any_python.h"

namespace accord::cli {

absl::StatusOr<engine::Explained> Ask(const RequestOptions& asked, pypi::ResolveRequest& request,
                                      const engine::Sources& sources,
                                      const engine::WhyQuestions& questions,
                                      const engine::ResolveOptions& options) {
  if (!asked.asks_any_python()) return Explain(request, sources.all(), questions, options);
  absl::StatusOr<std::vector<engine::PythonChoice>> choices = asked.Pythons();
  if (!choices.ok()) return choices.status();
  absl::StatusOr<engine::AnyPythonAnswer> any =
      engine::ResolveAnyPython(request, *choices, sources.all(), options);
  if (!any.ok()) return any.status();
  engine::PythonChoice& chosen = (*choices)[any->chosen];
  request.environment = std::move(chosen.environment);
  request.tags = std::move(chosen.tags);
  request.target = std::move(chosen.target);
  if (!questions.any()) return engine::Explained{.answer = std::move(any->answer)};
  // Asking for that Python alone gives the same answer.
  absl::StatusOr<engine::Explained> explained = Explain(request, sources.all(), questions, options);
  if (!explained.ok()) return explained.status();
  explained->answer.pythons_tried = std::move(any->answer.pythons_tried);
  return explained;
}

}  // namespace accord::cli
