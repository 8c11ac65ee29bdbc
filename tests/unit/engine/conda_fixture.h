// Two conda channels in memory, a request in specifiers, answers to questions about its answer.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/conda.h"
#include "tests/support/conda_source.h"

namespace accord::engine {

class CondaEngineTest : public ::testing::Test {
 protected:
  void Add(const accord::testing::CondaRecord& record) { main_.Add(record); }
  void AddVersions(const std::string& name, const std::vector<std::string>& versions) {
    for (const std::string& version : versions) Add({.name = name, .version = version});
  }
  static conda::ResolveRequest Request(const std::vector<std::string>& specs) {
    return accord::testing::CondaRequest(specs);
  }

  Explained Ask(const conda::ResolveRequest& request, const WhyQuestions& questions = {}) {
    const metadata::Source* sources[] = {&main_, &second_};
    absl::StatusOr<Explained> explained = Explain(request, sources, questions, options_);
    EXPECT_TRUE(explained.ok()) << Message(explained.status());
    return explained.ok() ? *std::move(explained) : Explained{};
  }
  // Of a request without a solution.
  std::vector<std::string> Hints(const conda::ResolveRequest& request) {
    const Explained explained = Ask(request);
    EXPECT_EQ(explained.answer.status, Status::kUnsat);
    std::vector<std::string> texts;
    for (const Hint& hint : explained.answer.hints) texts.push_back(hint.text);
    return texts;
  }
  // "lib 1 < 2", then who stands in its way.
  std::vector<std::string> Behind(const conda::ResolveRequest& request) {
    std::vector<std::string> texts;
    for (const BehindPackage& one : Ask(request).answer.behind) {
      texts.push_back(Cat(one.name, " ", one.chosen, " < ", one.newest));
      for (const CoreLine& line : one.lines) texts.push_back(line.text);
      for (const Trade& trade : one.trades) {
        texts.push_back(
            Cat(one.instead, ": ", trade.name, " ", trade.chosen, " -> ", trade.instead));
      }
    }
    return texts;
  }
  WhyVersion Version(const conda::ResolveRequest& request, std::string_view name) {
    for (WhyVersion& why : Ask(request, {.versions = true}).versions) {
      if (why.name == name) return std::move(why);
    }
    ADD_FAILURE() << "no line for " << name;
    return {};
  }
  WhyPackage Package(const std::vector<std::string>& specs, std::string name) {
    const Explained explained = Ask(Request(specs), {.package = std::move(name)});
    EXPECT_TRUE(explained.package.has_value());
    return explained.package.value_or(WhyPackage{});
  }
  WhyNot NotChosen(const conda::ResolveRequest& request, std::string wish) {
    const Explained explained = Ask(request, {.not_chosen = std::move(wish)});
    EXPECT_TRUE(explained.not_chosen.has_value());
    return explained.not_chosen.value_or(WhyNot{});
  }

  // "app 1 0: lib <2", a star before those that are enough alone.
  static std::vector<std::string> Holders(const WhyVersion& why) {
    std::vector<std::string> texts;
    for (const Holder& holder : why.holders) {
      texts.push_back(Cat(holder.alone ? "*" : "", holder.who, ": ", holder.requirement));
    }
    return texts;
  }
  static std::vector<std::string> Changes(const WhyNot& why) {
    std::vector<std::string> texts;
    for (const Change& change : why.changes) {
      texts.push_back(Cat(change.name, " ", change.chosen, " -> ", change.instead));
    }
    return texts;
  }

  accord::testing::CondaSource main_{"main"};
  accord::testing::CondaSource second_{"second"};
  ResolveOptions options_;
};

}  // namespace accord::engine
