#include "ecosystem/conda/inputs/condarc.h"

#include <array>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/inputs/yaml_text.h"

namespace accord::conda {
namespace {

struct PriorityWord {
  std::string_view word;
  ChannelPriority priority;
};
// conda reads truth values too, from before there were three.
constexpr std::array<PriorityWord, 7> kPriorityWords = {{{"strict", ChannelPriority::kStrict},
                                                         {"flexible", ChannelPriority::kFlexible},
                                                         {"disabled", ChannelPriority::kDisabled},
                                                         {"true", ChannelPriority::kFlexible},
                                                         {"True", ChannelPriority::kFlexible},
                                                         {"false", ChannelPriority::kDisabled},
                                                         {"False", ChannelPriority::kDisabled}}};

// "cuda" -> "CONDA_OVERRIDE_CUDA".
std::string OverrideVariable(std::string_view name) {
  if (name.starts_with("__")) name.remove_prefix(2);
  std::string variable = "CONDA_OVERRIDE_";
  for (const char c : name) {
    variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return variable;
}

class CondarcReader {
 public:
  explicit CondarcReader(std::string_view file) : file_(file) {}

  absl::StatusOr<Condarc> Run(std::string_view text) {
    const absl::StatusOr<std::vector<YamlEntry>> entries = ReadYaml(text, file_);
    if (!entries.ok()) return entries.status();
    for (const YamlEntry& entry : *entries) ACCORD_RETURN_IF_ERROR(Take(entry));
    // Of a name the first counts: default_channels goes before a group called so.
    if (defaults_) read_.names.groups.insert(read_.names.groups.begin(), *std::move(defaults_));
    return std::move(read_);
  }

 private:
  absl::Status Take(const YamlEntry& entry) {
    const std::string& key = entry.key;
    if (key == "channels" || key == "channel") return TakeTexts(entry, read_.channels);
    if (key == "pinned_packages") return TakeTexts(entry, read_.pins);
    if (key == "channel_alias") return TakeText(entry, read_.names.alias);
    if (key == "subdir") return TakeText(entry, read_.subdir);
    if (key == "channel_priority") return TakePriority(entry);
    if (key == "default_channels") {
      defaults_.emplace().name = "defaults";
      return TakeTexts(entry, defaults_->members);
    }
    if (key == "custom_channels") {
      return TakeMap(entry, [&](const YamlEntry& one) {
        return TakeText(one, read_.names.custom.emplace_back(one.key, "").location);
      });
    }
    if (key == "custom_multichannels") {
      return TakeMap(entry, [&](const YamlEntry& one) {
        return TakeTexts(one, read_.names.groups.emplace_back(one.key).members);
      });
    }
    if (key == "override_virtual_packages" || key == "virtual_packages") {
      return TakeMap(entry, [&](const YamlEntry& one) {
        return TakeText(one, read_.overrides[OverrideVariable(one.key)]);
      });
    }
    read_.notes.push_back({entry.place, Cat(Quoted(key), " has no effect")});
    return absl::OkStatus();
  }

  absl::Status TakeText(const YamlEntry& entry, std::string& to) {
    absl::StatusOr<std::string> text = TextOf(entry);
    if (text.ok()) to = *std::move(text);
    return text.status();
  }

  absl::Status TakeTexts(const YamlEntry& entry, std::vector<PlacedText>& to) {
    absl::StatusOr<std::vector<PlacedText>> texts = TextsOf(entry, file_);
    if (texts.ok()) to = *std::move(texts);
    return texts.status();
  }

  absl::Status TakeMap(const YamlEntry& entry, const auto& take) {
    if (entry.value.IsNull()) return absl::OkStatus();
    if (!entry.value.IsMap()) {
      return InvalidInput(entry.place, Cat("keys with values are wanted as ", Quoted(entry.key),
                                           ", found ", KindOf(entry.value)));
    }
    const absl::StatusOr<std::vector<YamlEntry>> inside = EntriesOf(entry.value, file_);
    if (!inside.ok()) return inside.status();
    for (const YamlEntry& one : *inside) ACCORD_RETURN_IF_ERROR(take(one));
    return absl::OkStatus();
  }

  absl::Status TakePriority(const YamlEntry& entry) {
    const absl::StatusOr<std::string> text = TextOf(entry);
    if (!text.ok()) return text.status();
    for (const PriorityWord& one : kPriorityWords) {
      if (one.word == *text) read_.channel_priority = one.priority;
    }
    if (read_.channel_priority) return absl::OkStatus();
    return InvalidInput(
        entry.place,
        Cat("strict, flexible or disabled is wanted as 'channel_priority', found ", Quoted(*text)));
  }

  const std::string_view file_;
  Condarc read_;
  std::optional<ChannelNames::Group> defaults_;
};

}  // namespace

absl::StatusOr<Condarc> ReadCondarc(std::string_view text, std::string_view place) {
  return CondarcReader(place).Run(text);
}

}  // namespace accord::conda
