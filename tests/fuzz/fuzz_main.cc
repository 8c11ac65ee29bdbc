// libFuzzer's entry for all targets: accord_fuzz --target=NAME [libFuzzer's flags and folders].
// A broken law ends the program like a crash, so that libFuzzer keeps the input.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/targets.h"

namespace {

using accord::fuzz::kTargets;
using accord::fuzz::Target;

constexpr std::string_view kFlag = "--target=";

// libFuzzer's interface leaves no other way from the command line to the entry.
const Target* chosen = nullptr;

[[noreturn]] void End(int status, std::string_view why) {
  std::fprintf(stderr, "accord_fuzz: %.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(status);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument = (*argv)[i];
    if (!argument.starts_with(kFlag)) continue;
    const auto* const found = std::find_if(
        kTargets.begin(), kTargets.end(),
        [&](const Target& target) { return target.name == argument.substr(kFlag.size()); });
    if (found == kTargets.end()) End(2, "there is no such target");
    chosen = found;
  }
  if (chosen == nullptr) End(2, "--target=NAME is wanted");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t bytes) {
  accord::fuzz::Laws laws;
  chosen->run(std::string_view(reinterpret_cast<const char*>(data), bytes), laws);
  if (laws.broken().empty()) return 0;
  std::fprintf(stderr, "accord_fuzz: a broken law: %s\n", laws.broken().c_str());
  std::abort();
}
