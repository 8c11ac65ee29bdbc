#include "cli/input_options.h"

#include <utility>

#include "base/error.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "wire/pins.h"

namespace accord::cli {
namespace {

// Our own answers are JSON documents.
bool IsAnswer(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

absl::StatusOr<pypi::LockedVersions> ReadAnswer(std::string_view text, std::string_view place) {
  const auto pins = wire::ReadPins(text, place);
  if (!pins.ok()) return pins.status();
  pypi::LockedVersions locked;
  for (const auto& pin : *pins) {
    if (pin.url.empty()) {
      locked.versions.push_back({pin.name, Cat("==", pin.version), std::string(place)});
    } else {
      locked.notes.push_back({std::string(place),
                              Cat(Quoted(pin.name), " is no preference: it ", "comes from a URL")});
    }
  }
  return locked;
}

absl::StatusOr<pypi::LockedVersions> ReadLock(const std::string& path,
                                              const pypi::RequirementsSurroundings& surroundings,
                                              const pypi::Environment& environment) {
  absl::StatusOr<std::string> text = surroundings.read(path);
  if (!text.ok()) return text.status();
  if (IsAnswer(*text)) return ReadAnswer(*text, path);
  switch (pypi::KindOfInput(path, *text)) {
    case pypi::InputKind::kPylock:
      return pypi::ReadPylockVersions(*text, path, environment);
    case pypi::InputKind::kRequirements:
      return pypi::ReadRequirementsVersions({.path = path, .text = *std::move(text)}, surroundings,
                                            environment);
    default:
      return InvalidInput(path,
                          "a lock is wanted: an answer in JSON, a pylock.toml or a "
                          "requirements.txt; found a file that asks for packages");
  }
}

}  // namespace

void InputOptions::AddTo(Options& options) {
  const auto texts = [&](const char* name, std::vector<std::string>& values, const char* help) {
    return AddRepeated(options, name, values, help)->group(kRequirementsGroup);
  };
  const auto flag = [&](const char* name, bool& value, const char* help) {
    options.AddFlag(name, value, help)->group(kRequirementsGroup);
  };
  texts("-r,--requirements", files_,
        "FILE: asks for more: requirements.txt, pyproject.toml, or a script with inline metadata; "
        "of conda environment.yml, lines of specifiers, or an explicit list; again for more");
  texts("-c,--constraints", constraint_files_,
        "FILE: constraints, as requirements.txt; of conda lines of specifiers");
  texts("--extra", extras_, "NAME: an extra of the pyproject.toml; again for more");
  flag("--all-extras", all_extras_, "every extra of the pyproject.toml");
  texts("--group", groups_, "NAME: a dependency group of the pyproject.toml; again for more");
  texts("--only-group", only_groups_, "NAME: the same, without the project's own dependencies");
  flag("--all-groups", all_groups_, "every dependency group of the pyproject.toml");
  options
      .Add("--lock-file", lock_file_,
           "FILE: an earlier answer, whose versions are kept where they can be: JSON of "
           "accord, pylock.toml, or requirements.txt with name==version; of conda JSON of accord, "
           "an explicit list, or environment.yml with name=version=build")
      ->type_name("")
      ->group(kRequirementsGroup);
  flag("--upgrade", upgrade_, "keep no version of --lock-file");
  texts("--upgrade-package", upgraded_, "NAME,...: do not keep these; again for more")
      ->delimiter(',');
  options.Add("--condarc", condarc_, "FILE: conda: channels, pins and target of a .condarc")
      ->type_name("")
      ->group(kRequirementsGroup);
  texts("--channel", channels_,
        "NAME: conda: of the corpora those of this channel alone; again for more, the first is the "
        "best");
}

pypi::PyprojectChoice InputOptions::Choice() const {
  pypi::PyprojectChoice choice{.extras = extras_,
                               .all_extras = all_extras_,
                               .groups = groups_,
                               .all_groups = all_groups_,
                               .only_groups = !only_groups_.empty()};
  choice.groups.insert(choice.groups.end(), only_groups_.begin(), only_groups_.end());
  return choice;
}

absl::Status InputOptions::Apply(const Streams& streams, bool is_python_settled,
                                 pypi::ResolveRequest& request) const {
  for (const auto& [is_given, option] :
       {std::pair(!condarc_.empty(), "--condarc"), std::pair(!channels_.empty(), "--channel")}) {
    if (is_given) return InvalidInput(option, "is for --ecosystem conda, this is pypi");
  }
  const pypi::RequirementsSurroundings surroundings{
      .read = [&](const std::string& path) { return ReadWhole(path, streams.in); },
      .variables = streams.variables};
  bool has_project = false;
  const auto read = [&](const pypi::InputFile& file) -> absl::Status {
    const auto found = pypi::ReadInputFile(file, Choice(), surroundings);
    if (!found.ok()) return found.status();
    has_project |= found->kind == pypi::InputKind::kPyproject;
    pypi::AddTo(request, found->input);
    if (!is_python_settled) return absl::OkStatus();
    const auto notes = pypi::NotesOnPython(found->input, request.environment);
    if (!notes.ok()) return notes.status();
    request.notes.insert(request.notes.end(), notes->begin(), notes->end());
    return absl::OkStatus();
  };
  for (const std::string& file : files_) ACCORD_RETURN_IF_ERROR(read({.path = file}));
  for (const std::string& file : constraint_files_) {
    ACCORD_RETURN_IF_ERROR(read({.path = file, .role = pypi::RequirementsRole::kConstraints}));
  }
  const std::pair<bool, std::string_view> choices[] = {{!extras_.empty(), "--extra"},
                                                       {all_extras_, "--all-extras"},
                                                       {!groups_.empty(), "--group"},
                                                       {!only_groups_.empty(), "--only-group"},
                                                       {all_groups_, "--all-groups"}};
  for (const auto& [is_given, option] : choices) {
    if (!is_given || has_project) continue;
    return InvalidInput(option, "a pyproject.toml is wanted behind -r, found none");
  }
  return ApplyLock(surroundings, request);
}

absl::Status InputOptions::ApplyLock(const pypi::RequirementsSurroundings& surroundings,
                                     pypi::ResolveRequest& request) const {
  if (lock_file_.empty()) {
    if (!upgrade_ && upgraded_.empty()) return absl::OkStatus();
    return InvalidInput(upgrade_ ? "--upgrade" : "--upgrade-package",
                        "a --lock-file is wanted, found none");
  }
  const absl::StatusOr<pypi::LockedVersions> lock =
      ReadLock(lock_file_, surroundings, request.environment);
  if (!lock.ok()) return lock.status();
  pypi::Prefer(request, *lock, {.all = upgrade_, .names = upgraded_});
  return absl::OkStatus();
}

}  // namespace accord::cli
