// A pyproject.toml under several choices: what is asked for is readable, and asking for more gives
// no less.
#include <algorithm>
#include <string>

#include "ecosystem/pypi/inputs/dependency_groups.h"
#include "ecosystem/pypi/inputs/pyproject.h"
#include "ecosystem/pypi/requirement.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::DependencyGroups;
using pypi::Input;
using pypi::PlacedText;

constexpr std::string_view kProjectPlace = "pyproject.toml";

void HoldTexts(const Input& input, Laws& laws) {
  for (const PlacedText& text : input.requirements) {
    laws.Hold(pypi::Requirement::Parse(text.text).ok(), "what is asked for is a requirement",
              {text.text});
    laws.Hold(text.place.starts_with(kProjectPlace), "what is asked for has a place", {text.place});
  }
}

bool HasAll(const Input& more, const Input& less) {
  return std::all_of(less.requirements.begin(), less.requirements.end(), [&](const auto& text) {
    return std::any_of(more.requirements.begin(), more.requirements.end(),
                       [&](const auto& other) { return other.text == text.text; });
  });
}

void HoldGroups(std::string_view input, Laws& laws) {
  const auto groups = DependencyGroups::Parse(input, kProjectPlace);
  if (!groups.ok()) return;
  for (const std::string& name : groups->Names()) {
    const auto items = groups->LookUp(name);
    const auto resolved = groups->Resolve({name});
    laws.Hold(items.ok() || !resolved.ok(), "a group that is resolved can be looked up", {name});
    if (!items.ok() || !resolved.ok()) continue;
    const bool includes =
        std::any_of(items->begin(), items->end(), [](const auto& item) { return item.is_include; });
    laws.Hold(includes || resolved->size() == items->size(), "without includes it is its items",
              {name});
  }
}

}  // namespace

void Pyprojects(std::string_view input, Laws& laws) {
  HoldGroups(input, laws);
  const auto groups =
      pypi::ReadPyproject(input, kProjectPlace, {.all_groups = true, .only_groups = true});
  if (groups.ok()) HoldTexts(*groups, laws);
  const auto own = pypi::ReadPyproject(input, kProjectPlace, {});
  if (!own.ok()) return;
  HoldTexts(*own, laws);
  const auto extras = pypi::ReadPyproject(input, kProjectPlace, {.all_extras = true});
  if (extras.ok()) {
    HoldTexts(*extras, laws);
    laws.Hold(HasAll(*extras, *own), "extras take nothing away", {input});
  }
  const auto all = pypi::ReadPyproject(input, kProjectPlace, {.all_groups = true});
  laws.Hold(all.ok() == groups.ok(), "groups are read with the project or without", {input});
  if (all.ok() && groups.ok()) {
    laws.Hold(HasAll(*all, *own) && HasAll(*all, *groups), "groups take nothing away", {input});
  }
}

}  // namespace accord::fuzz
