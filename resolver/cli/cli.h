// The command line: one subcommand a file, each a function from its options to a Reply. stdout
// carries the answer and nothing else; errors are lines on stderr.
#pragma once

#include <cstdint>
#include <iosfwd>

namespace accord::cli {

// What comes from outside besides the words.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool colours = false;    // of what goes to `out`
  int64_t now_unix_s = 0;  // what ages are counted from: "7 days"
};

// The exit status of the process (reply.h). Nothing is thrown.
[[nodiscard]] int Run(int argc, const char* const* argv, const Streams& streams);

}  // namespace accord::cli
