// Checks of the kinds metadata.*: how headers are taken apart, and what is refused. The rows also
// hold how `packaging` sorts all fields into single ones, lists and tables; here that is done with
// what our reader gives back.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "ecosystem/pypi/core_metadata.h"
#include "ecosystem/pypi/text.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using pypi::CoreMetadata;
using pypi::MetadataField;
using pypi::MetadataNote;
using pypi::MetadataOddity;

// Headers that may stand often, and the name of their list.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kLists = {{
    {"classifier", "classifiers"},
    {"dynamic", "dynamic"},
    {"import-name", "import_names"},
    {"import-namespace", "import_namespaces"},
    {"keywords", "keywords"},
    {"license-file", "license_files"},
    {"obsoletes", "obsoletes"},
    {"obsoletes-dist", "obsoletes_dist"},
    {"platform", "platforms"},
    {"project-url", "project_urls"},
    {"provides", "provides"},
    {"provides-dist", "provides_dist"},
    {"provides-extra", "provides_extra"},
    {"requires", "requires"},
    {"requires-dist", "requires_dist"},
    {"requires-external", "requires_external"},
    {"supported-platform", "supported_platforms"},
}};
constexpr std::array<std::string_view, 14> kSingle = {
    "author",          "author-email",     "description",      "description-content-type",
    "download-url",    "home-page",        "license",          "license-expression",
    "maintainer",      "maintainer-email", "metadata-version", "name",
    "requires-python", "summary"};

std::string Underscored(std::string_view header) {
  std::string name(header);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string HeaderOf(const std::string& raw) {
  for (const auto& [header, list] : kLists) {
    if (list == raw) return std::string(header);
  }
  std::string header = raw;
  std::replace(header.begin(), header.end(), '_', '-');
  return header;
}

// A row's bytes: text, or {"bytes_latin1": one character a byte}.
std::string BytesOf(const Json& input) {
  if (input.is_string()) return input.get<std::string>();
  std::string bytes;
  const std::string latin1 = input.at("bytes_latin1").get<std::string>();
  for (size_t i = 0; i < latin1.size(); ++i) {
    const auto byte = static_cast<unsigned char>(latin1[i]);
    if (byte < 0x80) {
      bytes.push_back(latin1[i]);
    } else {
      ++i;
      bytes.push_back(static_cast<char>((byte << 6) | (latin1[i] & 0x3F)));
    }
  }
  return bytes;
}

// Bytes as a row shows what is no UTF-8: each one character.
std::string Latin1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text.push_back(c);
    } else {
      text.push_back(static_cast<char>(0xC0 | (byte >> 6)));
      text.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
    }
  }
  return text;
}

bool IsUtf8(std::string_view text) { return !FirstFaultOfUtf8(text).has_value(); }

// "A, B" as {"A": "B"}; a label that stands twice is no table.
std::optional<Json> Labelled(const std::vector<std::string>& values) {
  Json table = Json::object();
  for (const std::string& value : values) {
    const size_t comma = std::min(value.find(','), value.size());
    const std::string label(pypi::StripSpace(value.substr(0, comma)));
    if (table.contains(label)) return std::nullopt;
    table[label] = pypi::StripSpace(value.substr(std::min(comma + 1, value.size())));
  }
  return table;
}

Json Keywords(const std::string& value) {
  Json words = Json::array();
  for (size_t begin = 0; begin <= value.size();) {
    const size_t comma = std::min(value.find(',', begin), value.size());
    words.push_back(pypi::StripSpace(value.substr(begin, comma - begin)));
    begin = comma + 1;
  }
  return words;
}

// What the values of one header become; none: they have no meaning.
std::optional<Json> RawOf(const std::string& header, const std::vector<std::string>& values) {
  if (header == "project-url") return Labelled(values);
  if (header == "keywords" && values.size() == 1) return Keywords(values.front());
  const bool is_list = std::any_of(kLists.begin(), kLists.end(),
                                   [&](const auto& list) { return list.first == header; });
  if (is_list && header != "keywords") return Json(values);
  const bool is_single =
      header == "version" || std::find(kSingle.begin(), kSingle.end(), header) != kSingle.end();
  if (!is_single || values.size() != 1) return std::nullopt;
  return Json(values.front());
}

std::string RawName(const std::string& header) {
  for (const auto& [name, list] : kLists) {
    if (name == header) return std::string(list);
  }
  return Underscored(header);
}

Verdict CheckParseEmail(const Row& row) {
  const std::string bytes = BytesOf(row.input);
  const auto read = pypi::ReadMetadataFields(bytes);
  if (!read.ok()) return {.got = std::string(read.status().message())};
  std::map<std::string, std::vector<std::string>> values;
  for (const MetadataField& field : read->fields) values[field.name].push_back(field.value);
  Json raw = Json::object();
  Json unparsed = Json::object();
  // A body that is no UTF-8 is shown as bytes.
  if (!read->body.empty() && !IsUtf8(read->body)) {
    unparsed["description"] = {{{"$", "bytes"}, {"v", Latin1(read->body)}}};
  } else if (!read->body.empty()) {
    values["description"].emplace_back(read->body);
  }
  for (auto& [header, texts] : values) {
    const bool is_utf8 = std::all_of(texts.begin(), texts.end(), IsUtf8);
    const std::optional<Json> meant = is_utf8 ? RawOf(header, texts) : std::nullopt;
    if (meant) {
      raw[RawName(header)] = *meant;
      continue;
    }
    for (std::string& text : texts) text = IsUtf8(text) ? text : Latin1(text);
    unparsed[header] = texts;
  }
  return Compare(row, {{"raw", raw}, {"unparsed", unparsed}});
}

// Strict, as `packaging` validates: what we take with a note is refused there. A version newer than
// we know is the exception, since it may be one that the row knows.
Verdict CompareStrictly(const Row& row, const std::string& text) {
  const auto metadata = CoreMetadata::Parse(text);
  std::string fault;
  if (!metadata.ok()) {
    fault = std::string(metadata.status().message());
  } else {
    for (const MetadataNote& note : metadata->notes) {
      if (note.oddity != MetadataOddity::kNewerMinorVersion) fault = note.text;
    }
  }
  return {.agrees = fault.empty() == row.expect.value("ok", false), .got = fault};
}

bool IsValidated(const Row& row) { return row.input.value("validate", true); }

Verdict CheckFromEmail(const Row& row) {
  const std::string text = BytesOf(row.input.at("data"));
  if (IsValidated(row)) return CompareStrictly(row, text);
  return {.agrees = pypi::ReadMetadataFields(text).ok() == row.expect.value("ok", false)};
}

// A line that goes on begins with a blank.
std::string Folded(const std::string& value) {
  std::string folded;
  for (const char c : value) {
    if (c == '\r') continue;
    folded.push_back(c);
    if (c == '\n') folded.push_back(' ');
  }
  return folded;
}

// The fields as the text that a reader of files would meet.
std::string HeadersOf(const Json& raw) {
  std::string text;
  const auto add = [&](const std::string& name, const std::string& value) {
    text += HeaderOf(name) + ": " + Folded(value) + "\n";
  };
  for (const auto& field : raw.items()) {
    if (field.value().is_string()) {
      add(field.key(), field.value());
    } else if (field.value().is_object()) {
      for (const auto& entry : field.value().items()) {
        add(field.key(), entry.key() + ", " + entry.value().get<std::string>());
      }
    } else {
      for (const Json& item : field.value()) add(field.key(), item);
    }
  }
  return text;
}

// Lines that do not go on with the one before.
size_t FieldsOf(const std::string& text) {
  size_t fields = 0;
  for (size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    if (text[at] != ' ') ++fields;
  }
  return fields;
}

Verdict CheckFromRaw(const Row& row) {
  const std::string text = HeadersOf(row.input.at("data"));
  if (IsValidated(row)) return CompareStrictly(row, text);
  const auto read = pypi::ReadMetadataFields(text);
  // Nothing is judged, so what matters is that every field is read.
  return {.agrees =
              read.ok() && read->fields.size() == FieldsOf(text) && row.expect.value("ok", false)};
}

}  // namespace

void AddPypiMetadataChecks(Checks& checks) {
  checks["metadata.parse_email"] = CheckParseEmail;
  checks["metadata.from_email"] = CheckFromEmail;
  checks["metadata.from_raw"] = CheckFromRaw;
}

}  // namespace accord::conformance
