// Small random indexes of three names, and requests of them: extras, markers, pre-releases, yanked
// files, requirements that cannot be read. The same seed gives the same facts.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "metadata/record.h"
#include "tests/support/memory_source.h"

namespace accord::engine {

class RandomFacts {
 public:
  static constexpr const char* kNames[] = {"p", "q", "r"};

  explicit RandomFacts(uint64_t seed) : random_(seed) {}

  accord::testing::MemorySource Source() {
    accord::testing::MemorySource source(/*complete=*/true);
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

}  // namespace accord::engine
