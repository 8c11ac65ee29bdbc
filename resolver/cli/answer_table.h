// An answer as lines for people: a table of the packages, what the answer claims, what it cost, and
// notes; or why there is none.
#pragma once

#include <string>

#include "engine/answer.h"
#include "wire/answer_json.h"

namespace accord::cli {

// "linux-64 (x86_64, glibc 2.17, linux 3.10)"; empty for a world file.
[[nodiscard]] std::string TargetOf(const wire::AnswerFrame& asked);

struct TableFrame {
  std::string target;  // "CPython 3.11.0 on Linux x86_64"; empty: none
  bool colours = false;
};

// Ends in a line end.
[[nodiscard]] std::string AnswerTable(const engine::Answer& answer, const TableFrame& frame);

}  // namespace accord::cli
