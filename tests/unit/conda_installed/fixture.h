// Requests against an environment in memory, and their answers as texts.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/conda.h"
#include "tests/support/conda_environment.h"

namespace accord::engine {

class InstalledRequest : public ::testing::Test {
 protected:
  using Record = accord::testing::CondaRecord;

  void Add(const Record& record) { main_.Add(record); }
  // What is there from now on, and what was asked for.
  void Install(std::vector<Record> records, const std::vector<std::string>& specs) {
    installed_ = accord::testing::InstalledOf(records, specs);
  }

  conda::ResolveRequest Request(const std::vector<std::string>& specs) {
    conda::ResolveRequest request = accord::testing::CondaRequest(specs);
    request.installed = installed_;
    return request;
  }
  conda::ResolveRequest Removing(const std::string& name) {
    conda::ResolveRequest request = Request({});
    request.change.remove = {{name, "--remove 1"}};
    return request;
  }
  conda::ResolveRequest Updating(const std::string& name) {
    conda::ResolveRequest request = Request({});
    request.change.update = {{name, "--update 1"}};
    return request;
  }

  absl::StatusOr<Answer> Resolved(const conda::ResolveRequest& request) {
    const metadata::Source* sources[] = {&main_};
    return Resolve(request, sources);
  }
  Answer Ask(const conda::ResolveRequest& request) {
    const absl::StatusOr<Answer> answer = Resolved(request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : Answer();
  }
  std::string Error(const conda::ResolveRequest& request) {
    return std::string(Message(Resolved(request).status()));
  }

  // "+ app 1 0: you ask for app", "~ lib 1 0 -> 2 0: ...", "- old 1 0: ..."; "unsat".
  std::vector<std::string> Changes(const conda::ResolveRequest& request) {
    const Answer answer = Ask(request);
    if (!answer.has_solution) return {"unsat"};
    std::vector<std::string> changes;
    for (const TransactionStep& step : answer.transaction->steps) {
      std::string text = Cat(!step.from ? "+" : !step.to ? "-" : "~", " ", step.name);
      if (step.from) text += Cat(" ", step.from->version, " ", step.from->build);
      if (step.from && step.to) text += " ->";
      if (step.to) text += Cat(" ", step.to->version, " ", step.to->build);
      changes.push_back(Cat(text, ": ", step.reason));
    }
    return changes;
  }

  accord::testing::CondaSource main_{"main"};
  std::shared_ptr<const conda::Installed> installed_;
};

}  // namespace accord::engine
