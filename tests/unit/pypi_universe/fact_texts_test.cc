// Texts of facts, read once and shared.
#include "ecosystem/pypi/fact_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/grammar.h"
#include "ecosystem/pypi/universe_builder.h"
#include "metadata/compiled_record.h"
#include "model/world_file.h"
#include "tests/support/memory_source.h"
#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using accord::testing::MemorySource;
using accord::testing::Needing;
using accord::testing::Request;
using ::testing::ElementsAre;

TEST(FactTextsTest, AVersionIsReadOnceAndStaysWhereItIs) {
  metadata::PackageRecord record{.name = "a"};
  for (int i = 0; i < 100; ++i) record.versions.push_back({.version = Cat("1.", i)});
  const metadata::CompiledRecord compiled(record, PypiGrammar());
  FactTexts texts;
  VersionTexts& versions = texts.VersionsOf(compiled.facts());
  const Version* const first = &versions[7];
  EXPECT_EQ(first->Text(), "1.7");
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(versions[i].Text(), Cat("1.", i));
  EXPECT_EQ(&versions[7], first);
  EXPECT_EQ(&texts.VersionsOf(compiled.facts()), &versions);
}

TEST(FactTextsTest, PiecesThatSayTheSameHaveOneSpecifierText) {
  FactTexts texts;
  EXPECT_EQ(texts.MiddleOf(">=1.0,<2").specifiers, texts.MiddleOf(" (<2.0,>=1)").specifiers);
  EXPECT_NE(texts.MiddleOf(">=1").specifiers, texts.MiddleOf(">1").specifiers);
  EXPECT_EQ(&texts.MiddleOf("[b]>=1"), &texts.MiddleOf("[b]>=1"));
  EXPECT_THAT(texts.MiddleOf("[C.d,b]").extras, ElementsAre("b", "c-d"));
}

TEST(FactTextsTest, ATextThatNobodyCanReadKeepsItsFault) {
  FactTexts texts;
  EXPECT_THAT(texts.WholeOf("b >=1 and more").fault, ::testing::HasSubstr("'and"));
  EXPECT_EQ(texts.WholeOf("b @ https://x/b.whl").url, "https://x/b.whl");
}

// The whole universe of a request, everything known, and its problem.
std::string WorldOf(const ResolveRequest& request, const MemorySource& source, FactTexts* texts) {
  const metadata::Source* sources[] = {&source};
  UniverseBuilder builder(request, sources, {.texts = texts});
  EXPECT_TRUE(builder.Begin().ok());
  const Universe& universe = builder.universe();
  for (Needs needs; true; needs = {}) {
    for (PackageId id(0u); id.value() < universe.package_count(); id = PackageId(id.value() + 1)) {
      const Package& package = universe.package(id);
      if (package.knowledge == Knowledge::kPending) needs.packages.push_back(id);
      for (Position p = 0; p < package.count; ++p) {
        const SolvableId solvable = universe.at(id, p);
        const bool pending = universe.solvable(solvable).dependencies_known == Knowledge::kPending;
        if (pending) needs.candidates.push_back(solvable);
      }
    }
    if (needs.packages.empty() && needs.candidates.empty()) break;
    EXPECT_TRUE(builder.Supply(needs).ok());
  }
  return WriteWorld(universe, builder.problem());
}

// What one request made of the texts must not show in another's universe: environments differ.
TEST(FactTextsTest, WhatAnotherRequestHasReadChangesNoUniverse) {
  MemorySource source;
  source.AddVersion("a", "1", Needing({"b>=2; python_version < '3.10'", "c; extra == 'x'"}, {"x"}));
  source.AddVersion("a", "2", Needing({"b>=2; python_version < '3.10'", "b<3 and"}, {}));
  for (const char* version : {"1", "2", "3"}) source.AddVersion("b", version);
  ResolveRequest now = Request({"a[x]>=1"});
  ResolveRequest older = now;
  older.environment = *Environment::CPythonOnLinux("3.9.1");
  FactTexts texts;
  const std::string alone = WorldOf(older, source, nullptr);
  EXPECT_EQ(WorldOf(now, source, &texts), WorldOf(now, source, nullptr));
  EXPECT_EQ(WorldOf(older, source, &texts), alone);
  EXPECT_NE(WorldOf(now, source, &texts), alone);
}

}  // namespace
}  // namespace accord::pypi
