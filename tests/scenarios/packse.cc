// Runs packse's scenarios: satisfiable or not, and every package with its version, must be as the
// scenario says. With --explanations it prints, as Markdown, what the authors of each unsatisfiable
// scenario say beside the conflict that the engine reports.
#include <filesystem>
#include <iostream>

#include "base/error.h"
#include "engine/resolve.h"
#include "tests/scenarios/packse_reader.h"
#include "tests/scenarios/runner.h"

namespace accord::scenarios {
namespace {

constexpr std::string_view kPolicies =
    "policies: pre-releases if necessary or explicit (allowed where a scenario says so); "
    "Requires-Python: only lower bounds, as the scenarios' own tool\n";

std::vector<std::string> FindScenarios(const Options& options) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(options.directory)) {
    if (entry.path().extension() != ".toml") continue;
    const std::string name = entry.path().stem();
    if (Wanted(options, name)) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

bool SamePins(const Pins& ours, const Pins& theirs) {
  return std::ranges::equal(ours, theirs, [](const auto& a, const auto& b) {
    return a.first == b.first && SameVersion(a.second, b.second);
  });
}

// What is not as the case says; empty if nothing.
std::string Difference(const PypiCase& one, const engine::Answer& answer) {
  const bool sat = answer.status == engine::Status::kSat;
  if (sat != *one.satisfiable) return *one.satisfiable ? "expected: sat" : "expected: unsat";
  if (sat && !one.packages.empty() && !SamePins(PinsOf(answer), one.packages)) {
    return Cat("expected: ", PinsText(one.packages));
  }
  return {};
}

void PrintExplanation(const PypiCase& one, const engine::Answer& answer) {
  std::cout << "\n### " << one.name << "\n\nRequest: ";
  for (const pypi::PlacedText& text : one.request.requirements) {
    std::cout << (&text == &one.request.requirements.front() ? "`" : ", `") << text.text << '`';
  }
  std::cout << "\n\nTheirs: " << one.explanation << "\n\nOurs:\n\n```\n";
  for (const std::string& sentence : answer.explanation.sentences) std::cout << sentence << '\n';
  for (const engine::Hint& hint : answer.hints) std::cout << "Hint: " << hint.text << ".\n";
  std::cout << "```\n";
}

// The same request with Requires-Python taken whole, where that changes the answer.
std::string WithUpperBounds(const PypiCase& one, const engine::Answer& answer) {
  pypi::ResolveRequest request = one.request;
  request.python_bounds = pypi::PythonBounds::kHonour;
  const metadata::Source* sources[] = {&one.source};
  const auto other = engine::Resolve(request, sources);
  if (!other.ok() || PinsText(*other) == PinsText(answer)) return {};
  return Cat("; with upper bounds of Requires-Python honoured: ", PinsText(*other));
}

// One scenario; prints its line.
void RunOne(const std::string& path, const Options& options, Tally& tally) {
  const auto one = ReadPackse(path);
  if (!one.ok()) {
    ++tally.failed;
    std::cout << "FAILED  " << Message(one.status()) << '\n';
    return;
  }
  if (!one->skipped.empty()) {
    ++tally.skipped;
    if (!options.explanations) std::cout << "skipped " << one->name << ": " << one->skipped << '\n';
    return;
  }
  const metadata::Source* sources[] = {&one->source};
  const auto answer = engine::Resolve(one->request, sources);
  if (!answer.ok()) {
    ++tally.failed;
    std::cout << "FAILED  " << one->name << ": " << Message(answer.status()) << '\n';
    return;
  }
  const std::string difference = Difference(*one, *answer);
  ++(difference.empty() ? tally.passed : tally.failed);
  if (options.explanations) {
    if (!*one->satisfiable && !one->explanation.empty()) PrintExplanation(*one, *answer);
    return;
  }
  std::cout << (difference.empty() ? "ok      " : "FAILED  ") << one->name << ": "
            << PinsText(*answer) << (difference.empty() ? "" : "; ") << difference
            << WithUpperBounds(*one, *answer) << '\n';
}

}  // namespace

Tally RunPackse(const Options& options) {
  Tally tally;
  if (!options.explanations) std::cout << kPolicies;
  for (const std::string& path : FindScenarios(options)) RunOne(path, options, tally);
  return tally;
}

}  // namespace accord::scenarios
