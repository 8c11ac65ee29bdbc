// Real channels, read wholly: what they have, counted, and that compiling loses nothing.
#include <cstdlib>

#include "documents.h"
#include "ecosystem/conda/grammar.h"
#include "metadata/compare_records.h"
#include "metadata/compiled_record.h"

namespace accord::conda {
namespace {

// Of records those of a .tar.bz2 beside its .conda are not counted.
struct RealDocument {
  std::string_view path;
  size_t packages;
  size_t records;
};
constexpr RealDocument kRealDocuments[] = {
    {"anaconda-defaults/intel-linux-64-2023-08-10.json.zst", 414, 4549},
    {"anaconda-defaults/intel-noarch-2023-08-14.json.zst", 106, 202},
    {"anaconda-defaults/intel-osx-64-2023-07-24.json.zst", 230, 3179},
    {"anaconda-defaults/main-linux-aarch64-2022-02-01.json.zst", 804, 2750},
    {"anaconda-defaults/main-noarch-2021-07-01.json.zst", 1344, 4015},
    {"anaconda-defaults/r-linux-64.json.zst", 393, 4211},
    {"anaconda-defaults/r-noarch-2022-05-31.json.zst", 5004, 5083},
    {"conda-forge-py39-subchannel/linux-64.repodata.json.zst", 63, 2709},
    {"conda-forge-py39-subchannel/noarch.repodata.json.zst", 13, 205},
    {"conda-forge-py39-subchannel/osx-arm64.repodata.json.zst", 46, 832},
    {"conda-tests/mamba-sudoku.json.zst", 81, 729},
    {"conda-tests/pytorch-linux-64.json.zst", 49, 2181},
    {"rattler-small-channels/test-data/channels/dummy/linux-64/repodata.json", 11, 24},
    {"rattler-small-channels/test-data/channels/with-wheels/noarch/repodata.json", 6, 45}};

TEST(RealChannels, AreReadWhollyAndCompiledWithoutLoss) {
  const char* shared = std::getenv("ACCORD_SHARED");
  const std::string folder =
      Cat(shared != nullptr ? std::string(shared) : Cat(ACCORD_SOURCE_DIR, "/../shared"),
          "/corpora/conda/");
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: no shared corpora";
  const CondaGrammar grammar;
  for (const RealDocument& document : kRealDocuments) {
    SCOPED_TRACE(document.path);
    const auto repodata = Repodata::Open(folder + std::string(document.path), "real");
    ASSERT_TRUE(repodata.ok()) << repodata.status();
    EXPECT_EQ((*repodata)->package_count(), document.packages);
    size_t records = 0;
    for (size_t i = 0; i < (*repodata)->package_count(); ++i) {
      const metadata::PackageRecord package = (*repodata)->ReadAt(i).value();
      records += package.versions.size();
      const metadata::CompiledRecord compiled(package, grammar);
      EXPECT_EQ(compiled.facts().ordered_count(), package.versions.size()) << package.name;
      const auto back = compiled.facts().ToRecord();
      ASSERT_TRUE(back.ok()) << back.status();
      EXPECT_THAT(metadata::CompareRecord(package, *back), ::testing::IsEmpty()) << package.name;
    }
    EXPECT_EQ(records, document.records);
  }
}

}  // namespace
}  // namespace accord::conda
