// Facts in memory, a request in texts, an answer from the engine.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/resolve.h"
#include "tests/support/memory_source.h"
#include "tests/support/pypi_request.h"

namespace accord::engine {

class EngineTest : public ::testing::Test {
 protected:
  Answer Resolve(const pypi::ResolveRequest& request) {
    const metadata::Source* sources[] = {&source_};
    absl::StatusOr<Answer> answer = engine::Resolve(request, sources, options_);
    EXPECT_TRUE(answer.ok()) << Message(answer.status());
    return answer.ok() ? *std::move(answer) : Answer{};
  }
  Answer Resolve(const std::vector<std::string>& requirements) {
    return Resolve(accord::testing::Request(requirements));
  }

  void Add(std::string_view name, std::string_view version,
           std::vector<std::string> requirements = {}, std::vector<std::string> extras = {}) {
    source_.AddVersion(name, version,
                       accord::testing::Needing(std::move(requirements), std::move(extras)));
  }

  // "a 1", "b[x,y] 2", sorted.
  static std::vector<std::string> Pins(const Answer& answer) {
    std::vector<std::string> pins;
    for (const ChosenPackage& chosen : answer.solution) {
      std::string pin = chosen.name;
      for (const std::string& extra : chosen.extras) {
        pin += Cat(pin.size() == chosen.name.size() ? "[" : ",", extra);
      }
      if (!chosen.extras.empty()) pin += "]";
      pins.push_back(Cat(pin, " ", chosen.version));
    }
    return pins;
  }
  static std::vector<std::string> Lines(const std::vector<CoreLine>& lines) {
    std::vector<std::string> texts;
    for (const CoreLine& line : lines) texts.push_back(line.text);
    return texts;
  }

  accord::testing::MemorySource source_;
  ResolveOptions options_;
};

}  // namespace accord::engine
