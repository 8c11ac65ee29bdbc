// What PyPI's notation says of versions that a filter left out: one sentence for each kind.
#include "ecosystem/pypi/notation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

struct Case {
  NotAdmittedKind kind;
  const char* detail;
  const char* sentence;
};

constexpr std::array<Case, kNotAdmittedKinds> kCases = {{
    {NotAdmittedKind::kInvalidVersion, "",
     "a>1: 2 versions are left out, e.g. 2 is no PEP 440 version; no policy admits them"},
    {NotAdmittedKind::kYanked, "broken",
     "a>1: 2 versions are left out, e.g. 2 is yanked: broken; a requirement with == or a lock "
     "admits a yanked version"},
    {NotAdmittedKind::kRequiresPython, ">=3.12",
     "a>1: 2 versions are left out, e.g. 2 requires another Python: >=3.12; the target is Python "
     "3.11.7 (--python)"},
    {NotAdmittedKind::kUnreadableRequirement, "'b>>1'",
     "a>1: 2 versions are left out, e.g. 2 has an unreadable requirement: 'b>>1'; no policy admits "
     "them"},
    {NotAdmittedKind::kUrlRequirement, "",
     "a>1: 2 versions are left out, e.g. 2 requires a URL; a URL counts only if the request asks "
     "for it too"},
    {NotAdmittedKind::kPrerelease, "",
     "a>1: 2 versions are left out, e.g. 2 is a pre-release; the pre-release policy leaves them "
     "out (--prereleases)"},
    {NotAdmittedKind::kTags, "cp312-cp312-any",
     "a>1: 2 versions are left out, e.g. 2 has wheels for other targets only: cp312-cp312-any; the "
     "target is CPython 3.11.7 (--python, --platform)"},
    {NotAdmittedKind::kOnlyBinary, "",
     "a>1: 2 versions are left out, e.g. 2 has no wheel; only wheels are admitted "
     "(--only-binary)"},
    {NotAdmittedKind::kNoBinary, "",
     "a>1: 2 versions are left out, e.g. 2 has no sdist; only sdists are admitted (--no-binary)"},
    {NotAdmittedKind::kNewer, "2024-05-01T00:00:00Z",
     "a>1: 2 versions are left out, e.g. 2 was uploaded too late: 2024-05-01T00:00:00Z; excluded "
     "by exclude-newer 2024-01-01T00:00:00Z (--exclude-newer)"},
    {NotAdmittedKind::kNoUploadTime, "",
     "a>1: 2 versions are left out, e.g. 2 has no upload time; excluded by exclude-newer "
     "2024-01-01T00:00:00Z (--exclude-newer, --missing-upload-time)"},
    {NotAdmittedKind::kHash, "",
     "a>1: 2 versions are left out, e.g. 2 has no file with an allowed hash; the request lists the "
     "hashes that are allowed (--allow-hash, or --hash in its files)"},
    {NotAdmittedKind::kUnusableFiles, "",
     "a>1: 2 versions are left out, e.g. 2 has neither a wheel nor an sdist; wheels and sdists "
     "alone can be used"},
}};

class LeftOut : public ::testing::TestWithParam<Case> {};

TEST_P(LeftOut, IsSaidWithTheFilterAndItsSwitch) {
  ResolveRequest request = accord::testing::Request({"a>1"});
  request.target = "CPython 3.11.7";
  request.exclude_newer.instant = "2024-01-01T00:00:00Z";
  const Case& one = GetParam();
  EXPECT_EQ(
      LeftOutSentence(request, "a>1", 2, {.version = "2", .kind = one.kind, .detail = one.detail}),
      one.sentence);
}

INSTANTIATE_TEST_SUITE_P(EachKind, LeftOut, ::testing::ValuesIn(kCases));

TEST(NotAdmittedWord, EachKindHasItsOwn) {
  std::set<std::string_view> words;
  for (size_t i = 0; i < kNotAdmittedKinds; ++i) {
    words.insert(Word(static_cast<NotAdmittedKind>(i)));
  }
  EXPECT_EQ(words.size(), kNotAdmittedKinds);
}

}  // namespace
}  // namespace accord::pypi
