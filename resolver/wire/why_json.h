// Answers to questions about an answer (engine/why.h) as JSON: fields of the answer's document,
// outside of its digest.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/why.h"

namespace accord::wire {

// What was asked of:
//   versions[{package, version, kind, newest, best, holders[{who, requirement, alone}],
//             lines[{kind, text}], newerLeftOut[{filter, count, example, sentence}]}],
//   why{asked, kind, version, newest, chains[[{who, requirement}]], moreChains, requiredBy[...],
//       versions[of the package alone]},
//   whyNot{asked, package, kind, chosen, instead, changes[{package, chosen, instead}], first,
//          conflict[...], explanation, leftOut[...], older, newer, assuming[]}
// Texts that say nothing are null; why and whyNot of what the target decides have `given` too.
void AddWhy(const engine::Explained& explained, nlohmann::json& document);

}  // namespace accord::wire
