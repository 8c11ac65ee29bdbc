// Answers as files to install from: requirements.txt and pylock.toml. That installers read them is
// tests/cli/lock_formats_test.py's to say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "wire/lock_files.h"
#include "wire/pylock.h"
#include "wire/requirements.h"

namespace accord::wire {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kA(64, 'a');
const std::string kB(64, 'b');

engine::ChosenFile File(std::string name, const std::string& sha256) {
  engine::ChosenFile file{.name = name, .url = Cat("https://files.example/", name)};
  file.sha256 = sha256;
  file.wheel = name.ends_with(".whl");
  file.fits = true;
  return file;
}

engine::Answer SolvedWithFiles() {
  engine::Answer answer;
  answer.status = engine::Status::kSat;
  answer.has_solution = true;
  answer.solution = {{.name = "app",
                      .version = "2.0",
                      .extras = {"fast", "tls"},
                      .requested = true,
                      .required_by = {{.who = "request", .requirement = "app"},
                                      {.who = "app 2.0", .requirement = "app[tls]"}},
                      .files = {File("app-2.0-py3-none-any.whl", kB), File("app-2.0.tar.gz", kA)},
                      .requires_python = ">=3.8"},
                     {.name = "lib",
                      .version = "1.0",
                      .requested = true,
                      .required_by = {{.who = "app 2.0", .requirement = "lib"},
                                      {.who = "request", .requirement = "lib"}},
                      .files = {File("lib-1.0.zip", kB)}}};
  return answer;
}

pypi::ResolveRequest For(std::string_view python) {
  pypi::ResolveRequest request;
  request.environment = *pypi::Environment::CPythonOnLinux(python);
  return request;
}

std::string Pylock(const engine::Answer& answer) {
  const absl::StatusOr<std::string> text = PylockText(answer, For("3.11.7"));
  return text.ok() ? *text : std::string(Message(text.status()));
}

TEST(Requirements, ArePinsWithHashesAndWhoAskedForThem) {
  EXPECT_EQ(RequirementsText(SolvedWithFiles(), "CPython"),
            Cat("# By accord, for CPython\n"
                "app[fast,tls]==2.0 \\\n    --hash=sha256:",
                kA, " \\\n    --hash=sha256:", kB,
                "\n    # via request\n"
                "lib==1.0 \\\n    --hash=sha256:",
                kB, "\n    # via\n    #   app\n    #   request\n"));
}

TEST(Requirements, HaveNoHashesIfOnePackageHasNone) {
  engine::Answer answer = SolvedWithFiles();
  answer.solution[1].files[0].fits = false;  // its hash helps nobody here
  const std::string text = RequirementsText(answer, "CPython");
  EXPECT_THAT(text, HasSubstr("# Without hashes: none is known of lib\n"));
  EXPECT_THAT(text, Not(HasSubstr("--hash")));
}

TEST(Requirements, OfAUrlNameItAndItsOwnHash) {
  engine::Answer answer = SolvedWithFiles();
  answer.solution.resize(1);
  answer.solution[0].files.clear();
  answer.solution[0].url = Cat("https://app.example/app.zip#sha256=", kA);
  EXPECT_THAT(RequirementsText(answer, "CPython"),
              HasSubstr(Cat("app[fast,tls] @ https://app.example/app.zip#sha256=", kA,
                            " \\\n    --hash=sha256:", kA, "\n")));
}

TEST(Requirements, OfNothingAreAHead) {
  EXPECT_EQ(RequirementsText({}, "CPython"), "# By accord, for CPython\n");
}

TEST(Pylock, IsForTheEnvironmentOfTheRequest) {
  const std::string text = Pylock(SolvedWithFiles());
  EXPECT_THAT(text, HasSubstr("lock-version = '1.0'\n"));
  EXPECT_THAT(text, HasSubstr("created-by = 'accord'\n"));
  EXPECT_THAT(text, HasSubstr("requires-python = '>=3.11.7'\n"));
  EXPECT_THAT(text, HasSubstr("python_version == \"3.11\" and sys_platform == \"linux\""));
  EXPECT_THAT(text, EndsWith("\n"));
}

TEST(Pylock, NamesWhatEachPackageNeedsButItself) {
  const std::string text = Pylock(SolvedWithFiles());
  EXPECT_THAT(text, HasSubstr("dependencies = [ { name = 'lib' } ]\nname = 'app'\n"));
}

TEST(Pylock, LeavesOutWhatNobodyCanReadAndFilesThatCannotBeLocked) {
  engine::Answer answer = SolvedWithFiles();
  answer.solution[0].requires_python = ">=3.8.*";
  answer.solution[0].files[1].url.clear();
  answer.solution[0].files[0].uploaded = "on Tuesday";
  const std::string text = Pylock(answer);
  EXPECT_THAT(text, Not(HasSubstr("3.8")));
  EXPECT_THAT(text, Not(HasSubstr("app-2.0.tar.gz")));
  EXPECT_THAT(text, Not(HasSubstr("upload-time")));
}

TEST(Pylock, KeepsTimesToTheFractionAndIndexesThatAreUrls) {
  engine::Answer answer = SolvedWithFiles();
  answer.solution[0].files[0].uploaded = "2023-08-30T22:24:04.25Z";
  answer.solution[0].index = "https://index.example/simple";
  answer.solution[1].index = "facts.jsonl";
  const std::string text = Pylock(answer);
  EXPECT_THAT(text, HasSubstr("upload-time = 2023-08-30T22:24:04.25Z\n"));
  EXPECT_THAT(text, HasSubstr("index = 'https://index.example/simple'\n"));
  EXPECT_THAT(text, Not(HasSubstr("facts.jsonl")));
}

TEST(Pylock, OfAUrlIsItsArchive) {
  engine::Answer answer = SolvedWithFiles();
  answer.solution[1].files.clear();
  answer.solution[1].url = Cat("https://lib.example/lib.zip#egg=lib&sha256=", kA);
  const std::string text = Pylock(answer);
  EXPECT_THAT(text, HasSubstr("[packages.archive]"));
  EXPECT_THAT(text, HasSubstr("url = 'https://lib.example/lib.zip'\n"));
  EXPECT_THAT(text, HasSubstr(Cat("hashes = { sha256 = '", kA, "' }")));
}

TEST(Pylock, WantsUrlAndHashOfAFileOfEachPackage) {
  const std::string fault =
      "pylock: the URL and SHA-256 of a file of each package are wanted, they are not known of ";
  engine::Answer answer = SolvedWithFiles();
  answer.solution[0].files.clear();
  answer.solution[1].files[0].sha256.clear();
  EXPECT_EQ(Pylock(answer), fault + "app, lib");
  EXPECT_EQ(PylockText(answer, For("3.11")).status().code(), absl::StatusCode::kNotFound);
  answer = SolvedWithFiles();
  answer.solution[1].url = "https://lib.example/lib.zip";
  EXPECT_EQ(Pylock(answer), fault + "lib");
}

TEST(Sha256OfUrl, IsOneOfTheValuesOfItsFragment) {
  EXPECT_EQ(Sha256OfUrl(Cat("https://a.example/?sha256=", kB, "#sha256=", kA)), kA);
  EXPECT_EQ(Sha256OfUrl(Cat("https://a.example/#egg=a&sha256=", kA, "&x")), kA);
  for (const std::string& url :
       {std::string("https://a.example/"), std::string("https://a.example/#"),
        Cat("https://a.example/?sha256=", kA), Cat("https://a.example/#sha256=", kA, "0"),
        Cat("https://a.example/#sha256=", std::string(64, 'g'))}) {
    EXPECT_EQ(Sha256OfUrl(url), "") << url;
  }
}

TEST(FirstOf, CountsWhatDoesNotFit) {
  EXPECT_EQ(FirstOf({"a", "b"}), "a, b");
  EXPECT_EQ(FirstOf(std::vector<std::string>(12, "x")), "x, x, x, x, x, x, x, x, x, x and 2 more");
}

}  // namespace
}  // namespace accord::wire
