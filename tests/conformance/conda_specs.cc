// Checks of the kinds conda.matchspec.* and conda.nameless_matchspec.parse.
#include <algorithm>

#include "base/error.h"
#include "ecosystem/conda/match_spec.h"
#include "tests/conformance/conda_dialects.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using conda::ChannelBase;
using conda::MatchSpec;
using conda::TextMatch;
using conda::VersionSpec;

std::string JsonText(const Json& json) { return json.get<std::string>(); }

// A specifier, or one with further fields beside it.
absl::StatusOr<MatchSpec> ParseInput(const Row& row) {
  const Json& input = row.input;
  if (!input.is_object()) return MatchSpec::Parse(JsonText(input), RulesOf(row));
  std::string text = JsonText(input.at("spec"));
  for (const char* key : {"version", "build"}) {
    if (input.contains(key)) text += Cat("[", key, "='", JsonText(input[key]), "']");
  }
  auto spec = MatchSpec::Parse(text, RulesOf(row));
  if (spec.ok() && input.contains("name")) spec->name = *TextMatch::Parse(JsonText(input["name"]));
  return spec;
}

void Put(Json& out, const char* key, const std::optional<TextMatch>& match) {
  if (match) out[key] = match->Text();
}

// As conda shows a specifier's fields: exact ones in lower case where case does not count.
Json CondaFields(const MatchSpec& spec) {
  Json out = Json::object();
  out["name"] = spec.name.Text();
  if (spec.channel) out["channel"] = spec.channel->url;
  if (spec.version) out["version"] = spec.version->Text();
  Put(out, "build", spec.build);
  Put(out, "subdir", spec.subdir);
  Put(out, "url", spec.url);
  Put(out, "md5", spec.md5);
  Put(out, "sha256", spec.sha256);
  Put(out, "fn", spec.fn);
  if (spec.license) out["license"] = spec.license->Canonical();
  if (spec.license_family) out["license_family"] = spec.license_family->Canonical();
  if (spec.build_number) out["build_number"] = spec.build_number->Canonical();
  if (spec.track_features) {
    std::string words;
    for (const std::string& word : *spec.track_features) {
      words += Cat(words.empty() ? "" : ", ", "'", word, "'");
    }
    out["track_features"] = Cat("frozenset({", words, "})");
  }
  return out;
}

// rattler shows a version as it understood it: the same in our dialect, if it reads as an equal
// one.
bool SameVersion(const Json& expected, const std::optional<VersionSpec>& version) {
  if (!version) return expected.is_null();
  const auto theirs = VersionSpec::Parse(expected.is_string() ? JsonText(expected) : "");
  return theirs.ok() && *theirs == *version;
}

bool SameRattlerField(const std::string& key, const Json& expected, const MatchSpec& spec) {
  if (key == "name") return spec.name.Text() == JsonText(expected);
  if (key == "version") return SameVersion(expected, spec.version);
  if (key == "channel")
    return spec.channel && spec.channel->url == JsonText(expected.at("base_url"));
  if (key == "build_number") {
    const auto number = conda::BuildNumberSpec::Parse(JsonText(expected));
    return number.ok() && spec.build_number && *number == *spec.build_number;
  }
  const std::optional<TextMatch>& match = key == "build"    ? spec.build
                                          : key == "subdir" ? spec.subdir
                                          : key == "url"    ? spec.url
                                                            : spec.fn;
  return match && match->Text() == JsonText(expected);
}

// Of a package's file rattler shows the name and the address alone; otherwise all that we have must
// be there.
Verdict CompareRattler(const Row& row, const absl::StatusOr<MatchSpec>& spec) {
  const bool expects_error = row.expect.contains("error");
  if (!spec.ok()) return {.agrees = expects_error, .got = std::string(Message(spec.status()))};
  const std::string got = CondaFields(*spec).dump();
  if (expects_error) return {.agrees = false, .got = got};
  for (const auto& field : row.expect.items()) {
    if (!SameRattlerField(field.key(), field.value(), *spec)) return {.agrees = false, .got = got};
  }
  const bool is_file = row.expect.contains("url");
  const bool more = (spec->version && !row.expect.contains("version")) ||
                    (spec->build && !row.expect.contains("build")) ||
                    (spec->subdir && !row.expect.contains("subdir"));
  return {.agrees = is_file || !more, .got = got};
}

// conda leaves out a name that it did not see; of names alone it shows nothing else.
Verdict CheckParse(const Row& row) {
  const auto spec = ParseInput(row);
  if (row.input.is_object() && row.input.contains("strictness")) return CompareRattler(row, spec);
  if (!spec.ok()) {
    return {.agrees = row.expect.contains("error"), .got = std::string(Message(spec.status()))};
  }
  return Compare(row, {{"str", spec->Canonical()}, {"fields", CondaFields(*spec)}});
}

Verdict CheckNamelessParse(const Row& row) {
  return CompareRattler(row,
                        MatchSpec::ParseNameless(JsonText(row.input.at("spec")), RulesOf(row)));
}

Verdict CheckCanonical(const Row& row) {
  const auto spec = ParseInput(row);
  return Compare(row, spec.ok() ? Json(spec->Canonical()) : Json());
}

Verdict CheckEqual(const Row& row) {
  const auto a = MatchSpec::Parse(JsonText(row.input.at("a")), RulesOf(row));
  const auto b = MatchSpec::Parse(JsonText(row.input.at("b")), RulesOf(row));
  if (!a.ok() || !b.ok()) return {.agrees = false, .got = "no specifier"};
  return {.agrees = (*a == *b) == row.expect.get<bool>(),
          .got = Cat(a->Canonical(), " and ", b->Canonical())};
}

// libmamba's way to write a channel: name[subdir], or a package's address.
bool SameMambaChannel(const std::string& expected, const MatchSpec& spec) {
  if (spec.url) {
    return spec.url->Text() == conda::PathOrUrl(expected, TestChannels()).value_or(expected);
  }
  if (!spec.channel) return false;
  const std::string subdir = spec.subdir ? Cat("[", spec.subdir->Text(), "]") : "";
  return expected == Cat(spec.channel_name, subdir);
}

// Texts that libmamba prints are read again, in its dialect, and must be the same specifier: it
// orders and quotes in its own way.
Verdict CheckField(const Row& row) {
  const auto spec = MatchSpec::Parse(JsonText(row.input.at("spec")), RulesOf(row));
  if (!spec.ok()) return {.agrees = false, .got = std::string(Message(spec.status()))};
  const std::string field = JsonText(row.input.at("field"));
  const std::string expected = JsonText(row.expect);
  if (field == "name") return Compare(row, spec->name.Canonical());
  if (field == "name_space") return Compare(row, spec->name_space);
  if (field == "build_string") return Compare(row, spec->build ? spec->build->Text() : "*");
  if (field == "filename") return Compare(row, spec->fn ? spec->fn->Text() : "");
  if (field == "channel") {
    return {.agrees = SameMambaChannel(expected, *spec), .got = spec->Canonical()};
  }
  if (field == "version") {
    const auto theirs = VersionSpec::Parse(expected, DialectOf(row));
    return {.agrees = theirs.ok() && spec->version && *theirs == *spec->version,
            .got = spec->version ? spec->version->Canonical() : "none"};
  }
  if (field == "build_number") {
    const auto theirs = conda::BuildNumberSpec::Parse(expected);
    return {.agrees = theirs.ok() && spec->build_number && *theirs == *spec->build_number,
            .got = spec->build_number ? spec->build_number->Canonical() : "none"};
  }
  if (field == "to_string" || field == "conda_build_form") {
    const auto theirs = MatchSpec::Parse(expected, RulesOf(row));
    return {
        .agrees = theirs.ok() && *theirs == *spec,
        .got = Cat(spec->Canonical(), theirs.ok() ? Cat(", theirs reads as ", theirs->Canonical())
                                                  : Cat(", theirs: ", Message(theirs.status())))};
  }
  return {.agrees = false, .got = "unknown field " + field};
}

// A record's texts, and what MatchedRecord points to.
struct RecordTexts {
  explicit RecordTexts(const Json& json) : fields(json) {
    if (fields.contains("build_string")) fields["build"] = fields["build_string"];
    if (fields.contains("version")) version = *conda::Version::Parse(JsonText(fields["version"]));
    for (const Json& feature : fields.value("track_features", Json::array())) {
      features.push_back(JsonText(feature));
    }
    features_seen.assign(features.begin(), features.end());
  }

  [[nodiscard]] std::string_view Field(const char* key) const {
    const auto found = fields.find(key);
    if (found == fields.end() || !found->is_string()) return {};
    return found->get_ref<const std::string&>();
  }

  Json fields;
  std::optional<conda::Version> version;
  std::vector<std::string> features;
  std::vector<std::string_view> features_seen;
};

// conda's tests give a channel by name, as a group of channels, or with all its parts. The last
// one's base is what its test had set names to be promoted against.
Verdict CheckMatch(const Row& row) {
  ChannelBase base = TestChannels();
  const RecordTexts texts(row.input.at("record"));
  const Json channel = texts.fields.value("channel", Json());
  std::string url;
  if (channel.is_string()) url = conda::Channel::Parse(JsonText(channel), base)->url;
  if (channel.is_object() && channel.contains("s")) url = JsonText(channel["s"]);
  if (channel.is_object() && channel.contains("base_url")) {
    url = JsonText(channel["base_url"]);
    base.url = url.substr(0, url.size() - JsonText(channel.at("name")).size() - 1);
  }
  const auto spec = MatchSpec::Parse(JsonText(row.input.at("spec")),
                                     {.dialect = DialectOf(row), .channels = &base});
  if (!spec.ok()) return {.agrees = false, .got = std::string(Message(spec.status()))};
  const conda::MatchedRecord record = {
      .name = texts.Field("name"),
      .version = texts.version ? &*texts.version : nullptr,
      .build = texts.Field("build"),
      .build_number = texts.fields.value("build_number", uint64_t{0}),
      .channel = url,
      .subdir = texts.Field("subdir"),
      .fn = texts.Field("fn"),
      .url = texts.Field("url"),
      .md5 = texts.Field("md5"),
      .license = texts.Field("license"),
      .license_family = texts.Field("license_family"),
      .track_features = texts.features_seen};
  return Compare(row, spec->Matches(record));
}

}  // namespace

void AddCondaSpecChecks(Checks& checks) {
  checks["conda.matchspec.parse"] = CheckParse;
  checks["conda.matchspec.canonical"] = CheckCanonical;
  checks["conda.matchspec.equal"] = CheckEqual;
  checks["conda.matchspec.equivalent"] = CheckEqual;
  checks["conda.matchspec.field"] = CheckField;
  checks["conda.matchspec.match"] = CheckMatch;
  checks["conda.nameless_matchspec.parse"] = CheckNamelessParse;
}

}  // namespace accord::conformance
