// A conversation, as it goes on, in a file of its own: a transcript (transcript.h).
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace accord::protocol {

// Thread-safe. Every line is on its way to the disk when a call returns; what cannot be written is
// lost, and nobody waits for it or is told.
class Recording {
 public:
  // A new file in `folder`, which is made if it is not there: SECONDS-PROCESS.transcript. Errors:
  // InvalidInput.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Recording>> Begin(const std::string& folder,
                                                                        int64_t now_unix_s);

  void Sent(std::string_view frame) { Write("> ", frame); }
  void Answered(std::string_view frame) { Write("< ", frame); }
  // A frame of which there is no text, in words.
  void Unreadable(std::string_view what) { Write("# ", what); }

 private:
  explicit Recording(std::ofstream file) : file_(std::move(file)) {}
  void Write(std::string_view mark, std::string_view frame);

  std::mutex mutex_;
  std::ofstream file_;
};

}  // namespace accord::protocol
