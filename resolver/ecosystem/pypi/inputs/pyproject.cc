#include "ecosystem/pypi/inputs/pyproject.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/error.h"
#include "ecosystem/pypi/inputs/dependency_groups.h"
#include "ecosystem/pypi/inputs/toml_text.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

class Project {
 public:
  Project(const toml::table& table, std::string_view place) : table_(table), place_(place) {}

  absl::StatusOr<Input> Read(const PyprojectChoice& choice) {
    ACCORD_RETURN_IF_ERROR(ReadName());
    ACCORD_RETURN_IF_ERROR(RefuseDynamic("dependencies"));
    absl::StatusOr<std::vector<PlacedText>> own = FindTexts(table_, "dependencies", place_);
    if (!own.ok()) return own.status();
    for (const PlacedText& text : *own) ACCORD_RETURN_IF_ERROR(Add(text));
    ACCORD_RETURN_IF_ERROR(AddExtras(choice));
    const absl::StatusOr<const std::string*> python = FindText(table_, "requires-python", place_);
    if (!python.ok()) return python.status();
    if (*python != nullptr) {
      input_.requires_python.push_back({**python, PlaceOf(place_, *table_.get("requires-python"))});
    }
    return std::move(input_);
  }

 private:
  absl::Status ReadName() {
    const absl::StatusOr<const std::string*> name = FindText(table_, "name", place_);
    if (!name.ok()) return name.status();
    if (*name != nullptr) name_ = NormalizeName(**name);
    return absl::OkStatus();
  }

  absl::Status RefuseDynamic(std::string_view field) {
    const absl::StatusOr<std::vector<PlacedText>> dynamic = FindTexts(table_, "dynamic", place_);
    if (!dynamic.ok()) return dynamic.status();
    for (const PlacedText& name : *dynamic) {
      if (name.text != field) continue;
      return InvalidInput(name.place, Cat(field,
                                          " that are written down are wanted, they are "
                                          "dynamic: only a build of the project knows them"));
    }
    return absl::OkStatus();
  }

  // The extras of the project itself that a requirement asks for are looked at next; it asks for
  // nothing else then.
  absl::Status Add(const PlacedText& text) {
    const auto requirement = Requirement::Parse(text.text);
    if (!requirement.ok()) return At(text.place, requirement.status());
    if (++seen_ > kProjectRequirementsMax) {
      return LimitReached(text.place, Cat("at most ", kProjectRequirementsMax,
                                          " requirements of a project are read"));
    }
    if (name_.empty() || requirement->NormalName() != name_) {
      input_.requirements.push_back(text);
      return absl::OkStatus();
    }
    if (requirement->marker) {
      input_.notes.push_back({text.place, Cat("the marker of ", Quoted(text.text),
                                              " is not honoured: the project itself is meant")});
    }
    for (std::string& extra : requirement->NormalExtras()) {
      waiting_.push_back({std::move(extra), text.place});
    }
    return absl::OkStatus();
  }

  absl::Status AddExtras(const PyprojectChoice& choice) {
    for (const std::string& extra : choice.extras) {
      waiting_.push_back({NormalizeName(extra), std::string(place_)});
    }
    if (waiting_.empty() && !choice.all_extras) return absl::OkStatus();
    ACCORD_RETURN_IF_ERROR(RefuseDynamic("optional-dependencies"));
    ACCORD_RETURN_IF_ERROR(ReadExtras());
    if (choice.all_extras) {
      for (const auto& [name, texts] : extras_) waiting_.push_back({name, std::string(place_)});
    }
    std::set<std::string> taken;
    for (size_t i = 0; i < waiting_.size(); ++i) {
      const PlacedText extra = waiting_[i];
      if (!taken.insert(extra.text).second) continue;
      const auto found = extras_.find(extra.text);
      if (found == extras_.end()) {
        return InvalidInput(extra.place, Cat("an extra ", Quoted(extra.text),
                                             " is wanted, the project has ", KnownExtras()));
      }
      for (const PlacedText& text : found->second) ACCORD_RETURN_IF_ERROR(Add(text));
    }
    return absl::OkStatus();
  }

  absl::Status ReadExtras() {
    constexpr std::string_view kKey = "optional-dependencies";
    const absl::StatusOr<const toml::table*> table = FindTable(table_, kKey, place_);
    if (!table.ok()) return table.status();
    if (*table == nullptr) return absl::OkStatus();
    for (const auto& [key, node] : **table) {
      absl::StatusOr<std::vector<PlacedText>> texts = FindTexts(**table, key.str(), place_);
      if (!texts.ok()) return texts.status();
      const auto [entry, is_new] = extras_.emplace(NormalizeName(key.str()), *std::move(texts));
      if (is_new) continue;
      return InvalidInput(PlaceOf(place_, node), Cat("extras of different names are wanted, ",
                                                     Quoted(key.str()), " stands twice"));
    }
    return absl::OkStatus();
  }

  std::string KnownExtras() const {
    std::string known;
    for (const auto& [name, texts] : extras_) known += Cat(known.empty() ? "" : ", ", name);
    return known.empty() ? "none" : known;
  }

  const toml::table& table_;
  std::string_view place_;
  std::string name_;  // normal; empty: the table names none
  std::map<std::string, std::vector<PlacedText>> extras_;
  std::vector<PlacedText> waiting_;  // normal names, and who asks
  size_t seen_ = 0;
  Input input_;
};

}  // namespace

absl::StatusOr<Input> ReadPyproject(std::string_view text, std::string_view place,
                                    const PyprojectChoice& choice) {
  const absl::StatusOr<toml::table> document = ReadToml(text, place);
  if (!document.ok()) return document.status();
  Input input;
  if (!choice.only_groups) {
    const absl::StatusOr<const toml::table*> table = FindTable(*document, "project", place);
    if (!table.ok()) return table.status();
    if (*table == nullptr) {
      return InvalidInput(place, "a table [project] is wanted, it has none");
    }
    absl::StatusOr<Input> read = Project(**table, place).Read(choice);
    if (!read.ok()) return read.status();
    input = *std::move(read);
  }
  if (!choice.all_groups && choice.groups.empty()) return input;
  const absl::StatusOr<DependencyGroups> groups = DependencyGroups::Parse(text, place);
  if (!groups.ok()) return groups.status();
  absl::StatusOr<std::vector<PlacedText>> texts =
      groups->Resolve(choice.all_groups ? groups->Names() : choice.groups);
  if (!texts.ok()) return texts.status();
  for (PlacedText& requirement : *texts) input.requirements.push_back(std::move(requirement));
  return input;
}

}  // namespace accord::pypi
