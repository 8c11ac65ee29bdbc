// What tests say to a session and hear from it, kept for tests/protocol/messages_test.py.
#pragma once

#include <cstdlib>
#include <ctime>
#include <memory>

#include "base/check.h"
#include "protocol/recording.h"

namespace accord::protocol {

// One file for all conversations of the process, in $ACCORD_TEST_MESSAGES; null: nobody wants them.
inline Recording* KeptMessages() {
  static const std::unique_ptr<Recording> kept = []() -> std::unique_ptr<Recording> {
    const char* const folder = std::getenv("ACCORD_TEST_MESSAGES");
    if (folder == nullptr) return nullptr;
    auto begun = Recording::Begin(folder, std::time(nullptr));
    ACCORD_CHECK(begun.ok());
    return *std::move(begun);
  }();
  return kept.get();
}

}  // namespace accord::protocol
