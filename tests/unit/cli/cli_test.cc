// Parts of the command line that no call of the program reaches alone: the table of exit statuses,
// requirement files, colours, a stopped answer's table.

#include "cli/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/error.h"
#include "cli/answer_table.h"
#include "cli/reply.h"
#include "cli/requirement_file.h"

namespace accord::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ExitStatus, EachKindOfErrorHasItsOwn) {
  EXPECT_EQ(ExitStatusOf(InvalidInput("a", "b")), ExitStatus::kBadInput);
  EXPECT_EQ(ExitStatusOf(LimitReached("a", "b")), ExitStatus::kStopped);
  EXPECT_EQ(ExitStatusOf(absl::CancelledError("a")), ExitStatus::kStopped);
  EXPECT_EQ(ExitStatusOf(Missing("a", "b")), ExitStatus::kMetadata);
  EXPECT_EQ(ExitStatusOf(absl::InternalError("a")), ExitStatus::kOurBug);
  EXPECT_EQ(ExitStatusOf(absl::UnknownError("a")), ExitStatus::kOurBug);
  EXPECT_EQ(static_cast<int>(ExitStatus::kOurBug), 70);
}

TEST(RequirementLines, KeepTheirLineAsThePlace) {
  const auto lines =
      ReadRequirementLines("# all\n\nflask>=2 # web\r\n  a @ https://x.example/#y\n", "r.txt");
  ASSERT_TRUE(lines.ok()) << lines.status();
  ASSERT_EQ(lines->size(), 2U);
  EXPECT_EQ((*lines)[0].text, "flask>=2");
  EXPECT_EQ((*lines)[0].place, "r.txt:3");
  EXPECT_EQ((*lines)[1].text, "a @ https://x.example/#y");
  EXPECT_EQ((*lines)[1].place, "r.txt:4");
}

TEST(RequirementLines, RefuseOptionsAndContinuedLines) {
  for (const char* line : {"-r other.txt", "--hash=sha256:0", "flask \\"}) {
    const auto lines = ReadRequirementLines(std::string("a\n") + line, "r.txt");
    ASSERT_FALSE(lines.ok()) << line;
    EXPECT_THAT(std::string(Message(lines.status())),
                HasSubstr("r.txt:2: one requirement a line is wanted"));
  }
}

engine::Answer Solved(size_t askers) {
  engine::Answer answer;
  answer.status = engine::Status::kSat;
  answer.has_solution = true;
  answer.solution = {{.name = "lib", .version = "1.0", .extras = {"x", "y"}}};
  for (size_t i = 0; i < askers; ++i) {
    answer.solution[0].required_by.push_back({.who = Cat("p", i, " 1.0"), .requirement = "lib"});
  }
  return answer;
}

TEST(AnswerTable, IsColouredOnlyWhenAsked) {
  EXPECT_THAT(AnswerTable(Solved(1), {.colours = true}), HasSubstr("\x1b[1mpackage"));
  EXPECT_THAT(AnswerTable(Solved(1), {}), Not(HasSubstr("\x1b")));
}

TEST(AnswerTable, CountsTheAskersThatDoNotFit) {
  EXPECT_THAT(AnswerTable(Solved(4), {}), HasSubstr("lib[x,y]  1.0      p0, p1, p2, p3\n"));
  EXPECT_THAT(AnswerTable(Solved(6), {}), HasSubstr("  p0, p1, p2 and 3 more\n"));
}

TEST(AnswerTable, SaysThatAStoppedAnswerIsNotTheCanonicalOne) {
  engine::Answer answer = Solved(1);
  answer.status = engine::Status::kStopped;
  answer.stop_reason = StopReason::kCancelled;
  answer.claim.kind = ClaimKind::kFeasible;
  const std::string table = AnswerTable(answer, {});
  EXPECT_THAT(table, HasSubstr("Stopped: the time is over; this is a solution, not the canonical"));
  EXPECT_THAT(table, HasSubstr("feasible answer, accepted by the checker"));
}

TEST(AnswerTable, CutsLongListsAndSaysWhereTheRestIs) {
  engine::Answer answer;
  for (int i = 0; i < 120; ++i) answer.conflict.push_back({.text = Cat("line ", i)});
  for (int i = 0; i < 12; ++i) answer.claim.assuming.push_back(Cat("n", i));
  const std::string table = AnswerTable(answer, {});
  EXPECT_THAT(table, HasSubstr("  line 99\n  and 20 more; --json has all\n"));
  EXPECT_THAT(table, HasSubstr("n9 and 2 more; --json has all\n"));
}

TEST(Run, WritesErrorsToStderrAndAnswersToStdout) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const char* const good[] = {"accord", "version", "compare", "1", "2"};
  EXPECT_EQ(cli::Run(5, good, {.in = in, .out = out, .err = err}), 0);
  EXPECT_EQ(out.str(), "less\n");
  EXPECT_EQ(err.str(), "");
  const char* const bad[] = {"accord", "version", "compare", "1", "x"};
  EXPECT_EQ(cli::Run(5, bad, {.in = in, .out = out, .err = err}), 2);
  EXPECT_EQ(out.str(), "less\n");
  EXPECT_THAT(err.str(), HasSubstr("accord: version 'x': "));
}

}  // namespace
}  // namespace accord::cli
