// Recursive descent over PEP 508's requirement grammar:
//
//   requirement = name extras? (specifiers | "@" url)? (";" marker)?
//   extras      = "[" (name ("," name)*)? "]"
//   specifiers  = "(" list? ")" | list?        list = specifier ("," specifier)* ","?
//
// Blanks and tabs may stand between tokens.
#include <algorithm>

#include "ecosystem/pypi/marker_parse.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/parse_cursor.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

absl::StatusOr<std::string> ParseName(ParseCursor& cursor, std::string_view wish) {
  const std::string_view rest = cursor.Rest();
  size_t end = 0;
  while (end < rest.size() &&
         (IsAlphanumeric(rest[end]) || rest[end] == '-' || rest[end] == '_' || rest[end] == '.')) {
    ++end;
  }
  const std::string_view name = rest.substr(0, end);
  if (name.empty() || !IsAlphanumeric(name.front())) return cursor.Fail(wish);
  if (!IsValidName(name)) {
    cursor.Take(end - 1);
    return cursor.Fail("a letter or digit at the end of a name");
  }
  return std::string(cursor.Take(end));
}

absl::Status ParseExtras(ParseCursor& cursor, std::vector<std::string>& extras) {
  if (!cursor.Skip('[')) return absl::OkStatus();
  cursor.SkipBlanks();
  if (cursor.Skip(']')) return absl::OkStatus();
  while (true) {
    absl::StatusOr<std::string> name = ParseName(cursor, "the name of an extra");
    if (!name.ok()) return name.status();
    extras.push_back(*std::move(name));
    cursor.SkipBlanks();
    if (cursor.Skip(']')) break;
    if (!cursor.Skip(',')) return cursor.Fail("',' or ']' after an extra");
    cursor.SkipBlanks();
  }
  std::sort(extras.begin(), extras.end());
  extras.erase(std::unique(extras.begin(), extras.end()), extras.end());
  return absl::OkStatus();
}

bool StartsOperator(char c) { return c == '<' || c == '>' || c == '=' || c == '!' || c == '~'; }

// Bytes of the specifier at the cursor; 0 if none starts there. === takes all up to white space,
// ';' or ')', commas too: they part it afterwards.
size_t SpecifierBytes(std::string_view rest) {
  size_t pos = 0;
  while (pos < rest.size() && StartsOperator(rest[pos])) ++pos;
  if (pos == 0) return 0;
  const bool arbitrary = rest.starts_with("===");
  if (arbitrary) pos = 3;
  while (const size_t space = SpaceBytesAt(rest, pos)) pos += space;
  while (pos < rest.size() && SpaceBytesAt(rest, pos) == 0 && rest[pos] != ';' &&
         rest[pos] != ')' && (arbitrary || rest[pos] != ',')) {
    ++pos;
  }
  return pos;
}

// Reads the next `bytes` bytes: one specifier, or behind === perhaps several.
absl::Status TakeSpecifiers(ParseCursor& cursor, size_t bytes, std::vector<Specifier>& specifiers) {
  const std::string_view text = cursor.Rest().substr(0, bytes);
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    SpecifierFault fault;
    std::optional<Specifier> specifier = Specifier::TryParse(part, &fault);
    if (specifier) {
      specifiers.push_back(*std::move(specifier));
    } else if (!StripSpace(part).empty()) {
      cursor.Take(begin + fault.byte);
      return cursor.Fail(fault.wish);
    }
    begin = end + 1;
  }
  cursor.Take(bytes);
  return absl::OkStatus();
}

absl::Status ParseSpecifiers(ParseCursor& cursor, Requirement& requirement) {
  const bool parenthesized = cursor.Skip('(');
  cursor.SkipBlanks();
  std::vector<Specifier> specifiers;
  const std::string_view before_marker = cursor.Rest().substr(0, cursor.Rest().find(';'));
  if (!before_marker.empty()) {
    specifiers.reserve(1 + static_cast<size_t>(std::ranges::count(before_marker, ',')));
  }
  while (const size_t bytes = SpecifierBytes(cursor.Rest())) {
    ACCORD_RETURN_IF_ERROR(TakeSpecifiers(cursor, bytes, specifiers));
    cursor.SkipBlanks();
    if (!cursor.Skip(',')) break;
    cursor.SkipBlanks();
  }
  if (parenthesized && !cursor.Skip(')')) return cursor.Fail("',' or a closing ')'");
  requirement.specifiers = SpecifierSet(std::move(specifiers));
  return absl::OkStatus();
}

// Behind '@'. The URL is what stands up to the next blank; nothing in it is looked at.
absl::Status ParseUrl(ParseCursor& cursor, Requirement& requirement) {
  cursor.SkipBlanks();
  const std::string_view rest = cursor.Rest();
  const size_t end = std::min(rest.find_first_of(" \t"), rest.size());
  if (end == 0) return cursor.Fail("a URL after '@'");
  requirement.url = cursor.Take(end);
  return absl::OkStatus();
}

// What is expected where neither a marker nor the end came.
std::string_view EndWish(const Requirement& requirement) {
  if (!requirement.url.empty()) return "';' or the end after the URL";
  if (requirement.specifiers.empty()) return "a version specifier, '@', ';' or the end";
  return "',', ';' or the end after the specifiers";
}

absl::Status ParseInto(ParseCursor& cursor, Requirement& requirement) {
  cursor.SkipBlanks();
  absl::StatusOr<std::string> name = ParseName(cursor, "a package name");
  if (!name.ok()) return name.status();
  requirement.name = *std::move(name);
  cursor.SkipBlanks();
  ACCORD_RETURN_IF_ERROR(ParseExtras(cursor, requirement.extras));
  cursor.SkipBlanks();
  if (cursor.Skip('@')) {
    ACCORD_RETURN_IF_ERROR(ParseUrl(cursor, requirement));
  } else {
    ACCORD_RETURN_IF_ERROR(ParseSpecifiers(cursor, requirement));
  }
  cursor.SkipBlanks();
  if (cursor.AtEnd()) return absl::OkStatus();
  if (!cursor.Skip(';')) return cursor.Fail(EndWish(requirement));
  MarkerNode marker;
  ACCORD_RETURN_IF_ERROR(ParseMarker(cursor, marker));
  if (!cursor.AtEnd()) return cursor.Fail("'and', 'or' or the end of the marker");
  requirement.marker.emplace(std::move(marker));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Requirement> Requirement::Parse(std::string_view text) {
  ParseCursor cursor("requirement", text);
  if (text.size() > kRequirementBytesMax) {
    return cursor.Limit(
        Cat("at most ", kRequirementBytesMax, " bytes are read, it has ", text.size()));
  }
  Requirement requirement;
  ACCORD_RETURN_IF_ERROR(ParseInto(cursor, requirement));
  return requirement;
}

}  // namespace accord::pypi
