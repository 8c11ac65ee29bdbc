// Small random indexes: the engine, libsolv and trying every set of pins agree on whether there is
// a solution, and every answer is accepted by the checker, which reads the facts' texts alone.
#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "check/pypi_check.h"
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::MemorySource;
using accord::testing::Request;

#ifdef __SANITIZE_ADDRESS__
constexpr int kWorlds = 80;
#else
constexpr int kWorlds = 400;
#endif
constexpr const char* kNames[] = {"p", "q", "r"};

class RandomFacts {
 public:
  explicit RandomFacts(uint64_t seed) : random_(seed) {}

  MemorySource Source() {
    MemorySource source(/*complete=*/true);
    for (const char* name : kNames) {
      metadata::PackageRecord record{.name = name};
      for (const char* version : {"1.0", "1.1", "2.0rc1", "2.0"}) {
        if (Chance(3)) continue;
        record.versions.push_back(
            {.version = version, .metadata = static_cast<uint32_t>(record.metadata.size())});
        record.metadata.push_back(Metadata());
        if (Chance(6)) {
          record.versions.back().files = {{.name = "f-1.tar.gz",
                                           .requires_language = Chance(3) ? ">=3.12" : "",
                                           .yanked = Chance(2)}};
        }
      }
      source.Add(std::move(record));
    }
    return source;
  }

  std::vector<std::string> RequestTexts() {
    std::vector<std::string> texts;
    for (size_t i = Below(3) + 1; i > 0; --i) texts.push_back(Text());
    return texts;
  }

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  bool Chance(size_t one_in) { return Below(one_in) == 0; }
  template <size_t kCount>
  const char* Any(const char* const (&of)[kCount]) {
    return of[Below(kCount)];
  }

  std::string Text() {
    static constexpr const char* kExtras[] = {"", "", "[x]", "[X,y]"};
    static constexpr const char* kSpecifiers[] = {"",      "",        ">=1.1", "<2",     "==1.0",
                                                  "!=1.1", ">=2.0a1", "~=1.0", "==2.0.*"};
    std::string name = Any(kNames);
    return name + Any(kExtras) + Any(kSpecifiers);
  }

  metadata::MetadataRecord Metadata() {
    static constexpr const char* kMarkers[] = {"",
                                               "",
                                               "; extra == 'x'",
                                               "; extra == 'y' or extra == 'x'",
                                               "; python_version < '3'",
                                               "; extra != 'x'",
                                               "; extra == 'x' and sys_platform == 'linux'"};
    metadata::MetadataRecord metadata;
    metadata.extras = {"x", "Y"};
    for (size_t i = Below(4); i > 0; --i) {
      metadata.requirements.push_back(Text() + Any(kMarkers));
    }
    if (Chance(12)) metadata.requirements.push_back("gone; extra == 'y'");
    if (Chance(20)) metadata.requirements.push_back("no requirement");
    if (Chance(10)) metadata.requires_language = "<3.11";
    return metadata;
  }

  std::mt19937_64 random_;
};

// Tries every version or none of every name, with every set of active extras.
class EveryPin {
 public:
  EveryPin(const MemorySource& source, const std::vector<std::string>& requirements)
      : source_(source), request_(Request(requirements)) {}

  bool AnyAccepted() { return From(0); }

 private:
  bool From(size_t next) {
    if (next == std::size(kNames)) return Accepted();
    if (From(next + 1)) return true;
    static const std::vector<std::vector<std::string>> kActive = {{}, {"x"}, {"y"}, {"x", "y"}};
    for (const metadata::VersionRecord& version : (*source_.Find(kNames[next]))->versions) {
      for (const std::vector<std::string>& extras : kActive) {
        pins_.push_back({.name = kNames[next], .version = version.version, .extras = extras});
        const bool accepted = From(next + 1);
        pins_.pop_back();
        if (accepted) return true;
      }
    }
    return false;
  }

  bool Accepted() const {
    const metadata::Source* sources[] = {&source_};
    const auto report = check::CheckPypi({.request = &request_, .sources = sources}, pins_);
    return report.ok() && report->accepted();
  }

  const MemorySource& source_;
  const pypi::ResolveRequest request_;
  std::vector<check::PypiPin> pins_;
};

TEST(RandomFacts, EngineLibsolvAndTryingEverythingAgree) {
  int sat = 0;
  for (int world = 0; world < kWorlds; ++world) {
    SCOPED_TRACE(world);
    RandomFacts facts(static_cast<uint64_t>(world) + 1);
    const MemorySource source = facts.Source();
    const std::vector<std::string> texts = facts.RequestTexts();
    const metadata::Source* sources[] = {&source};
    const auto answer = Resolve(Request(texts), sources, {.explain_conflict = false});
    ASSERT_TRUE(answer.ok()) << Message(answer.status());
    const auto second = Resolve(Request(texts), sources,
                                {.strategy = StrategyKind::kLibsolv, .explain_conflict = false});
    ASSERT_TRUE(second.ok()) << Message(second.status());
    EXPECT_EQ(answer->status, second->status);
    const bool is_sat = answer->status == Status::kSat;
    sat += is_sat ? 1 : 0;
    EXPECT_TRUE(is_sat || !EveryPin(source, texts).AnyAccepted());
  }
  EXPECT_GT(sat, kWorlds / 5);
  EXPECT_LT(sat, kWorlds * 4 / 5);
}

}  // namespace
}  // namespace accord::engine
