// Checks of the kinds pep735.* and pylock.*.
#include <set>

#include "ecosystem/pypi/inputs/dependency_groups.h"
#include "ecosystem/pypi/inputs/pylock.h"
#include "ecosystem/pypi/target_tags.h"
#include "tests/conformance/toml_text.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using pypi::DependencyGroups;
using pypi::Environment;
using pypi::GroupItem;
using pypi::PlacedText;
using pypi::Pylock;
using pypi::PylockChoice;
using pypi::PylockPackage;
using pypi::PylockPick;
using pypi::PylockPreference;
using pypi::PylockSource;
using pypi::SupportedTags;
using Words = std::vector<std::string>;

// What rows that name no environment were recorded on.
constexpr std::string_view kRecordedPython = "3.11.2";
constexpr pypi::PythonNumbers kRecordedNumbers = {.major = 3, .minor = 11};

// Whose words an error is in is another project's matter.
Verdict AgreeOnError(const Row& row, const absl::Status& error) {
  return {.agrees = row.expect.is_object() && row.expect.contains("error"),
          .got = std::string(error.message())};
}

absl::StatusOr<DependencyGroups> GroupsOf(const Row& row) {
  return DependencyGroups::Parse(TomlText({{"dependency-groups", row.input.at("groups")}}), "row");
}

Verdict CheckGroupLookUp(const Row& row) {
  const auto groups = GroupsOf(row);
  if (!groups.ok()) return AgreeOnError(row, groups.status());
  const auto items = groups->LookUp(row.input.at("group").get<std::string>());
  if (!items.ok()) return AgreeOnError(row, items.status());
  Json got = Json::array();
  for (const GroupItem& item : *items) {
    got.push_back(item.is_include ? Json{{"$", "Include"}, {"g", item.text}} : Json(item.text));
  }
  return Compare(row, got);
}

Verdict CheckGroupResolve(const Row& row) {
  const auto groups = GroupsOf(row);
  if (!groups.ok()) return AgreeOnError(row, groups.status());
  const Words names = row.input.contains("names") ? row.input.at("names").get<Words>()
                                                  : Words{row.input.at("group").get<std::string>()};
  const auto texts = groups->Resolve(names);
  if (!texts.ok()) return AgreeOnError(row, texts.status());
  Json got = Json::array();
  for (const PlacedText& text : *texts) got.push_back(text.text);
  return Compare(row, got);
}

Verdict CheckPylockParse(const Row& row) {
  const auto lock = Pylock::Parse(TomlText(row.input), "row");
  return lock.ok() ? Compare(row, {{"ok", true}}) : AgreeOnError(row, lock.status());
}

Environment EnvironmentOf(const Json& asked) {
  Environment environment = *Environment::CPythonOnLinux(kRecordedPython);
  for (const auto& field : asked.items()) {
    environment.Set(*pypi::FindVariable(field.key()), field.value().get<std::string>());
  }
  return environment;
}

SupportedTags TagsOf(const Json& asked) {
  Words tags;
  for (const Json& tag : asked) tags.push_back(tag.at("s"));
  if (asked.is_null()) {
    const Words platforms = {"manylinux_2_17_x86_64", "linux_x86_64"};
    tags = pypi::CPythonTags(kRecordedNumbers, Words{"cp311"}, platforms);
    for (std::string& tag : pypi::CompatibleTags(kRecordedNumbers, "cp311", platforms)) {
      tags.push_back(std::move(tag));
    }
  }
  return *SupportedTags::Make(tags);
}

std::string_view WordOf(const PylockPick& pick) {
  switch (pick.package->source) {
    case PylockSource::kArchive:
      return "PackageArchive";
    case PylockSource::kDirectory:
      return "PackageDirectory";
    case PylockSource::kVcs:
      return "PackageVcs";
    case PylockSource::kIndex:
      break;
  }
  const bool is_sdist = pick.package->sdist && &*pick.package->sdist == pick.file;
  return is_sdist ? "PackageSdist" : "PackageWheel";
}

// As the rows show it: fields that are not given are not there.
Json PickJson(const PylockPick& pick, const Json& wanted) {
  const PylockPackage& package = *pick.package;
  Json file = {{"$", WordOf(pick)}};
  if (!pick.file->path.empty()) file["path"] = pick.file->path;
  if (!pick.file->url.empty()) file["url"] = pick.file->url;
  if (wanted.contains("name")) file["name"] = pick.file->name;
  return {{{"$", "Package"},
           {"name", package.name},
           {"version", package.version.empty() ? Json() : Json(package.version)}},
          file};
}

Verdict CheckPylockSelect(const Row& row) {
  const auto lock = Pylock::Parse(TomlText(row.input.at("pylock")), "row");
  if (!lock.ok()) return AgreeOnError(row, lock.status());
  const Json asked = row.input.value("kw", Json::object());
  PylockChoice choice;
  const Json extras = asked.value("extras", Json());
  if (!extras.is_null()) choice.extras = extras.get<Words>();
  const Json groups = asked.value("dependency_groups", Json());
  if (!groups.is_null()) choice.groups = groups.get<Words>();
  const Environment environment = EnvironmentOf(asked.value("environment", Json::object()));
  const SupportedTags tags = TagsOf(asked.value("tags", Json()));
  // The predicate of the rows that have one says yes to every package.
  const auto preference = asked.contains("prefer_sdist_predicate") ? PylockPreference::kSdists
                                                                   : PylockPreference::kWheels;
  const auto picks = pypi::SelectFiles(*lock, environment, tags, choice, preference);
  if (!picks.ok()) return AgreeOnError(row, picks.status());
  Json got = Json::array();
  for (size_t i = 0; i < picks->size(); ++i) {
    const Json wanted = i < row.expect.size() ? row.expect[i].at(1) : Json::object();
    got.push_back(PickJson((*picks)[i], wanted));
  }
  return Compare(row, got);
}

}  // namespace

void AddPypiInputChecks(Checks& checks) {
  checks["pep735.lookup"] = CheckGroupLookUp;
  checks["pep735.resolve"] = CheckGroupResolve;
  checks["pylock.from_dict"] = CheckPylockParse;
  checks["pylock.select"] = CheckPylockSelect;
}

}  // namespace accord::conformance
