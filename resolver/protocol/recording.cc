#include "protocol/recording.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace accord::protocol {

absl::StatusOr<std::unique_ptr<Recording>> Recording::Begin(const std::string& folder,
                                                            int64_t now_unix_s) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string path = Cat(folder, "/", now_unix_s, "-", getpid(), ".transcript");
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (!file) return InvalidInput(path, "a file to record into is wanted, it cannot be written");
  return std::unique_ptr<Recording>(new Recording(std::move(file)));
}

// Line ends of a message that is JSON stand between its words, where a blank does as well.
void Recording::Write(std::string_view mark, std::string_view frame) {
  std::string line = Cat(mark, frame, "\n");
  const auto is_line_end = [](char c) { return c == '\n' || c == '\r'; };
  std::replace_if(line.begin(), line.end() - 1, is_line_end, ' ');
  const std::lock_guard lock(mutex_);
  file_ << line << std::flush;
}

}  // namespace accord::protocol
