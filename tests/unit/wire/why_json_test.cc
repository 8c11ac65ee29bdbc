// Answers to questions about an answer, as JSON.
#include "wire/why_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace accord::wire {
namespace {

using nlohmann::json;

TEST(WhyJson, WhatWasNotAskedIsNotThere) {
  json document = {{"status", "sat"}};
  AddWhy({}, document);
  EXPECT_EQ(document, json({{"status", "sat"}}));
}

TEST(WhyJson, AHolderWithoutARequirementHasNull) {
  engine::WhyVersion why{.name = "a",
                         .version = "1",
                         .newest = "2",
                         .best = "2",
                         .kind = engine::WhyVersionKind::kImpossible};
  why.holders = {{.who = "b 1", .alone = false}};
  why.lines = {{.kind = engine::CoreLineKind::kDependency, .text = "a 2 needs b>=2", .place = "p"}};
  json document;
  AddWhy({.versions = {why}}, document);
  EXPECT_EQ(document["versions"], json::parse(R"([{
    "package": "a", "version": "1", "newest": "2", "best": "2", "kind": "impossible",
    "holders": [{"who": "b 1", "requirement": null, "alone": false}],
    "lines": [{"kind": "dependency", "text": "a 2 needs b>=2", "place": "p"}],
    "newerLeftOut": []}])"));
}

TEST(WhyJson, APackageHasItsChainsAsLists) {
  engine::WhyPackage why{.asked = "b", .version = "1"};
  why.chains = {{{.who = "request", .requirement = "a"}, {.who = "a 1", .requirement = "b<2"}}};
  json document;
  AddWhy({.package = why}, document);
  EXPECT_EQ(document["why"]["kind"], "inAnswer");
  EXPECT_EQ(document["why"]["chains"], json::parse(R"([[{"who": "request", "requirement": "a"},
                             {"who": "a 1", "requirement": "b<2"}]])"));
}

TEST(WhyJson, OnlyWhatIsImpossibleHasAConflict) {
  engine::WhyNot why{.asked = "b==2", .package = "b", .kind = engine::WhyNotKind::kWorse};
  why.first = engine::Change{.name = "a", .chosen = "2", .instead = ""};
  json document;
  AddWhy({.not_chosen = why}, document);
  EXPECT_EQ(document["whyNot"]["first"],
            json::parse(R"({"package": "a", "chosen": "2", "instead": null})"));
  EXPECT_FALSE(document["whyNot"].contains("conflict"));
  why.kind = engine::WhyNotKind::kImpossible;
  AddWhy({.not_chosen = why}, document);
  EXPECT_TRUE(document["whyNot"].contains("conflict"));
  EXPECT_TRUE(document["whyNot"].contains("explanation"));
}

}  // namespace
}  // namespace accord::wire
