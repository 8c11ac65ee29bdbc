#include "engine/any_python.h"

#include <utility>

#include "base/check.h"

namespace accord::engine {

absl::StatusOr<std::vector<PythonChoice>> AnyPythonChoices(const pypi::TargetOptions& options) {
  const auto pythons = pypi::PythonsOf(options.implementation);
  if (!pythons.ok()) return pythons.status();
  std::vector<PythonChoice> choices;
  for (const std::string& python : *pythons) {
    pypi::TargetOptions one = options;
    one.python = python;
    absl::StatusOr<pypi::Target> target = pypi::MakeTarget(one);
    if (!target.ok()) return target.status();
    choices.push_back({.python = python,
                       .environment = std::move(target->environment),
                       .tags = std::move(target->tags),
                       .target = std::move(target->text)});
  }
  return choices;
}

absl::StatusOr<AnyPythonAnswer> ResolveAnyPython(const pypi::ResolveRequest& request,
                                                 std::span<const PythonChoice> choices,
                                                 std::span<const metadata::Source* const> sources,
                                                 const ResolveOptions& options) {
  ACCORD_CHECK(!choices.empty());
  std::vector<PythonTried> tried;
  AnyPythonAnswer first;
  for (size_t i = 0; i < choices.size(); ++i) {
    const PythonChoice& choice = choices[i];
    pypi::ResolveRequest one = request;
    one.environment = choice.environment;
    one.tags = choice.tags;
    one.target = choice.target;
    absl::StatusOr<Answer> answer = Resolve(one, sources, options);
    if (!answer.ok()) return answer.status();
    if (answer->status != Status::kUnsat) {
      answer->pythons_tried = std::move(tried);
      return AnyPythonAnswer{.answer = *std::move(answer), .chosen = i};
    }
    tried.push_back({.python = choice.python, .conflict = answer->conflict});
    if (i == 0) first.answer = *std::move(answer);
  }
  first.answer.pythons_tried = std::move(tried);
  return first;
}

}  // namespace accord::engine
