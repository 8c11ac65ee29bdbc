// Encodings, continuations, comments, variables, words.
#include "ecosystem/pypi/inputs/requirements_lines.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/utf8.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr uint32_t kReplaced = 0xFFFD;

bool IsSpaceByte(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void AppendUtf8(std::string& out, uint32_t code) {
  const auto add = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | code >> 6);
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | code >> 18);
    add(0x80 | (code >> 12 & 0x3F));
    add(0x80 | (code >> 6 & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

std::string FromUtf16(std::string_view bytes, bool big_endian) {
  const auto unit = [&](size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<uint32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  for (size_t at = 0; at + 1 < bytes.size(); at += 2) {
    uint32_t code = unit(at);
    if (code >= 0xD800 && code < 0xE000) {
      const bool pairs =
          code < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
      code = pairs ? 0x10000 + ((code - 0xD800) << 10) + (unit(at + 2) - 0xDC00) : kReplaced;
      if (pairs) at += 2;
    }
    AppendUtf8(text, code);
  }
  return text;
}

absl::StatusOr<std::string> Decode(std::string_view bytes, std::string_view place) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return FromUtf16(bytes.substr(2), /*big_endian=*/false);
  if (bytes.starts_with("\xFE\xFF")) return FromUtf16(bytes.substr(2), /*big_endian=*/true);
  if (const std::optional<size_t> fault = FirstFaultOfUtf8(bytes)) {
    return InvalidInput(place, Cat("UTF-8 is wanted, byte ", *fault, " is none"));
  }
  return std::string(bytes);
}

std::string_view TakeLine(std::string_view& rest) {
  const size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end);
  rest.remove_prefix(rest.starts_with("\r\n") ? 2 : std::min<size_t>(1, rest.size()));
  return line;
}

// Where a comment begins, with the white space before it; the line's end if there is none.
std::string_view WithoutComment(std::string_view line) {
  for (size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || IsSpaceByte(line[at - 1])) return line.substr(0, at);
  }
  return line;
}

bool IsComment(std::string_view line) {
  const std::string_view stripped = StripSpace(line);
  return !stripped.empty() && stripped.front() == '#';
}

bool IsVariableByte(char c) { return (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_'; }

class Lines {
 public:
  Lines(std::string_view place, const Variables& variables)
      : place_(place), variables_(variables) {}

  absl::StatusOr<RequirementsLines> Read(std::string_view text) {
    std::string joined;
    size_t first = 0;
    for (size_t number = 1; !text.empty(); ++number) {
      if (number > kRequirementsLinesMax) {
        return LimitReached(place_,
                            Cat("at most ", kRequirementsLinesMax, " lines are read, it has more"));
      }
      const std::string_view line = TakeLine(text);
      if (first == 0) first = number;
      const bool is_comment = IsComment(line);
      if (is_comment) joined.push_back(' ');  // so that it is one behind a line that goes on
      const bool goes_on = !is_comment && line.ends_with('\\');
      joined += goes_on ? line.substr(0, line.size() - 1) : line;
      if (goes_on) continue;
      Take(joined, first);
      joined.clear();
      first = 0;
    }
    if (first != 0) Take(joined, first);
    return std::move(read_);
  }

 private:
  void Take(std::string_view joined, size_t number) {
    const std::string_view line = StripSpace(WithoutComment(joined));
    if (line.empty()) return;
    const std::string place = Cat(place_, ":", number);
    std::string text = WithVariables(line, place);
    if (!StripSpace(text).empty()) read_.lines.push_back({std::move(text), place});
  }

  std::string WithVariables(std::string_view line, const std::string& place) {
    std::string text;
    while (true) {
      const size_t begin = line.find("${");
      text += line.substr(0, begin);
      if (begin == std::string_view::npos) return text;
      line.remove_prefix(begin + 2);
      const auto end = std::find_if_not(line.begin(), line.end(), IsVariableByte);
      const std::string_view name = line.substr(0, static_cast<size_t>(end - line.begin()));
      if (name.empty() || !line.substr(name.size()).starts_with('}')) {
        text += "${";
        continue;
      }
      line.remove_prefix(name.size() + 1);
      const auto found = variables_.find(name);
      if (found != variables_.end()) {
        text += found->second;
        continue;
      }
      text += Cat("${", name, "}");
      read_.notes.push_back(
          {place, Cat("the environment variable ", name, " is not set, its text stays as it is")});
    }
  }

  std::string_view place_;
  const Variables& variables_;
  RequirementsLines read_;
};

}  // namespace

absl::StatusOr<RequirementsLines> ReadRequirementsLines(std::string_view bytes,
                                                        std::string_view place,
                                                        const Variables& variables) {
  if (bytes.size() > kRequirementsFileBytesMax) {
    return LimitReached(place, Cat("at most ", kRequirementsFileBytesMax,
                                   " bytes are read, it has ", bytes.size()));
  }
  const absl::StatusOr<std::string> text = Decode(bytes, place);
  if (!text.ok()) return text.status();
  return Lines(place, variables).Read(*text);
}

absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = '\0';
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == '\0' && IsSpaceByte(c)) {
      if (word) words.push_back(*std::move(word));
      word.reset();
      continue;
    }
    if (!word) word.emplace();
    const bool escapes = c == '\\' && quote != '\'' && at + 1 < text.size();
    if (escapes) {
      word->push_back(text[++at]);
    } else if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (quote != '\0' && c == quote) {
      quote = '\0';
    } else {
      word->push_back(c);
    }
  }
  if (quote != '\0') {
    return InvalidInput("", Cat("a quote in ", Quoted(text), " is not closed"));
  }
  if (word) words.push_back(*std::move(word));
  return words;
}

}  // namespace accord::pypi
