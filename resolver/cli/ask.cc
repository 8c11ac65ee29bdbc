#include "cli/ask.h"

#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/any_python.h"
#include "engine/inputs.h"

namespace accord::cli {
namespace {

// Those that the asking projects admit.
absl::StatusOr<std::vector<engine::PythonChoice>> ChoicesFor(const RequestOptions& asked,
                                                             const pypi::ResolveRequest& request) {
  absl::StatusOr<std::vector<engine::PythonChoice>> choices = asked.Pythons();
  if (!choices.ok()) return choices.status();
  std::vector<engine::PythonChoice> admitted;
  for (engine::PythonChoice& choice : *choices) {
    const absl::StatusOr<bool> admits = pypi::AdmitsPython(request, choice.environment);
    if (!admits.ok()) return admits.status();
    if (*admits) admitted.push_back(std::move(choice));
  }
  if (!admitted.empty()) return admitted;
  std::string wishes;
  for (const pypi::PlacedText& wish : request.requires_python) {
    wishes += Cat(wishes.empty() ? "" : ", ", Quoted(wish.text), " (", wish.place, ")");
  }
  return InvalidInput("--python any", Cat("a Python for requires-python ", wishes,
                                          " is wanted, found none among ", choices->size()));
}

}  // namespace

absl::StatusOr<engine::Explained> Ask(const RequestOptions& asked, pypi::ResolveRequest& request,
                                      const engine::Sources& sources,
                                      const engine::WhyQuestions& questions,
                                      const engine::ResolveOptions& options) {
  if (!asked.asks_any_python()) return Explain(request, sources.all(), questions, options);
  absl::StatusOr<std::vector<engine::PythonChoice>> choices = ChoicesFor(asked, request);
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
