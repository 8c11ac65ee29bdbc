// The command line: one subcommand a file, each a function from its options to a Reply. stdout
// carries the answer and nothing else; errors are lines on stderr.
#pragma once

#include <iosfwd>

namespace accord::cli {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool colours = false;  // of what goes to `out`
};

// The exit status of the process (reply.h). Nothing is thrown.
[[nodiscard]] int Run(int argc, const char* const* argv, const Streams& streams);

}  // namespace accord::cli
