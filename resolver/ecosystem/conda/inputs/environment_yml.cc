#include "ecosystem/conda/inputs/environment_yml.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/inputs/yaml_text.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

// "[win]" of a line that says something and ends in "# [win]"; empty: it has no selector.
std::string_view SelectorOf(std::string_view line) {
  const size_t hash = line.rfind('#');
  if (hash == std::string_view::npos || Strip(line.substr(0, hash)).empty()) return {};
  const std::string_view comment = Strip(line.substr(hash + 1));
  return comment.starts_with('[') && comment.ends_with(']') ? comment : std::string_view();
}

class EnvironmentReader {
 public:
  EnvironmentReader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  absl::StatusOr<Input> Run() {
    const absl::StatusOr<std::vector<YamlEntry>> entries = ReadYaml(text_, file_);
    if (!entries.ok()) return entries.status();
    bool has_dependencies = false;
    for (const YamlEntry& entry : *entries) {
      has_dependencies |= entry.key == "dependencies";
      ACCORD_RETURN_IF_ERROR(Take(entry));
    }
    if (!has_dependencies) return InvalidInput(file_, "the list 'dependencies' is wanted");
    NoteSelectors();
    return std::move(input_);
  }

 private:
  absl::Status Take(const YamlEntry& entry) {
    if (entry.key == "dependencies") return TakeDependencies(entry);
    if (entry.key == "channels") return TakeChannels(entry);
    if (entry.key == "platforms") {
      Note(entry.place, "'platforms' has no effect: --subdir says what is resolved for");
    } else if (entry.key != "name") {
      Note(entry.place, Cat(Quoted(entry.key), " has no effect"));
    }
    return absl::OkStatus();
  }

  absl::Status TakeChannels(const YamlEntry& entry) {
    absl::StatusOr<std::vector<PlacedText>> channels = TextsOf(entry, file_);
    if (!channels.ok()) return channels.status();
    const auto is_switch = [](const PlacedText& one) { return one.text == "nodefaults"; };
    input_.no_defaults = std::erase_if(*channels, is_switch) > 0;
    input_.channels = *std::move(channels);
    return absl::OkStatus();
  }

  absl::Status TakeDependencies(const YamlEntry& entry) {
    if (entry.value.IsNull()) return absl::OkStatus();
    if (!entry.value.IsSequence()) {
      return InvalidInput(entry.place,
                          Cat("a list is wanted as 'dependencies', found ", KindOf(entry.value)));
    }
    for (const YAML::Node& item : entry.value) {
      std::string place = PlaceOf(file_, item);
      if (item.IsScalar()) {
        input_.specs.push_back({item.Scalar(), std::move(place)});
      } else if (item.IsMap()) {
        ACCORD_RETURN_IF_ERROR(TakeParts(item));
      } else {
        return InvalidInput(place, Cat("a specifier is wanted, found ", KindOf(item)));
      }
    }
    return absl::OkStatus();
  }

  // A map among the specifiers: what other installers are to do.
  absl::Status TakeParts(const YAML::Node& map) {
    const absl::StatusOr<std::vector<YamlEntry>> parts = EntriesOf(map, file_);
    if (!parts.ok()) return parts.status();
    for (const YamlEntry& part : *parts) {
      if (part.key.starts_with("sel(")) {
        return InvalidInput(part.place,
                            Cat("a specifier is wanted, found the selector ", Quoted(part.key),
                                ": selectors are not read, a file for each platform is"));
      }
      if (part.key != "pip") {
        return InvalidInput(part.place, Cat("a specifier or 'pip:' is wanted, found ",
                                            Quoted(part.key), " with a value"));
      }
      const absl::StatusOr<std::vector<PlacedText>> texts = TextsOf(part, file_);
      if (!texts.ok()) return texts.status();
      for (const PlacedText& one : *texts) {
        input_.pip.push_back({WithoutCredentials(one.text), one.place});
        Note(one.place, Cat(Quoted(input_.pip.back().text), " is not resolved: it is left to pip"));
      }
    }
    return absl::OkStatus();
  }

  void NoteSelectors() {
    size_t number = 0;
    for (std::string_view rest = text_; !rest.empty();) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view selector = SelectorOf(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ++number;
      if (selector.empty()) continue;
      Note(Cat(file_, ":", number), Cat("the selector ", Quoted(selector), " has no effect"));
    }
  }

  void Note(std::string place, std::string text) {
    input_.notes.push_back({std::move(place), std::move(text)});
  }

  const std::string_view text_;
  const std::string_view file_;
  Input input_;
};

}  // namespace

absl::StatusOr<Input> ReadEnvironment(std::string_view text, std::string_view place) {
  return EnvironmentReader(text, place).Run();
}

}  // namespace accord::conda
