// engine::Answer as a JSON document: docs/schemas/accord-answer-1.schema.json. The same answer
// gives the same document but for `stats`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/answer.h"
#include "engine/conda.h"
#include "engine/resolve.h"

namespace accord::wire {

// What was asked, as far as the document repeats it.
struct AnswerFrame {
  std::string ecosystem;
  std::string strategy;
  // At most one; none: a world file.
  const pypi::ResolveRequest* request = nullptr;
  const conda::ResolveRequest* conda_request = nullptr;
  std::vector<std::string> channels;  // of conda: the solution's, in the order of priority
};

// What the answer says: status, solution (without files and where they are), claim, conflict
// (without the places of the request's texts), priorities, behind, warnings, transaction. Depends
// on the request and on what packages say alone.
[[nodiscard]] nlohmann::json DeterministicPart(const engine::Answer& answer);

// "sha256:..." of the deterministic part.
[[nodiscard]] std::string AnswerDigest(const engine::Answer& answer);

// The deterministic part with places, digest, environment and what it cost:
//   schemaVersion, ecosystem, strategy,
//   environment{python_version, ...}, target, policies{...}: of a PyPI request,
//   condaTarget{subdirs[], virtualPackages[{name, version, build}], channelPriority},
//   pip[{requirement, place}]: of a conda request; notes[{place, text}]: of either,
//   status: sat | unsat | stopped (with reason: work | cancelled),
//   solution[{package, version, extras[], requested, reason{who, requirement}, requiredBy[...],
//     url (of a direct reference) or index and files[{name, kind: wheel | sdist | conda, fits, url,
//     sha256, md5, size, uploaded}], requiresPython; of conda build, buildNumber, channel, subdir}]
//     sorted by package; null where there is none,
//   transaction, unlinkOrder, linkOrder (transaction_json.h): only where an environment is there,
//   needsBuild[{package, version, file}]: sdists whose metadata nobody knows and that count as not
//     there,
//   claim{kind: canonical | feasible, assuming[]}, conflict[{kind, text, place}],
//   pythonsTried[{python, conflict[...]}]: newer ones without a solution, under --python any,
//   priorities[{package, priority}] in the order of decision, behind[...], warnings[...],
//   check{accepted, violations[]}, digest, stats{counters{...}, timings{...Us}}
[[nodiscard]] nlohmann::json AnswerDocument(const engine::Answer& answer, const AnswerFrame& frame);

}  // namespace accord::wire
