#include "cli/machine.h"

#include <sys/utsname.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "cli/program_on_path.h"

namespace accord::cli {
namespace {

std::string KernelRelease() {
  utsname names{};
  return uname(&names) == 0 ? names.release : "";
}

// Of the first processor: the others are asked to be like it.
std::string ProcessorFlags() {
  std::ifstream processors("/proc/cpuinfo");
  for (std::string line; std::getline(processors, line) && !line.empty();) {
    if (line.starts_with("flags")) return line.substr(line.find(':') + 1);
  }
  return {};
}

class Programs {
 public:
  Programs(std::string_view path, const ChildLimits& limits) : path_(path), limits_(limits) {}

  // None: nobody answers. Empty: it is there and failed.
  [[nodiscard]] std::optional<std::string> Ask(std::string_view name,
                                               const std::vector<std::string>& arguments) const {
    const std::string program = ProgramOnPath(path_, name);
    if (program.empty()) return std::nullopt;
    absl::StatusOr<std::string> said = ChildOutput(program, arguments, limits_);
    if (said.ok()) return *std::move(said);
    if (said.status().code() == absl::StatusCode::kResourceExhausted) return std::nullopt;
    return std::string();
  }

  // The first that has an answer.
  [[nodiscard]] std::optional<std::string> Libc() const {
    std::optional<std::string> first = Ask("getconf", {"GNU_LIBC_VERSION"});
    if (first && !first->empty()) return first;
    std::optional<std::string> second = Ask("ldd", {"--version"});
    return second ? second : first;
  }

 private:
  std::string_view path_;
  const ChildLimits& limits_;
};

}  // namespace

conda::Machine AskMachine(std::string_view path, const MachineQuestions& questions,
                          const ChildLimits& limits) {
  const Programs programs(path, limits);
  const auto nvidia = [&](const std::vector<std::string>& arguments) {
    return programs.Ask("nvidia-smi", arguments).value_or("");
  };
  conda::Machine machine{.kernel = KernelRelease(), .processor = ProcessorFlags()};
  if (questions.libc) machine.libc = programs.Libc();
  if (questions.cuda) machine.cuda = nvidia({"-q", "-u", "-x"});
  // Who has no driver has no device that could be used.
  if (questions.cuda_archs && !(questions.cuda && machine.cuda.empty())) {
    machine.cuda_archs = nvidia({"--query-gpu=compute_cap", "--format=csv,noheader"});
  }
  return machine;
}

}  // namespace accord::cli
