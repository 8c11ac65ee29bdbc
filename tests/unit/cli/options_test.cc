// An option is made where a word may mean it, and the help shows all; what is not made takes
// settings all the same.
#include "cli/options.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace accord::cli {
namespace {

struct Made {
  std::string format;
  std::string output;
  bool json = false;
};

// The names of what is made, of three options, for these words.
std::vector<std::string> MadeFor(std::vector<std::string_view> words) {
  CLI::App app;
  app.set_help_flag();
  Options options(app, std::move(words));
  Made made;
  options.Add("--format", made.format, "a format")->type_name("")->capture_default_str();
  options.Add("-o,--output", made.output, "a file")->type_name("");
  options.AddFlag("--json", made.json, "a document")->group("Output");
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) names.push_back(option->get_name());
  return names;
}

using Names = std::vector<std::string>;

TEST(Options, OnlyWhatIsSpelledIsMade) {
  EXPECT_EQ(MadeFor({"accord", "resolve", "flask"}), Names());
  EXPECT_EQ(MadeFor({"accord", "--json"}), Names({"--json"}));
  EXPECT_EQ(MadeFor({"--format", "json"}), Names({"--format"}));
  EXPECT_EQ(MadeFor({"--format=json", "--output=a"}), Names({"--format", "--output"}));
}

TEST(Options, ANameThatAWordOnlyBeginsWithIsNotSpelled) {
  EXPECT_EQ(MadeFor({"--formats", "--jso", "json", "--json-"}), Names());
}

TEST(Options, AShortNameMayStandInsideAWord) {
  EXPECT_EQ(MadeFor({"-o", "x"}), Names({"--output"}));
  EXPECT_EQ(MadeFor({"-vo"}), Names({"--output"}));
  EXPECT_EQ(MadeFor({"-"}), Names());
}

TEST(Options, TheHelpShowsAll) {
  const Names all = {"--format", "--output", "--json"};
  EXPECT_EQ(MadeFor({"resolve", "--help"}), all);
  EXPECT_EQ(MadeFor({"-h"}), all);
}

}  // namespace
}  // namespace accord::cli
