#include "tests/fuzz/version_key.h"

#include <algorithm>

namespace accord::fuzz {
namespace {

// Digits from the beginning of the text, which they are taken off.
WholeNumber TakeNumber(std::string_view& text) {
  const size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return {.digits = std::string(digits)};
}

bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::vector<LocalSegment> SegmentsOf(std::string_view text) {
  std::vector<LocalSegment> segments;
  while (!text.empty()) {
    const std::string_view segment = text.substr(0, text.find('.'));
    text.remove_prefix(std::min(segment.size() + 1, text.size()));
    const bool is_number = segment.find_first_not_of("0123456789") == std::string_view::npos;
    LocalSegment read{.is_number = is_number};
    (is_number ? read.number.digits : read.text) = segment;
    segments.push_back(std::move(read));
  }
  return segments;
}

}  // namespace

VersionKey KeyOf(std::string_view normal) {
  VersionKey key;
  if (normal.find('!') != std::string_view::npos) {
    key.epoch = TakeNumber(normal);
    TakeWord(normal, "!");
  }
  do {
    key.release.push_back(TakeNumber(normal));
  } while (!normal.starts_with(".post") && !normal.starts_with(".dev") && TakeWord(normal, "."));
  while (!key.release.empty() && key.release.back() == WholeNumber()) key.release.pop_back();

  key.stage = 3;
  if (TakeWord(normal, "a")) key.stage = 0;
  if (TakeWord(normal, "b")) key.stage = 1;
  if (TakeWord(normal, "rc")) key.stage = 2;
  if (key.stage != 3) key.stage_number = TakeNumber(normal);
  key.is_post = TakeWord(normal, ".post");
  if (key.is_post) key.post = TakeNumber(normal);
  key.is_not_dev = !TakeWord(normal, ".dev");
  if (!key.is_not_dev) key.dev = TakeNumber(normal);
  if (!key.is_not_dev && key.stage == 3 && !key.is_post) key.stage = -1;
  if (TakeWord(normal, "+")) key.local = SegmentsOf(normal);
  return key;
}

}  // namespace accord::fuzz
