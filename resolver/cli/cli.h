// The command line: one subcommand a file, each a function from its options to a Reply. stdout
// carries the answer and nothing else; errors are lines on stderr.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>

namespace accord::cli {

// What comes from outside besides the words.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool colours = false;          // of what goes to `out`
  bool err_is_terminal = false;  // it may be drawn on
  int64_t now_unix_s = 0;        // what ages are counted from: "7 days"
  // The process's environment, for ${NAME} in requirements files.
  std::map<std::string, std::string, std::less<>> variables = {};
  // Where what an answer was made from waits for the end of the program; may be null.
  std::shared_ptr<const void>* remains = nullptr;
};

// The exit status of the process (reply.h). Nothing is thrown.
[[nodiscard]] int Run(int argc, const char* const* argv, const Streams& streams);

}  // namespace accord::cli
