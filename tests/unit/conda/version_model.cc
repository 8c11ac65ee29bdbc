// Lists of lists, padded with zeros while they are compared.
#include "tests/unit/conda/version_model.h"

#include <algorithm>
#include <cctype>

namespace accord::conda::model {
namespace {

Segment ReadSegment(std::string_view text) {
  Segment segment;
  if (std::isdigit(static_cast<unsigned char>(text[0])) == 0) segment.push_back({});
  while (!text.empty()) {
    const bool digits = std::isdigit(static_cast<unsigned char>(text[0])) != 0;
    size_t end = 1;
    while (end < text.size() &&
           (std::isdigit(static_cast<unsigned char>(text[end])) != 0) == digits) {
      ++end;
    }
    const std::string word(text.substr(0, end));
    if (digits) {
      segment.push_back({.rank = 1, .number = std::stol(word)});
    } else if (word == "post") {
      segment.push_back({.rank = 2});
    } else {
      segment.push_back({.rank = 0, .text = word == "dev" ? "DEV" : word});
    }
    text.remove_prefix(end);
  }
  return segment;
}

std::vector<Segment> ReadPart(std::string text) {
  std::vector<Segment> segments;
  const bool underscore = text.ends_with('_');
  if (underscore) text.pop_back();
  std::replace(text.begin(), text.end(), '_', '.');
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('.', begin), text.size());
    std::string segment = text.substr(begin, end - begin);
    if (underscore && end == text.size()) segment += "_";
    segments.push_back(ReadSegment(segment));
    begin = end + 1;
  }
  return segments;
}

int CompareComponents(const Component& a, const Component& b) {
  if (a.rank != b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.rank == 0) return a.text.compare(b.text);
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}

int CompareSegments(const Segment& a, const Segment& b) {
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const int order =
        CompareComponents(i < a.size() ? a[i] : Component{}, i < b.size() ? b[i] : Component{});
    if (order != 0) return order;
  }
  return 0;
}

int CompareLists(const std::vector<Segment>& a, const std::vector<Segment>& b) {
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const int order =
        CompareSegments(i < a.size() ? a[i] : Segment{}, i < b.size() ? b[i] : Segment{});
    if (order != 0) return order;
  }
  return 0;
}

template <class T>
std::vector<T> First(const std::vector<T>& list, size_t count) {
  return {list.begin(), list.begin() + static_cast<long>(std::min(count, list.size()))};
}

}  // namespace

Version Read(std::string_view text) {
  Version version;
  std::string rest(text);
  std::string epoch = "0";
  if (const size_t bang = rest.find('!'); bang != std::string::npos) {
    epoch = rest.substr(0, bang);
    rest = rest.substr(bang + 1);
  }
  const size_t plus = rest.find('+');
  version.main = ReadPart(rest.substr(0, plus));
  version.main.insert(version.main.begin(), ReadSegment(epoch));
  if (plus != std::string::npos) version.local = ReadPart(rest.substr(plus + 1));
  return version;
}

int Compare(const Version& a, const Version& b) {
  const int order = CompareLists(a.main, b.main);
  return order != 0 ? order : CompareLists(a.local, b.local);
}

bool StartsWith(const Version& version, const Version& prefix) {
  if (!prefix.local.empty() && CompareLists(version.main, prefix.main) != 0) return false;
  const std::vector<Segment>& whole = prefix.local.empty() ? version.main : version.local;
  const std::vector<Segment>& begin = prefix.local.empty() ? prefix.main : prefix.local;
  const size_t last = begin.size() - 1;
  if (CompareLists(First(whole, last), First(begin, last)) != 0) return false;
  const Segment segment = last < whole.size() ? whole[last] : Segment{};
  const size_t end = begin[last].size() - 1;
  if (CompareSegments(First(segment, end), First(begin[last], end)) != 0) return false;
  const Component component = end < segment.size() ? segment[end] : Component{};
  const Component& wanted = begin[last][end];
  if (wanted.rank == 0) return component.rank == 0 && component.text.starts_with(wanted.text);
  return CompareComponents(component, wanted) == 0;
}

std::string Random(std::mt19937& random) {
  const auto pick = [&](std::initializer_list<const char*> words) {
    return std::string(words.begin()[random() % words.size()]);
  };
  std::string text = random() % 12 == 0 ? pick({"0!", "1!", "200!"}) : "";
  for (const bool local : {false, true}) {
    if (local && random() % 5 != 0) break;
    if (local) text += '+';
    const size_t segments = 1 + random() % 4;
    for (size_t i = 0; i < segments; ++i) {
      if (i != 0) text += random() % 6 == 0 ? '_' : '.';
      text += pick({"0",     "0",     "0",    "1",   "2",      "10",  "199",  "200",   "300",
                    "70000", "a",     "ab",   "dev", "post",   "rc1", "0a",   "1a",    "1a0",
                    "1a1",   "1post", "1dev", "00",  "0post0", "a0a", "1a0b", "post0", "z"});
    }
    if (random() % 8 == 0) text += '_';
  }
  return text;
}

}  // namespace accord::conda::model
