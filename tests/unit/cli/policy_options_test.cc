// Each policy's flag reaches the request; what is not said leaves it alone; contradictions and
// words that are none are errors.
#include "cli/policy_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/options.h"
#include "engine/policies.h"

namespace accord::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Policies : public ::testing::Test {
 protected:
  // To `request_`, or to a request of conda.
  absl::Status Apply(std::vector<std::string> words) { return ApplyTo(request_, std::move(words)); }
  template <class Request>
  absl::Status ApplyTo(Request& request, std::vector<std::string> words) {
    CLI::App app;
    PolicyOptions policies;
    Options options(app, {words.begin(), words.end()});
    policies.AddTo(options);
    std::reverse(words.begin(), words.end());
    app.parse(words);
    std::istringstream in(input_);
    std::ostringstream out;
    return policies.Apply({.in = in, .out = out, .err = out, .now_unix_s = 1'718'452'800}, request);
  }
  std::string Fault(const std::vector<std::string>& words) {
    const absl::Status status = Apply(words);
    return std::string(Message(status));
  }

  pypi::ResolveRequest request_;
  std::string input_;
};

TEST_F(Policies, WordsAreTaken) {
  ASSERT_TRUE(Apply({"--prereleases", "pep440", "--resolution", "lowest-direct", "--order",
                     "as-given", "--python-bounds", "ignore", "--index-policy", "best-match",
                     "--absent", "unknown", "--missing-upload-time", "admit"})
                  .ok());
  EXPECT_EQ(request_.prereleases, pypi::PrereleasePolicy::kPep440);
  EXPECT_EQ(request_.resolution, pypi::Resolution::kLowestDirect);
  EXPECT_EQ(request_.order, pypi::RequestOrder::kAsGiven);
  EXPECT_EQ(request_.python_bounds, pypi::PythonBounds::kIgnore);
  EXPECT_EQ(request_.indexes, pypi::IndexPolicy::kBestMatch);
  EXPECT_EQ(request_.absent, pypi::AbsentPolicy::kUnknown);
  EXPECT_TRUE(request_.exclude_newer.admit_unknown);
}

TEST_F(Policies, SwitchesAreTaken) {
  ASSERT_TRUE(Apply({"--no-deps", "--prefer-binary", "--require-hashes"}).ok());
  EXPECT_TRUE(request_.no_deps);
  EXPECT_TRUE(request_.binaries.prefer_binary);
  EXPECT_TRUE(request_.require_hashes);
}

TEST_F(Policies, WhatIsNotSaidStaysAsAFileSaidIt) {
  request_ = {.prereleases = pypi::PrereleasePolicy::kAllow,
              .resolution = pypi::Resolution::kLowest,
              .exclude_newer = {.instant = "2024-01-01T00:00:00Z", .admit_unknown = true},
              .binaries = {.only_binary = true, .only_binary_names = {"A"}, .prefer_binary = true},
              .require_hashes = true,
              .no_deps = true,
              .indexes = pypi::IndexPolicy::kBestMatch};
  ASSERT_TRUE(Apply({}).ok());
  EXPECT_EQ(request_.prereleases, pypi::PrereleasePolicy::kAllow);
  EXPECT_EQ(request_.resolution, pypi::Resolution::kLowest);
  EXPECT_EQ(request_.exclude_newer.instant, "2024-01-01T00:00:00Z");
  EXPECT_TRUE(request_.exclude_newer.admit_unknown);
  EXPECT_TRUE(request_.binaries.only_binary && request_.binaries.prefer_binary);
  EXPECT_THAT(request_.binaries.only_binary_names, ElementsAre("A"));
  EXPECT_TRUE(request_.require_hashes && request_.no_deps);
  EXPECT_EQ(request_.indexes, pypi::IndexPolicy::kBestMatch);
}

TEST_F(Policies, WhatIsSaidCountsAndNotWhatAFileSaid) {
  request_.binaries = {.only_binary = true, .only_binary_names = {"A.b", "c"}};
  ASSERT_TRUE(Apply({"--no-binary", ":all:,a-B", "--only-binary", "d"}).ok());
  EXPECT_FALSE(request_.binaries.only_binary);
  EXPECT_TRUE(request_.binaries.no_binary);
  EXPECT_THAT(request_.binaries.only_binary_names, ElementsAre("c", "d"));
  EXPECT_THAT(request_.binaries.no_binary_names, ElementsAre("a-b"));
}

TEST_F(Policies, NamesHaveTheirOwn) {
  ASSERT_TRUE(Apply({"--prereleases-of", "A_b=allow", "--prereleases-of", "c=disallow",
                     "--exclude-newer", "7 days", "--exclude-newer-package", "a=2024-01-01",
                     "--exclude-newer-package", "B=none"})
                  .ok());
  ASSERT_EQ(request_.prereleases_of.size(), 2U);
  EXPECT_EQ(request_.prereleases_of[0].name, "a-b");
  EXPECT_EQ(request_.prereleases_of[1].policy, pypi::PrereleasePolicy::kDisallow);
  EXPECT_EQ(request_.exclude_newer.instant, "2024-06-08T12:00:00Z");
  ASSERT_EQ(request_.exclude_newer.names.size(), 2U);
  EXPECT_EQ(request_.exclude_newer.names[0].instant, "2024-01-02T00:00:00Z");
  EXPECT_EQ(request_.exclude_newer.names[1].name, "b");
  EXPECT_THAT(request_.exclude_newer.names[1].instant, IsEmpty());
}

TEST_F(Policies, CondasNamesAreAsWrittenAndChannelsHaveTheirOwnAge) {
  conda::ResolveRequest request;
  ASSERT_TRUE(ApplyTo(request, {"--exclude-newer", "2024-01-01T00:00:00Z",  //
                                "--exclude-newer-package", "_a_b.c=7 days",
                                "--exclude-newer-channel", "main=none", "--exclude-newer-channel",
                                "https://forge.example/?a=b=2024-01-01"})
                  .ok());
  const conda::ExcludeNewer& newer = request.exclude_newer;
  EXPECT_EQ(newer.instant_ms, *conda::MillisecondsOf("2024-01-01T00:00:00Z"));
  ASSERT_EQ(newer.packages.size(), 1U);
  EXPECT_EQ(newer.packages[0].name, "_a_b.c");
  EXPECT_EQ(newer.packages[0].instant_ms, *conda::MillisecondsOf("2024-06-08T12:00:00Z"));
  ASSERT_EQ(newer.channels.size(), 2U);
  EXPECT_EQ(newer.channels[0].name, "main");
  EXPECT_EQ(newer.channels[0].instant_ms, 0U);
  EXPECT_EQ(newer.channels[1].name, "https://forge.example/?a=b");
  EXPECT_EQ(newer.channels[1].instant_ms, *conda::MillisecondsOf("2024-01-02T00:00:00Z"));
}

TEST_F(Policies, HashesOfOneNameAddUp) {
  ASSERT_TRUE(Apply({"--allow-hash", "a=sha256:0", "--allow-hash", "a=sha256:1"}).ok());
  ASSERT_EQ(request_.allowed_hashes.size(), 2U);
  EXPECT_THAT(request_.allowed_hashes[1].hashes, ElementsAre("sha256:1"));
  EXPECT_EQ(request_.allowed_hashes[1].place, "--allow-hash 2");
}

TEST_F(Policies, AnOverrideMayBeOneDependantsAlone) {
  input_ = "# a file\n\nc==3\nFlask:d\n";
  ASSERT_TRUE(Apply({"--override", "a>=1", "--override", "x_Y: b @ https://b.example/b.zip",
                     "--override", "b @ https://b.example/b.zip", "--overrides", "-"})
                  .ok());
  std::vector<std::string> read;
  for (const pypi::Override& one : request_.overrides) {
    read.push_back(Cat(one.dependant, "|", one.requirement.text, "|", one.requirement.place));
  }
  EXPECT_THAT(read,
              ElementsAre("|a>=1|--override 1", "x-y| b @ https://b.example/b.zip|--override 2",
                          "|b @ https://b.example/b.zip|--override 3", "|c==3|-:3", "flask|d|-:4"));
}

TEST_F(Policies, TheMetadataOfAUrlStandsBehindTheLastEqualsSign) {
  input_ = "Metadata-Version: 2.1\n";
  ASSERT_TRUE(Apply({"--metadata", "https://a.example/?b=c=-"}).ok());
  ASSERT_EQ(request_.direct.size(), 1U);
  EXPECT_EQ(request_.direct[0].url, "https://a.example/?b=c");
  EXPECT_EQ(request_.direct[0].metadata_text, input_);
}

TEST_F(Policies, ContradictionsAreErrors) {
  EXPECT_EQ(Fault({"--only-binary", ":all:", "--no-binary", ":all:"}),
            "--no-binary: wheels alone or sdists alone are wanted, --only-binary names :all: too");
  EXPECT_EQ(Fault({"--only-binary", "a_b", "--no-binary", "c,A-B"}),
            "--no-binary: wheels alone or sdists alone are wanted, --only-binary names a-b too");
  EXPECT_EQ(Fault({"--prereleases-of", "a=allow", "--prereleases-of", "A=explicit"}),
            "--prereleases-of 2: one value a name is wanted, a has two");
  EXPECT_TRUE(Apply({"--only-binary", ":all:", "--no-binary", "a"}).ok());
}

TEST_F(Policies, AChannelsAgeIsCondasAndOneEach) {
  conda::ResolveRequest request;
  const auto fault = [&](const std::vector<std::string>& words) {
    const absl::Status status = ApplyTo(request, words);
    return std::string(Message(status));
  };
  const std::string option = "--exclude-newer-channel";
  EXPECT_EQ(fault({option, "a=none", option, "a=none"}),
            "--exclude-newer-channel 2: one value a name is wanted, a has two");
  EXPECT_THAT(fault({option, "=none"}), HasSubstr("NAME=VALUE is wanted"));
  EXPECT_THAT(fault({option, "a"}), HasSubstr("NAME=VALUE is wanted"));
  EXPECT_THAT(fault({option, "a=soon"}), HasSubstr("--exclude-newer-channel 1: an instant"));
  EXPECT_EQ(Fault({option, "a=none"}),
            "--exclude-newer-channel: is for --ecosystem conda, this is pypi");
}

TEST_F(Policies, WordsThatAreNoneAreErrors) {
  EXPECT_EQ(Fault({"--prereleases", "maybe"}),
            "--prereleases: one of if-necessary-or-explicit, if-necessary, explicit, allow, "
            "disallow, pep440 is wanted, found 'maybe'");
  EXPECT_THAT(Fault({"--prereleases-of", "a=maybe"}), HasSubstr("--prereleases-of 1: one of "));
  EXPECT_THAT(Fault({"--prereleases-of", "allow"}), HasSubstr("NAME=VALUE is wanted"));
  EXPECT_THAT(Fault({"--exclude-newer-package", "a b=none"}), HasSubstr("NAME=VALUE is wanted"));
  EXPECT_THAT(Fault({"--exclude-newer-package", "a=soon"}),
              HasSubstr("--exclude-newer-package 1: an instant"));
  EXPECT_THAT(Fault({"--exclude-newer", "soon"}), HasSubstr("--exclude-newer: an instant"));
  EXPECT_THAT(Fault({"--only-binary", ":some:"}),
              HasSubstr("--only-binary: a package or :all: is wanted, found ':some:'"));
  EXPECT_THAT(Fault({"--metadata", "nothing"}), HasSubstr("--metadata 1: URL=FILE is wanted"));
  EXPECT_THAT(Fault({"--resolution", "newest"}), HasSubstr("highest, lowest, lowest-direct"));
}

}  // namespace
}  // namespace accord::cli
