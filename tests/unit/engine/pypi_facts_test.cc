// What is said of PyPI's packages: snapshots, sharing, and what is refused at its place.
#include "engine/pypi_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using PypiSnapshot = std::shared_ptr<const PypiFacts>;

PypiList Listing(std::string package, const std::vector<std::string>& files) {
  PypiList list{.package = std::move(package), .files = {}, .place = "/put/0"};
  for (const std::string& file : files) list.files.push_back({.name = file});
  return list;
}

PypiText Saying(std::string package, std::string file, std::string text) {
  return {.package = std::move(package),
          .file = std::move(file),
          .text = std::move(text),
          .unknown = {},
          .place = "/put/1/metadata/0"};
}

PypiName Naming(std::string package) {
  return {.package = std::move(package), .reason = {}, .place = "/drop/0"};
}

std::string MetadataText(const std::string& name, const std::string& version,
                         const std::string& more = "", const std::string& format = "2.1") {
  return Cat("Metadata-Version: ", format, "\nName: ", name, "\nVersion: ", version, "\n", more);
}

PypiSnapshot After(const PypiSnapshot& facts, PypiUpdate update, const PypiLimits& limits = {}) {
  auto applied = Apply(*facts, std::move(update), limits);
  EXPECT_TRUE(applied.ok()) << Message(applied.status());
  return applied.ok() ? *applied : facts;
}

std::string Refusal(const PypiSnapshot& facts, PypiUpdate update, const PypiLimits& limits = {}) {
  const auto applied = Apply(*facts, std::move(update), limits);
  return applied.ok() ? "" : std::string(Message(applied.status()));
}

constexpr const char* kWheel = "lib-1.0-py3-none-any.whl";

PypiSnapshot WithLib() {
  return After(PypiFacts::None(), {.put = {Listing("Lib", {kWheel, "lib-2.0.tar.gz"})}});
}

TEST(PypiFacts, AListMakesVersionsOfFileNames) {
  const PypiSnapshot facts =
      After(PypiFacts::None(),
            {.put = {Listing("My_Lib", {"my_lib-1.0-py3-none-any.whl", "my-lib-1.0.tar.gz",
                                        "my_lib-0.9-py2-none-any.whl", "my_lib-0.9.egg",
                                        "other-3.0.tar.gz", "my_lib-not.a.version.tar.gz"})}});
  const std::vector<PypiVersion> versions = FindPackage(*facts, "my.lib")->files->Versions();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].version, "0.9");
  EXPECT_THAT(versions[1].files, ElementsAre("my_lib-1.0-py3-none-any.whl", "my-lib-1.0.tar.gz"));
  EXPECT_EQ(facts->package_count(), 1U);
  EXPECT_EQ(facts->file_count(), 3U);
}

TEST(PypiFacts, ASnapshotKeepsWhatItSaid) {
  const PypiSnapshot before = WithLib();
  const PypiSnapshot after =
      After(before, {.put = {Listing("lib", {kWheel})}, .absent = {Naming("Ghost")}});
  EXPECT_EQ(before->Find("lib")->files->names.size(), 2U);
  EXPECT_EQ(before->Find("ghost"), nullptr);
  EXPECT_EQ(after->Find("lib")->files->names.size(), 1U);
  EXPECT_EQ(after->Find("ghost")->knowledge, Knowledge::kNonexistent);
  EXPECT_EQ(after->file_count(), 1U);
}

TEST(PypiFacts, MetadataComeLaterAndStayWhenTheListIsSaidAgain) {
  const PypiSnapshot before = WithLib();
  const PypiSnapshot after =
      After(before, {.metadata = {Saying("lib", kWheel, MetadataText("LIB", "1"))}});
  EXPECT_TRUE(before->Find("lib")->metadata.empty());
  EXPECT_NE(after->Find("lib")->metadata.at(kWheel)->record, nullptr);
  EXPECT_EQ(before->Find("lib")->files, after->Find("lib")->files);
  const PypiSnapshot again =
      After(after, {.put = {Listing("lib", {kWheel, "lib-2.0.tar.gz"})},
                    .metadata = {Saying("lib", kWheel, MetadataText("lib", "1"))}});
  EXPECT_EQ(again->Find("lib")->metadata.at(kWheel), after->Find("lib")->metadata.at(kWheel));
  const PypiSnapshot changed = After(again, {.put = {Listing("lib", {kWheel})}});
  EXPECT_TRUE(changed->Find("lib")->metadata.empty());
}

TEST(PypiFacts, WhatAnSdistSaysCountsWhereItCannotChange) {
  constexpr const char* kSdist = "lib-2.0.tar.gz";
  const auto said = [&](PypiText text) {
    return After(WithLib(), {.metadata = {std::move(text)}})->Find("lib")->metadata.at(kSdist);
  };
  PypiText old = Saying("lib", kSdist, MetadataText("lib", "2.0"));
  EXPECT_THAT(said(old)->unknown_because, HasSubstr("may change"));
  old.built = true;
  EXPECT_NE(said(old)->record, nullptr);
  EXPECT_NE(said(Saying("lib", kSdist, MetadataText("lib", "2.0", "", "2.2")))->record, nullptr);
}

TEST(PypiFacts, DroppedIsAsIfNobodyHadSpoken) {
  const PypiSnapshot after = After(WithLib(), {.drop = {Naming("LIB")}});
  EXPECT_EQ(after->Find("lib"), nullptr);
  EXPECT_EQ(after->file_count(), 0U);
}

TEST(PypiFacts, WhatCannotBeIsRefusedAtItsPlace) {
  const PypiSnapshot lib = WithLib();
  EXPECT_THAT(Refusal(lib, {.put = {Listing("a b", {})}}), StartsWith("/put/0: the name of"));
  EXPECT_THAT(Refusal(lib, {.put = {Listing("lib", {})}, .drop = {Naming("Lib")}}),
              StartsWith("/drop/0: 'Lib' stands twice"));
  EXPECT_THAT(Refusal(lib, {.metadata = {Saying("other", kWheel, "")}}),
              StartsWith("/put/1/metadata/0: 'other' has no files"));
  EXPECT_THAT(Refusal(lib, {.metadata = {Saying("lib", "lib-3.tar.gz", "")}}),
              StartsWith("/put/1/metadata/0/file: 'lib-3.tar.gz' is none of the files of lib"));
  EXPECT_THAT(Refusal(lib, {.metadata = {Saying("lib", kWheel, "nothing")}}),
              StartsWith("/put/1/metadata/0/text: "));
  EXPECT_THAT(Refusal(lib, {.metadata = {Saying("lib", kWheel, MetadataText("lib", "1.1"))}}),
              StartsWith("/put/1/metadata/0/text: METADATA of lib-1.0-py3-none-any.whl are wanted, "
                         "these are of lib 1.1"));
  EXPECT_THAT(Refusal(lib, {.metadata = {Saying("lib", kWheel, MetadataText("bib", "1.0"))}}),
              StartsWith("/put/1/metadata/0/text: METADATA of"));
}

TEST(PypiFacts, PackagesHaveALimit) {
  EXPECT_EQ(Refusal(WithLib(), {.put = {Listing("more", {})}}, {.packages_max = 1}),
            "/put/0: more than 1 packages");
}

TEST(PypiFacts, FilesHaveALimit) {
  EXPECT_EQ(Refusal(WithLib(), {.put = {Listing("more", {"more-1.tar.gz"})}}, {.files_max = 2}),
            "/put/0: more than 2 files");
}

}  // namespace
}  // namespace accord::engine
