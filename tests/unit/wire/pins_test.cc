// ReadPins: answers of ours and of others, and what is refused.

#include "wire/pins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "wire/answer_json.h"
#include "wire/documents.h"

namespace accord::wire {
namespace {

using ::testing::HasSubstr;

TEST(ReadPins, ReadsTheDocumentThatWeWrite) {
  engine::Answer answer;
  answer.has_solution = true;
  answer.solution = {{.name = "app",
                      .version = "2.0",
                      .extras = {"fast"},
                      .files = {{.name = "app-2.0.zip", .fits = true}, {.name = "app-2.0.whl"}},
                      .index = "facts.jsonl"},
                     {.name = "lib", .version = "1.0", .url = "https://lib.example/lib.zip"}};
  const auto pins = ReadPins(Write(AnswerDocument(answer, {})), "a.json");
  ASSERT_TRUE(pins.ok()) << pins.status();
  ASSERT_EQ(pins->size(), 2U);
  EXPECT_EQ((*pins)[0].name, "app");
  EXPECT_EQ((*pins)[0].extras, std::vector<std::string>{"fast"});
  EXPECT_EQ((*pins)[0].index, "facts.jsonl");
  EXPECT_EQ((*pins)[0].files, std::vector<std::string>{"app-2.0.zip"});
  EXPECT_EQ((*pins)[1].version, "1.0");
  EXPECT_EQ((*pins)[1].url, "https://lib.example/lib.zip");
  EXPECT_EQ((*pins)[1].extras, std::vector<std::string>());
}

TEST(ReadPins, ReadsLinesThatDoNotSayWhichExtrasAreActive) {
  const auto pins = ReadPins("# made by hand\n\n app[x, y] == 2.0  # via request\r\nlib==1\n", "p");
  ASSERT_TRUE(pins.ok()) << pins.status();
  ASSERT_EQ(pins->size(), 2U);
  EXPECT_EQ((*pins)[0].name, "app");
  EXPECT_EQ((*pins)[0].version, "2.0");
  EXPECT_EQ((*pins)[0].extras, std::nullopt);
  EXPECT_EQ((*pins)[1].name, "lib");
}

TEST(ReadPins, ReadsLinesWithHashes) {
  const auto pins = ReadPins(
      "a==1 \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\n    # via b\nb==2 "
      "--hash=md5:0\nc==3\n",
      "p");
  ASSERT_TRUE(pins.ok()) << pins.status();
  ASSERT_EQ(pins->size(), 3U);
  EXPECT_EQ((*pins)[0].version, "1");
  EXPECT_EQ((*pins)[1].version, "2");
  EXPECT_EQ((*pins)[2].name, "c");
}

TEST(ReadPins, TakesAnEmptyTextAsNoPins) {
  const auto pins = ReadPins("\n", "p");
  ASSERT_TRUE(pins.ok());
  EXPECT_TRUE(pins->empty());
}

TEST(ReadPins, NamesTheLineThatIsNoPin) {
  for (const char* line :
       {"app>=1", "app", "==1", "app==", "app===1", "app==1 -x", "app==1 ; python_version > '3'"}) {
    const auto pins = ReadPins(std::string("lib==1\n") + line, "p.txt");
    ASSERT_FALSE(pins.ok()) << line;
    EXPECT_THAT(std::string(Message(pins.status())), HasSubstr("p.txt:2: name==version is wanted"));
  }
}

TEST(ReadPins, NamesThePlaceOfADocumentThatIsNoAnswer) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {"{", "a.json: "},
      {"{}", "/solution: a list is wanted"},
      {R"({"solution": null})", "/solution: a list is wanted"},
      {R"({"solution": [{"package": "a"}]})", "a.json: /solution/0: "},
      {R"({"solution": [7]})", "a.json: /solution/0: "},
      {R"({"solution": [{"package": "a", "version": "1", "extras": [1]}]})", "'extras' are texts"},
      {R"({"solution": [{"package": "a", "version": "1", "files": [{}]}]})",
       "the text 'name' is wanted of each file"}};
  for (const auto& [text, message] : cases) {
    const auto pins = ReadPins(text, "a.json");
    ASSERT_FALSE(pins.ok()) << text;
    EXPECT_THAT(std::string(Message(pins.status())), HasSubstr(message)) << text;
  }
}

}  // namespace
}  // namespace accord::wire
