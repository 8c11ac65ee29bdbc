// accord_laws: the laws over generated worlds, as a program. Exit status 0 only if all hold.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/property/run_laws.h"

namespace {

// ACCORD_TEST_SCALE, 1 if it is not set or not a number above 0.
double TestScale() {
  const char* text = std::getenv("ACCORD_TEST_SCALE");
  const double scale = text ? std::strtod(text, nullptr) : 1;
  return scale > 0 ? scale : 1;
}

}  // namespace

int main(int argc, char** argv) {
  accord::LawRun run{.worlds = 10000};
  bool scaled = false;
  CLI::App app("Holds the laws against generated worlds.");
  app.add_option("--worlds", run.worlds, "how many worlds")->check(CLI::Range(1u, 1u << 31));
  app.add_option("--seed", run.seed, "which worlds");
  app.add_option("--first", run.first, "the first world of the seed");
  app.add_option("--law", run.law, "only this law");
  app.add_option("--jobs", run.jobs, "threads; 0 = one a core");
  app.add_flag("--scaled", scaled, "multiply --worlds by ACCORD_TEST_SCALE");
  CLI11_PARSE(app, argc, argv);
  if (scaled) {
    run.worlds =
        std::max<uint64_t>(1, static_cast<uint64_t>(static_cast<double>(run.worlds) * TestScale()));
  }
  const auto is_asked = [&](const accord::Law& law) { return law.name == run.law; };
  if (!run.law.empty() && std::none_of(accord::Laws().begin(), accord::Laws().end(), is_asked)) {
    std::fprintf(stderr, "accord_laws: there is no law '%s'\n", run.law.c_str());
    return 2;
  }
  const bool terminal = isatty(STDERR_FILENO) == 1;
  const accord::LawReport report = accord::RunLaws(run, [&](uint64_t done) {
    if (terminal) {
      std::fprintf(stderr, "\r%llu of %llu worlds", static_cast<unsigned long long>(done),
                   static_cast<unsigned long long>(run.worlds));
    }
  });
  if (terminal) std::fputs("\r\033[K", stderr);
  std::fputs(accord::ReportText(run, report).c_str(), stdout);
  return report.worlds_failed == 0 ? 0 : 1;
}
