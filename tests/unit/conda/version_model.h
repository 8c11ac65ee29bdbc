// CEP 33 as it is written: a version as lists of components, compared and searched as such. Slow,
// and shares nothing with the keys that it judges.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace accord::conda::model {

struct Component {
  int rank = 1;      // 0 a string, 1 a number, 2 post
  long number = 0;   // of rank 1
  std::string text;  // of rank 0; "DEV" for dev
};

using Segment = std::vector<Component>;

struct Version {
  std::vector<Segment> main;  // the epoch first
  std::vector<Segment> local;
};

// Of a text that is a version.
[[nodiscard]] Version Read(std::string_view text);
// Below 0, 0 or above 0.
[[nodiscard]] int Compare(const Version& a, const Version& b);
[[nodiscard]] bool StartsWith(const Version& version, const Version& prefix);

// A version of few different pieces, so that two of them often share a beginning.
[[nodiscard]] std::string Random(std::mt19937& random);

}  // namespace accord::conda::model
