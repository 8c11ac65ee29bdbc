// Places inside a JSON document, as errors tell them (RFC 6901).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "base/error.h"

namespace accord::conda {

// "/key", safe to print.
[[nodiscard]] inline std::string PointerStep(std::string_view key) {
  std::string step;
  for (const char c : key) {
    if (c == '~' || c == '/') {
      step += c == '~' ? "~0" : "~1";
    } else {
      step.push_back(c);
    }
  }
  const std::string quoted = Quoted(step);
  return Cat("/", std::string_view(quoted).substr(1, quoted.size() - 2));
}

// The pointer before that of an error inside: "/depends" and "/0: a text" are "/depends/0: a text",
// and "/: a text" stands for the whole.
[[nodiscard]] inline absl::Status Inside(std::string_view pointer, const absl::Status& status) {
  if (status.ok()) return status;
  std::string_view message = Message(status);
  if (message.starts_with("/: ")) message.remove_prefix(1);
  const std::string whole = Cat(pointer, message);
  return {status.code(), absl::string_view(whole.data(), whole.size())};
}

}  // namespace accord::conda
