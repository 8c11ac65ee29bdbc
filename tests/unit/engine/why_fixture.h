// Facts in memory, a request in texts, answers to questions about its answer.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/why.h"
#include "tests/unit/engine/fixture.h"

namespace accord::engine {

class WhyTest : public EngineTest {
 protected:
  Explained Ask(const pypi::ResolveRequest& request, const WhyQuestions& questions) {
    const metadata::Source* sources[] = {&source_};
    absl::StatusOr<Explained> explained = Explain(request, sources, questions, options_);
    EXPECT_TRUE(explained.ok()) << Message(explained.status());
    return explained.ok() ? *std::move(explained) : Explained{};
  }
  WhyVersion Version(const pypi::ResolveRequest& request, std::string_view name) {
    for (WhyVersion& why : Ask(request, {.versions = true}).versions) {
      if (why.name == name) return std::move(why);
    }
    ADD_FAILURE() << "no line for " << name;
    return {};
  }
  WhyVersion Version(const std::vector<std::string>& requirements, std::string_view name) {
    return Version(accord::testing::Request(requirements), name);
  }
  WhyPackage Package(const std::vector<std::string>& requirements, std::string name) {
    const auto explained =
        Ask(accord::testing::Request(requirements), {.package = std::move(name)});
    EXPECT_TRUE(explained.package.has_value());
    return explained.package.value_or(WhyPackage{});
  }
  WhyNot NotChosen(const pypi::ResolveRequest& request, std::string wish) {
    const auto explained = Ask(request, {.not_chosen = std::move(wish)});
    EXPECT_TRUE(explained.not_chosen.has_value());
    return explained.not_chosen.value_or(WhyNot{});
  }
  WhyNot NotChosen(const std::vector<std::string>& requirements, std::string wish) {
    return NotChosen(accord::testing::Request(requirements), std::move(wish));
  }

  // "a 1: b<2", a star before those that are enough alone.
  static std::vector<std::string> Holders(const WhyVersion& why) {
    std::vector<std::string> texts;
    for (const Holder& holder : why.holders) {
      texts.push_back(Cat(holder.alone ? "*" : "", holder.who, ": ", holder.requirement));
    }
    return texts;
  }
  // "a 1 -> 2"
  static std::string Text(const Change& change) {
    return Cat(change.name, " ", change.chosen, " -> ", change.instead);
  }
  static std::vector<std::string> Changes(const WhyNot& why) {
    std::vector<std::string> texts;
    for (const Change& change : why.changes) texts.push_back(Text(change));
    return texts;
  }
  // "request: a; a 1: b<2"
  static std::vector<std::string> Chains(const WhyPackage& why) {
    std::vector<std::string> texts;
    for (const std::vector<RequiredBy>& chain : why.chains) {
      std::string text;
      for (const RequiredBy& link : chain) {
        text += Cat(text.empty() ? "" : "; ", link.who, ": ", link.requirement);
      }
      texts.push_back(std::move(text));
    }
    return texts;
  }
};

}  // namespace accord::engine
