#include "engine/any_python.h"

#include <utility>

#include "base/check.h"

namespace accord::engine {
namespace {

pypi::ResolveRequest For(const PythonChoice& choice, const pypi::ResolveRequest& request) {
  pypi::ResolveRequest one = request;
  one.environment = choice.environment;
  one.tags = choice.tags;
  one.target = choice.target;
  return one;
}

}  // namespace

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
  ResolveOptions passing = options;
  passing.explain_sentences = false;
  std::vector<PythonTried> tried;
  for (size_t i = 0; i < choices.size(); ++i) {
    absl::StatusOr<Answer> answer = Resolve(For(choices[i], request), sources, passing);
    if (!answer.ok()) return answer.status();
    if (answer->status != Status::kUnsat) {
      answer->pythons_tried = std::move(tried);
      return AnyPythonAnswer{.answer = *std::move(answer), .chosen = i};
    }
    tried.push_back({.python = choices[i].python, .conflict = std::move(answer->conflict)});
  }
  // Sentences and hints cost many times a search, so they are made once it is known whose.
  absl::StatusOr<Answer> first = Resolve(For(choices.front(), request), sources, options);
  if (!first.ok()) return first.status();
  first->pythons_tried = std::move(tried);
  return AnyPythonAnswer{.answer = *std::move(first), .chosen = 0};
}

}  // namespace accord::engine
