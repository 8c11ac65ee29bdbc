// The program: see cli.h. A reader of stdout that goes away ends nothing: the exit status still
// says what the answer was.

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "cli/cli.h"
#include "start/parts.h"

namespace {

std::map<std::string, std::string, std::less<>> Variables() {
  std::map<std::string, std::string, std::less<>> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

}  // namespace

int main(int argc, char** argv) {
  accord::start::Begin(argv);
  (void)std::signal(SIGPIPE, SIG_IGN);
  const bool colours = isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
  std::shared_ptr<const void> remains;
  const int status = accord::cli::Run(argc, argv,
                                      {.in = std::cin,
                                       .out = std::cout,
                                       .err = std::cerr,
                                       .colours = colours,
                                       .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                       .now_unix_s = std::time(nullptr),
                                       .variables = Variables(),
                                       .remains = &remains});
  return accord::start::End(status);
}
