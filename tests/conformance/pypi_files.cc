// Checks of the kinds tags.* and of pypi.parse_wheel_filename and pypi.parse_sdist_filename.
#include <algorithm>

#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/target_platform.h"
#include "ecosystem/pypi/target_tags.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using pypi::PythonNumbers;
using pypi::TagSet;
using pypi::TwoNumbers;
using Texts = std::vector<std::string>;

// The Python that the rows were recorded on, for those that name none.
constexpr int kRecordedMinor = 11;

// An argument by its place or by its name; null if the row has none.
Json Argument(const Row& row, size_t place, const std::string& name) {
  const Json args = row.input.value("args", Json::array());
  if (place < args.size()) return args[place];
  const Json named = row.input.value("kw", Json::object());
  return named.value(name, Json());
}

PythonNumbers PythonOf(const Row& row, size_t place) {
  const Json numbers = Argument(row, place, "python_version");
  if (numbers.is_null()) return {.major = 3, .minor = kRecordedMinor};
  PythonNumbers python{.major = numbers.at(0), .minor = std::nullopt};
  if (numbers.size() > 1) python.minor = numbers.at(1).get<int>();
  return python;
}

Texts TextsOf(const Json& json) { return json.is_null() ? Texts() : json.get<Texts>(); }

TwoNumbers TwoOf(const Json& json) { return {.major = json.at(0), .minor = json.at(1)}; }

// Where a row says nothing of an interpreter or an ABI, its test had replaced the running Python's
// by one of its own, which only the expected tags still show: part 0, 1 or 2 of the first one. What
// is compared then are the other parts, their order and that there are no more of them.
std::string Replaced(const Row& row, size_t part) {
  std::string text = row.expect.at(0);
  for (; part > 0; --part) text.erase(0, text.find('-') + 1);
  return text.substr(0, text.find('-'));
}

Verdict CheckParseTag(const Row& row) {
  const std::string text = Argument(row, 0, "tag");
  const Json limit = Argument(row, 2, "limit");
  // Ours is a size, which cannot be negative.
  if (limit.is_number() && limit.get<int>() < 0) return Compare(row, {{"error", "ValueError"}});
  const size_t tags_max = limit.is_number() ? limit.get<size_t>() : pypi::kTagsOfOneFileMax;
  const auto tags = TagSet::Parse(text, tags_max);
  const Json order = Argument(row, 1, "validate_order");
  if (tags.ok() && order.is_boolean() && order.get<bool>() && !tags->IsSorted()) {
    return Compare(row, {{"error", "UnsortedTagsError"}});
  }
  if (tags.ok()) return Compare(row, tags->Expanded());
  const bool too_many = tags.status().code() == absl::StatusCode::kResourceExhausted;
  return Compare(row, {{"error", too_many ? "TooManyTagsError" : "InvalidTag"}});
}

Verdict CheckCPythonTags(const Row& row) {
  return Compare(row, pypi::CPythonTags(PythonOf(row, 0), TextsOf(Argument(row, 1, "abis")),
                                        TextsOf(Argument(row, 2, "platforms"))));
}

Verdict CheckGenericTags(const Row& row) {
  const Json interpreter = Argument(row, 0, "interpreter");
  const Json abis = Argument(row, 1, "abis");
  return Compare(row, pypi::GenericTags(
                          interpreter.is_null() ? Replaced(row, 0) : interpreter.get<std::string>(),
                          abis.is_null() ? Texts{Replaced(row, 1)} : TextsOf(abis),
                          TextsOf(Argument(row, 2, "platforms"))));
}

Verdict CheckPurePythonTags(const Row& row) {
  return Compare(row, pypi::PurePythonTags(PythonOf(row, 0)));
}

Verdict CheckCompatibleTags(const Row& row) {
  const Json interpreter = Argument(row, 1, "interpreter");
  return Compare(row, pypi::CompatibleTags(
                          PythonOf(row, 0),
                          interpreter.is_null() ? std::string() : interpreter.get<std::string>(),
                          TextsOf(Argument(row, 2, "platforms"))));
}

Verdict CheckMacPlatforms(const Row& row) {
  return Compare(row, pypi::MacPlatforms(TwoOf(Argument(row, 0, "version")),
                                         Argument(row, 1, "arch").get<std::string>()));
}

Verdict CheckIosPlatforms(const Row& row) {
  const Json multiarch = Argument(row, 1, "multiarch");
  const TwoNumbers version = TwoOf(Argument(row, 0, "version"));
  if (!multiarch.is_null()) {
    return Compare(row, pypi::IosPlatforms(version, multiarch.get<std::string>()));
  }
  // "ios_12_0_<multiarch>", as above.
  std::string replaced = row.expect.at(0);
  for (int i = 0; i < 3; ++i) replaced.erase(0, replaced.find('_') + 1);
  return Compare(row, pypi::IosPlatforms(version, replaced));
}

Verdict CheckAndroidPlatforms(const Row& row) {
  return Compare(row, pypi::AndroidPlatforms(Argument(row, 0, "api_level"),
                                             Argument(row, 1, "abi").get<std::string>()));
}

Verdict CheckWheelName(const Row& row) {
  const bool has_options = row.input.is_object();
  const std::string file = has_options ? row.input.at("arg") : row.input;
  const auto wheel = pypi::WheelName::Parse(file);
  const bool in_order = has_options && row.input.value("validate_order", false);
  if (!wheel.ok() || (in_order && !wheel->tags.IsSorted())) {
    return Compare(row, {{"error", "InvalidWheelFilename"}});
  }
  Json build = Json::array();
  if (wheel->build) build = {std::stoull(wheel->build->number), wheel->build->rest};
  return Compare(row, {{"name", wheel->name},
                       {"version", std::string(wheel->version.Text())},
                       {"build", build},
                       {"tags", wheel->tags.Expanded()}});
}

Verdict CheckSdistName(const Row& row) {
  const auto sdist = pypi::SdistName::Parse(row.input.get<std::string>());
  if (!sdist.ok()) return Compare(row, {{"error", "InvalidSdistFilename"}});
  return Compare(row, {{"name", sdist->name}, {"version", std::string(sdist->version.Text())}});
}

}  // namespace

void AddPypiFileChecks(Checks& checks) {
  checks["tags.parse_tag"] = CheckParseTag;
  checks["tags.cpython_tags"] = CheckCPythonTags;
  checks["tags.generic_tags"] = CheckGenericTags;
  checks["tags.pure_python_tags"] = CheckPurePythonTags;
  checks["tags.compatible_tags"] = CheckCompatibleTags;
  checks["tags.mac_platforms"] = CheckMacPlatforms;
  checks["tags.ios_platforms"] = CheckIosPlatforms;
  checks["tags.android_platforms"] = CheckAndroidPlatforms;
  checks["pypi.parse_wheel_filename"] = CheckWheelName;
  checks["pypi.parse_sdist_filename"] = CheckSdistName;
}

}  // namespace accord::conformance
