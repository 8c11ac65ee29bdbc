#include "start/hand_over.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

#include "start/parts.h"

namespace accord::start {
namespace {

constexpr int kOurFault = 70;

char** g_words = nullptr;  // set once, before anything else runs

// Whether a word means what would be handed over too late: stdin gives nothing twice ("-",
// "--answer=-"), and before these parts are reached notes have been told, or a corpus was begun.
// Also true of words that only look like it; that costs half a millisecond.
bool IsForTheOther(std::string_view word) {
  return word.ends_with('-') || word.starts_with("--threads") || word.starts_with("--prefix") ||
         word.ends_with("libsolv") || word == "corpus" || word == "serve" || word == "mock" ||
         word == "replay";
}

}  // namespace

void Begin(char** words) {
  g_words = words;
  for (char** word = words; *word != nullptr; ++word) {
    if (IsForTheOther(*word)) HandOver();
  }
}

// The system frees memory faster than destructors do.
int End(int status) {
  std::cout << std::flush;
  std::_Exit(status);
}

void HandOver() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string full = (self.parent_path() / "accord-full").string();
  if (!error) {
    execv(full.c_str(), g_words);
    error = {errno, std::generic_category()};
  }
  std::cerr << "accord: " << full << ": the rest of the program is expected here, "
            << error.message() << '\n';
  std::_Exit(kOurFault);
}

}  // namespace accord::start
