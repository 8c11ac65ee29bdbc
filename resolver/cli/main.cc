// The program: see cli.h. A reader of stdout that goes away ends nothing: the exit status still
// says what the answer was.

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "cli/cli.h"

int main(int argc, char** argv) {
  (void)std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  const bool colours = isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
  return accord::cli::Run(argc, argv,
                          {.in = std::cin,
                           .out = std::cout,
                           .err = std::cerr,
                           .colours = colours,
                           .now_unix_s = std::time(nullptr)});
}
