#include "ecosystem/conda/repodata_record.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/json_pointer.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/text.h"
#include "metadata/instant_text.h"

namespace accord::conda {
namespace {

using metadata::JsonArray;
using metadata::JsonElement;
using metadata::JsonObject;
using metadata::UnexpectedKind;

// conda's rule for `timestamp`: up to here it is seconds, above milliseconds.
constexpr uint64_t kSecondsMax = 253'402'300'799;

absl::Status TextOf(const JsonElement& value, std::string_view& text) {
  if (value.get(text) == simdjson::SUCCESS) return absl::OkStatus();
  return UnexpectedKind("a text", value);
}

absl::Status NumberOf(const JsonElement& value, uint64_t& number) {
  int64_t read = 0;
  if (value.get(read) != simdjson::SUCCESS || read < 0) {
    return Missing("/", "a whole number that is not negative is expected");
  }
  number = static_cast<uint64_t>(read);
  return absl::OkStatus();
}

int DigitOf(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Hexadecimal digits, in either case; an empty text says nothing.
template <size_t size>
absl::Status HashOf(const JsonElement& value, std::optional<std::array<uint8_t, size>>& hash) {
  std::string_view text;
  ACCORD_RETURN_IF_ERROR(TextOf(value, text));
  if (text.empty()) return absl::OkStatus();
  const bool digits = std::ranges::all_of(text, [](char c) { return DigitOf(c) >= 0; });
  if (text.size() != 2 * size || !digits) {
    return Missing("/", Cat(2 * size, " hexadecimal digits are expected, found ", Quoted(text)));
  }
  hash.emplace();
  for (size_t i = 0; i < size; ++i) {
    (*hash)[i] = static_cast<uint8_t>(DigitOf(text[2 * i]) * 16 + DigitOf(text[2 * i + 1]));
  }
  return absl::OkStatus();
}

// The words of a text, or of an array of them; blanks and commas stand between words.
absl::Status WordsOf(const JsonElement& value, std::vector<std::string_view>& words) {
  const auto add = [&](std::string_view text) {
    constexpr std::string_view kBetween = ", \t\r\n";
    for (size_t begin = text.find_first_not_of(kBetween); begin != std::string_view::npos;
         begin = text.find_first_not_of(kBetween)) {
      text.remove_prefix(begin);
      words.push_back(text.substr(0, text.find_first_of(kBetween)));
      text.remove_prefix(words.back().size());
    }
  };
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    add(text);
    return absl::OkStatus();
  }
  JsonArray array;
  if (value.get(array) != simdjson::SUCCESS) {
    return UnexpectedKind("a text or an array of texts", value);
  }
  for (const JsonElement element : array) {
    if (absl::Status status = TextOf(element, text); !status.ok()) return status;
    add(text);
  }
  return absl::OkStatus();
}

absl::Status AtMost(size_t max, size_t found) {
  if (found <= max) return absl::OkStatus();
  return LimitReached("/", Cat("at most ", max, " are read"));
}

// A name that a corpus can have: no escapes, no blanks.
bool IsName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return c > ' ' && c != '"' && c != '\\' && c != '\x7F';
  });
}

}  // namespace

absl::Status RepodataRecordReader::Read(std::string_view json, const RepodataPlace& place) {
  place_ = place;
  record_ = {};
  requested_.clear();
  owned_.clear();
  JsonElement element;
  const auto error = parser_.parse(json.data(), json.size(), false).get(element);
  if (error != simdjson::SUCCESS) {
    return Missing("/", Cat("damaged JSON: ", simdjson::error_message(error)));
  }
  JsonObject object;
  if (element.get(object) != simdjson::SUCCESS) return UnexpectedKind("an object", element);
  for (const auto [key, value] : object) {
    if (value.is_null()) continue;
    if (absl::Status status = ReadField(key, value); !status.ok()) {
      return Inside(PointerStep(key), status);
    }
  }
  return Finish();
}

absl::Status RepodataRecordReader::ReadField(std::string_view key, const Element& value) {
  if (key == "name") return ReadName(value);
  if (key == "version") return TextOf(value, record_.version);
  if (key == "build_number") return ReadBuildNumber(value);
  if (key == "depends") return ReadSpecs(value, record_.depends);
  if (key == "constrains") return ReadSpecs(value, record_.constrains);
  if (key == "extra_depends" || key == "extra-depends") return ReadExtras(value);
  if (key == "size") return NumberOf(value, record_.size.emplace());
  if (key == "timestamp") return ReadTime(value);
  if (key == "sha256") return HashOf(value, record_.sha256);
  if (key == "md5") return HashOf(value, record_.md5);
  if (place_.may_name_file && key == "fn") return TextOf(value, record_.file);
  if (place_.may_name_file && key == "url") return ReadUrl(value);
  if (place_.is_installed && (key == "channel" || key.starts_with("requested_spec"))) {
    return ReadInstalled(key, value);
  }
  return ReadAttribute(key, value);
}

absl::Status RepodataRecordReader::ReadName(const Element& value) {
  ACCORD_RETURN_IF_ERROR(TextOf(value, record_.name));
  const bool has_upper = std::ranges::any_of(record_.name, [](char c) { return c != Lower(c); });
  if (has_upper) record_.name = Own(LowerText(record_.name));
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadBuildNumber(const Element& value) {
  uint64_t number = 0;
  ACCORD_RETURN_IF_ERROR(NumberOf(value, number));
  SetAttribute(attribute::kBuildNumber, number == 0 ? std::string_view() : Own(Cat(number)));
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadUrl(const Element& value) {
  std::string_view url;
  ACCORD_RETURN_IF_ERROR(TextOf(value, url));
  if (url.find("://") != std::string_view::npos) record_.url = Own(WithoutCredentials(url));
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadInstalled(std::string_view key, const Element& value) {
  if (key == "channel") return ReadChannel(value);
  if (key == "requested_specs") return ReadSpecs(value, requested_);
  std::string_view spec;
  ACCORD_RETURN_IF_ERROR(TextOf(value, spec));
  // conda writes what Python calls nothing.
  if (!spec.empty() && spec != "None" && requested_.empty()) requested_.push_back(spec);
  return absl::OkStatus();
}

// "https://host.example/channel/linux-64": with the subdir, where the record does not say it
// elsewhere.
absl::Status RepodataRecordReader::ReadChannel(const Element& value) {
  std::string_view text;
  ACCORD_RETURN_IF_ERROR(TextOf(value, text));
  if (text.empty()) return absl::OkStatus();
  absl::StatusOr<Channel> channel = Channel::Parse(text, /*base=*/{});
  if (!channel.ok()) return Missing("/", Message(channel.status()));
  SetAttribute(attribute::kChannel, Own(std::move(channel->url)));
  const bool says_subdir = std::ranges::any_of(
      record_.attributes, [](const auto& one) { return one.first == attribute::kSubdir; });
  if (!says_subdir) SetAttribute(attribute::kSubdir, Own(std::move(channel->subdir)));
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadAttribute(std::string_view key, const Element& value) {
  constexpr std::array kTexts = {attribute::kBuild, attribute::kLicense, attribute::kLicenseFamily,
                                 attribute::kPythonSitePackagesPath, attribute::kSubdir};
  // The words of record_words.h outlive the document, its keys do not.
  if (const auto known = std::ranges::find(kTexts, key); known != kTexts.end()) {
    std::string_view text;
    ACCORD_RETURN_IF_ERROR(TextOf(value, text));
    SetAttribute(*known, text);
    return absl::OkStatus();
  }
  if (key == attribute::kNoarch) return ReadNoarch(value);
  if (key == attribute::kFeatures) return ReadWords(attribute::kFeatures, value, false);
  if (key == attribute::kTrackFeatures) return ReadWords(attribute::kTrackFeatures, value, false);
  if (key == attribute::kFlags) return ReadWords(attribute::kFlags, value, true);
  return absl::OkStatus();
}

// Long ago it was true or false.
absl::Status RepodataRecordReader::ReadNoarch(const Element& value) {
  bool is_noarch = false;
  std::string_view text;
  if (value.get(is_noarch) == simdjson::SUCCESS) {
    text = is_noarch ? "generic" : "";
  } else if (value.get(text) != simdjson::SUCCESS) {
    return UnexpectedKind("a text or a boolean", value);
  }
  SetAttribute(attribute::kNoarch, text);
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadWords(std::string_view key, const Element& value,
                                             bool sorted) {
  std::vector<std::string_view> words;
  ACCORD_RETURN_IF_ERROR(WordsOf(value, words));
  ACCORD_RETURN_IF_ERROR(AtMost(limits_.list_max, words.size()));
  if (sorted) std::ranges::sort(words);
  std::string joined;
  for (const std::string_view word : words) joined += Cat(joined.empty() ? "" : " ", word);
  SetAttribute(key, Own(std::move(joined)));
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadSpecs(const Element& value,
                                             std::vector<std::string_view>& specs) {
  specs.clear();
  JsonArray array;
  if (value.get(array) != simdjson::SUCCESS) return UnexpectedKind("an array of texts", value);
  for (const JsonElement element : array) {
    std::string_view spec;
    if (absl::Status status = TextOf(element, spec); !status.ok()) {
      return Inside(Cat("/", specs.size()), status);
    }
    specs.push_back(spec);
    ACCORD_RETURN_IF_ERROR(AtMost(limits_.list_max, specs.size()));
  }
  return absl::OkStatus();
}

absl::Status RepodataRecordReader::ReadExtras(const Element& value) {
  JsonObject object;
  if (value.get(object) != simdjson::SUCCESS) {
    return UnexpectedKind("an object of arrays of texts", value);
  }
  record_.extras.clear();
  for (const auto [name, specs] : object) {
    RepodataRecord::Extra extra{.name = name, .specs = {}};
    if (absl::Status status = ReadSpecs(specs, extra.specs); !status.ok()) {
      return Inside(PointerStep(name), status);
    }
    record_.extras.push_back(std::move(extra));
    ACCORD_RETURN_IF_ERROR(AtMost(limits_.list_max, record_.extras.size()));
  }
  std::ranges::stable_sort(record_.extras, {}, &RepodataRecord::Extra::name);
  const auto twice = std::ranges::adjacent_find(record_.extras, {}, &RepodataRecord::Extra::name);
  if (twice == record_.extras.end()) return absl::OkStatus();
  return Missing("/", Cat("each name once is expected, found ", Quoted(twice->name), " twice"));
}

absl::Status RepodataRecordReader::ReadTime(const Element& value) {
  uint64_t time = 0;
  ACCORD_RETURN_IF_ERROR(NumberOf(value, time));
  record_.time_ms = time <= kSecondsMax ? time * metadata::kMsPerSecond : time;
  if (record_.time_ms <= metadata::kInstantMsMax) return absl::OkStatus();
  return Missing("/", Cat("a time before the year 10000 is expected, found ", time));
}

void RepodataRecordReader::SetAttribute(std::string_view key, std::string_view text) {
  auto& attributes = record_.attributes;
  const auto at =
      std::ranges::lower_bound(attributes, key, {}, [](const auto& a) { return a.first; });
  const bool there = at != attributes.end() && at->first == key;
  if (there && text.empty()) {
    attributes.erase(at);
  } else if (there) {
    at->second = text;
  } else if (!text.empty()) {
    attributes.emplace(at, key, text);
  }
}

absl::Status RepodataRecordReader::Finish() {
  if (!IsName(record_.name)) {
    return Missing("/name", Cat("a package's name is expected, found ", Quoted(record_.name)));
  }
  if (record_.name.size() > limits_.name_bytes_max) {
    return LimitReached("/name", Cat("a name may have at most ", limits_.name_bytes_max, " bytes"));
  }
  if (record_.version.empty()) return Missing("/version", "a version is expected, found nothing");
  record_.stem = place_.stem;
  record_.extension = place_.extension;
  const std::string_view file = record_.file.empty() ? record_.stem : record_.file;
  if (!file.empty() && file.find('/') == std::string_view::npos) return absl::OkStatus();
  return Missing("/", Cat("a file's name is expected, found ", Quoted(file)));
}

absl::Status ReadRepodataInfo(const metadata::JsonElement& info, RepodataHead& head) {
  if (info.is_null()) return absl::OkStatus();
  metadata::JsonObject object;
  std::string base_url;
  ACCORD_RETURN_IF_ERROR(metadata::AsObject(info, object));
  ACCORD_RETURN_IF_ERROR(metadata::ReadText(object, "subdir", head.subdir));
  ACCORD_RETURN_IF_ERROR(metadata::ReadText(object, "base_url", base_url));
  if (base_url.find("://") == std::string::npos) return absl::OkStatus();  // relative to what?
  head.base_url = WithoutCredentials(base_url);
  while (head.base_url.ends_with('/')) head.base_url.pop_back();
  return absl::OkStatus();
}

}  // namespace accord::conda
