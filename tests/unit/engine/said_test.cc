// Each typed reason is shown in words somewhere. Where:
//
// NotAdmittedKind  invalidVersion, yanked, requiresPython, unreadableRequirement, urlRequirement,
//                  prerelease, tags, onlyBinary, noBinary, newer, noUploadTime, hash,
//                  unusableFiles: here, from facts to the sentence; the sentence alone in
//                  pypi_universe/notation_test
// CoreLineKind     request, constraint, lock, exclusion, dependency, noCandidate, notAdmitted,
//                  nonexistent, oneVersion: conflict_test; unavailable: here
// NodeKind         request, constraint, lock, exclusion, override, dependency, needsBuild,
//                  oneVersion, supposed, impossible, noSolution, noVersion, nonexistent:
//                  explanation_test; filtered, unknown: here
// HintKind         hints_test
// WarningKind      unknownExtra, invalidVersion: resolve_test; repaired: policies_test; unmetSoft
//                  (world files alone have soft requirements): cli/transcripts/plain.txt
// BehindKind       request, impossible, traded: order_test; all of their words: wire and
//                  cli/transcripts/solved.txt
// ViolationKind    of PyPI: check/pypi_check_test, check/pypi_policies_test; of conda (ambiguous,
//                  subdir): check/conda_check_test, check/conda_records_test; of any world
//                  (twoOfOne, attribution, soft): check/world_check_test
// Status codes     InvalidInput, Missing, LimitReached: resolve_test, cli/transcripts/errors.txt
#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ecosystem/pypi/notation.h"
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::MemorySource;
using accord::testing::Needing;
using accord::testing::Request;
using pypi::NotAdmittedKind;
using ::testing::Contains;
using ::testing::ElementsAre;

// Facts and a request for "a>1" under which a 2 is left out for one reason.
struct Case {
  NotAdmittedKind kind = NotAdmittedKind::kInvalidVersion;
  std::string version = "2";
  metadata::MetadataRecord metadata;
  std::vector<metadata::FileRecord> files;
  std::function<void(pypi::ResolveRequest&)> set;
  std::string said;
};

// Left out by what the version says of itself.
std::vector<Case> CasesOfVersions() {
  return {
      {.kind = NotAdmittedKind::kYanked,
       .files = {{.name = "a-2.tar.gz", .yanked = true, .yanked_reason = "broken"}},
       .said = "2 is yanked: broken; a requirement with == or a lock admits a yanked version."},
      {.kind = NotAdmittedKind::kRequiresPython,
       .metadata = ForPython(">=3.13"),
       .said = "2 requires another Python: >=3.13; the target is Python 3.11.7 (--python)."},
      {.kind = NotAdmittedKind::kUnreadableRequirement,
       .metadata = Needing({"b>>1"}),
       .said = "2 has an unreadable requirement: 'b>>1': "},
      {.kind = NotAdmittedKind::kUrlRequirement,
       .metadata = Needing({"b @ https://files.example/b.whl"}),
       .said = "2 requires a URL: 'b @ https://files.example/b.whl'; a URL counts only if the "
               "request asks for it too."},
      {.kind = NotAdmittedKind::kPrerelease,
       .version = "2rc1",
       .said = "2rc1 is a pre-release; the pre-release policy leaves them out (--prereleases)."},
  };
}

// Left out by what the request says of files.
std::vector<Case> CasesOfFiles() {
  using R = pypi::ResolveRequest;
  const auto old = [](R& r) { r.exclude_newer.instant = "2024-01-01T00:00:00Z"; };
  return {
      {.kind = NotAdmittedKind::kTags,
       .files = {{.name = "a-2-cp311-cp311-win_amd64.whl"}},
       .set =
           [](R& r) {
             r.tags = *pypi::SupportedTags::Make(std::vector<std::string>{"py3-none-any"});
             r.target = "CPython 3.11.7 on Linux";
           },
       .said = "2 has wheels for other targets only: cp311-cp311-win_amd64; the target is CPython "
               "3.11.7 on Linux (--python, --platform)."},
      {.kind = NotAdmittedKind::kOnlyBinary,
       .files = {{.name = "a-2.tar.gz"}},
       .set = [](R& r) { r.binaries.only_binary_names = {"a"}; },
       .said = "2 has no wheel: a-2.tar.gz; only wheels are admitted (--only-binary)."},
      {.kind = NotAdmittedKind::kNoBinary,
       .files = {{.name = "a-2-py3-none-any.whl"}},
       .set = [](R& r) { r.binaries.no_binary_names = {"a"}; },
       .said = "2 has no sdist: a-2-py3-none-any.whl; only sdists are admitted (--no-binary)."},
      {.kind = NotAdmittedKind::kNewer,
       .files = {{.name = "a-2.tar.gz", .uploaded = "2024-05-01T00:00:00Z"}},
       .set = old,
       .said = "2 was uploaded too late: 2024-05-01T00:00:00Z; excluded by exclude-newer "
               "2024-01-01T00:00:00Z (--exclude-newer)."},
      {.kind = NotAdmittedKind::kNoUploadTime,
       .files = {{.name = "a-2.tar.gz"}},
       .set = old,
       .said = "2 has no upload time: a-2.tar.gz; excluded by exclude-newer 2024-01-01T00:00:00Z "
               "(--exclude-newer, --missing-upload-time)."},
      {.kind = NotAdmittedKind::kHash,
       .files = {{.name = "a-2.tar.gz", .sha256 = std::string(64, '1')}},
       .set =
           [](R& r) {
             r.allowed_hashes = {
                 {.name = "a", .hashes = {"sha256:" + std::string(64, '0')}, .place = "file:1"}};
           },
       .said = "2 has no file with an allowed hash: a-2.tar.gz; the request lists the hashes that "
               "are allowed (--allow-hash, or --hash in its files)."},
      {.kind = NotAdmittedKind::kUnusableFiles,
       .files = {{.name = "a-2.egg"}},
       .said = "2 has neither a wheel nor an sdist: a-2.egg; wheels and sdists alone can be used."},
  };
}

TEST_F(EngineTest, EachReasonNotToAdmitAVersionIsSaidWithItsSwitch) {
  std::vector<Case> cases = CasesOfVersions();
  for (Case& one : CasesOfFiles()) cases.push_back(std::move(one));
  for (const Case& one : cases) {
    source_.Add({.name = "a",
                 .metadata = {{}, one.metadata},
                 .versions = {{.version = "1", .metadata = 0, .files = {}},
                              {.version = one.version, .metadata = 1, .files = one.files}}});
    pypi::ResolveRequest request = Request({"a>1"});
    if (one.set) one.set(request);
    const explain::Explanation& explanation = Resolve(request).explanation;
    const std::string word(pypi::Word(one.kind));
    EXPECT_THAT(explanation.sentences,
                Contains(::testing::StartsWith(Cat("a>1: 1 version is left out, e.g. ", one.said))))
        << word;
    EXPECT_EQ(std::ranges::count(explanation.nodes, word, &explain::Node::filter), 1) << word;
  }
}

// A text that is no version is in no set of versions; it shows where the name alone is asked for.
TEST_F(EngineTest, ATextThatIsNoVersionIsSaid) {
  Add("a", "one");
  EXPECT_THAT(Resolve({"a"}).explanation.sentences,
              Contains("a: 1 version is left out, e.g. one is no PEP 440 version: 'one'; no policy "
                       "admits them."));
}

TEST_F(EngineTest, ANameOfWhichNothingIsKnownIsSaidWithTheReason) {
  const MemorySource part(/*complete=*/false);
  const metadata::Source* sources[] = {&part};
  const absl::StatusOr<Answer> answer = engine::Resolve(Request({"a"}), sources, options_);
  ASSERT_TRUE(answer.ok()) << Message(answer.status());
  EXPECT_THAT(
      Lines(answer->conflict),
      ElementsAre("request: a", "a is unknown: no source has it, and they are not complete"));
  EXPECT_THAT(answer->explanation.sentences,
              ElementsAre("Because you ask for a and nothing is known of a, there is no "
                          "solution."));
  EXPECT_EQ(std::ranges::count(answer->explanation.nodes, explain::NodeKind::kUnknown,
                               &explain::Node::kind),
            1);
}

TEST_F(EngineTest, WhatIsNotKnownOfAVersionIsALineAndANode) {
  source_.Add({.name = "a",
               .metadata = {},
               .versions = {{.version = "1", .metadata = {}, .unknown_because = "not recorded"}}});
  const Answer answer = Resolve({"a"});
  EXPECT_THAT(Lines(answer.conflict), Contains("what a 1 needs is unknown: not recorded"));
  EXPECT_THAT(answer.explanation.sentences,
              ElementsAre("Because you ask for a and what a needs is not known, there is no "
                          "solution."));
}

}  // namespace
}  // namespace accord::engine
