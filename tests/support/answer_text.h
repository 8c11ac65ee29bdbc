// An engine's answer as one text: everything in it that depends on the request and the facts alone
// (no counters, no timings, no places). Equal answers, equal texts.
#pragma once

#include <string>

#include "base/error.h"
#include "engine/answer.h"

namespace accord::testing {

inline std::string AnswerText(const engine::Answer& answer) {
  std::string text = Cat("status ", static_cast<int>(answer.status), "\n");
  for (const engine::ChosenPackage& chosen : answer.solution) {
    text += Cat(chosen.name, "==", chosen.version, chosen.requested ? " requested" : "", " for ",
                chosen.reason.who, " ", chosen.reason.requirement, "\n");
    for (const std::string& extra : chosen.extras) text += Cat("  extra ", extra, "\n");
    for (const engine::RequiredBy& by : chosen.required_by) {
      text += Cat("  by ", by.who, " ", by.requirement, "\n");
    }
  }
  text += Cat("claim ", static_cast<int>(answer.claim.kind), "\n");
  for (const std::string& name : answer.claim.assuming) text += Cat("  assuming ", name, "\n");
  for (const engine::CoreLine& line : answer.conflict) text += Cat("core ", line.text, "\n");
  for (const std::string& sentence : answer.explanation.sentences) text += Cat(sentence, "\n");
  for (const engine::BehindPackage& behind : answer.behind) {
    text += Cat("behind ", behind.name, " ", behind.chosen, " of ", behind.newest, " ",
                static_cast<int>(behind.kind), " ", behind.instead, "\n");
    for (const engine::CoreLine& line : behind.lines) text += Cat("  ", line.text, "\n");
    for (const engine::Trade& trade : behind.trades) {
      text += Cat("  ", trade.name, " ", trade.chosen, " -> ", trade.instead, "\n");
    }
  }
  for (const engine::Warning& warning : answer.warnings)
    text += Cat("warning ", warning.text, "\n");
  for (const engine::PackagePriority& one : answer.priorities) {
    text += Cat("priority ", one.priority, " ", one.name, "\n");
  }
  return text;
}

}  // namespace accord::testing
