// Small random indexes: the engine, libsolv and trying every set of pins agree on whether there is
// a solution, and every answer is accepted by the checker, which reads the facts' texts alone.
#include "tests/unit/engine/random_facts.h"

#include <iterator>
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
// Tries every version or none of every name, with every set of active extras.
class EveryPin {
 public:
  EveryPin(const MemorySource& source, const std::vector<std::string>& requirements)
      : source_(source), request_(Request(requirements)) {}

  bool AnyAccepted() { return From(0); }

 private:
  bool From(size_t next) {
    if (next == std::size(RandomFacts::kNames)) return Accepted();
    if (From(next + 1)) return true;
    static const std::vector<std::vector<std::string>> kActive = {{}, {"x"}, {"y"}, {"x", "y"}};
    for (const metadata::VersionRecord& version :
         source_.record(RandomFacts::kNames[next]).versions) {
      for (const std::vector<std::string>& extras : kActive) {
        pins_.push_back(
            {.name = RandomFacts::kNames[next], .version = version.version, .extras = extras});
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
