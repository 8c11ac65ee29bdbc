// This machine, asked what it is: its kernel, its processor and, by programs, its C library (this
// program has one of its own) and its CUDA driver. What that means says ecosystem/conda/target.h.
#pragma once

#include <string_view>

#include "cli/child_output.h"
#include "engine/conda.h"

namespace accord::cli {

// What takes a program to know.
struct MachineQuestions {
  bool libc = true;
  bool cuda = true;
  bool cuda_archs = true;
};

// `path` is where programs are ("/a:/b"): getconf, else ldd, and nvidia-smi, each within `limits`.
// Who is not there, fails or reaches a limit says nothing.
[[nodiscard]] conda::Machine AskMachine(std::string_view path,
                                        const MachineQuestions& questions = {},
                                        const ChildLimits& limits = {});

}  // namespace accord::cli
