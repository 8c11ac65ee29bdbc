#include "ecosystem/conda/inputs/yaml_text.h"

#include <yaml-cpp/depthguard.h>

#include <exception>
#include <set>
#include <utility>

#include "base/error.h"

namespace accord::conda {
namespace {

absl::Status WrongKind(std::string_view place, std::string_view wish, std::string_view key,
                       const YAML::Node& node) {
  return InvalidInput(place, Cat(wish, " is wanted as ", Quoted(key), ", found ", KindOf(node)));
}

// yaml-cpp throws, and must not throw across the folder.
absl::StatusOr<std::vector<YAML::Node>> LoadDocuments(std::string_view text,
                                                      std::string_view place) {
  try {
    return YAML::LoadAll(std::string(text));
  } catch (const YAML::DeepRecursion& error) {
    return LimitReached(Cat(place, ":", error.mark.line + 1),
                        Cat("values stand in each other at most ", error.depth(), " deep"));
  } catch (const YAML::Exception& error) {
    return InvalidInput(
        error.mark.is_null() ? std::string(place) : Cat(place, ":", error.mark.line + 1),
        Cat("YAML is wanted, found: ", Quoted(error.msg)));
  } catch (const std::exception& error) {
    return InvalidInput(place, Cat("YAML is wanted, found: ", Quoted(error.what())));
  }
}

}  // namespace

std::string_view KindOf(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  if (node.IsSequence()) return "a list";
  return node.IsScalar() ? "a text" : "nothing";
}

std::string PlaceOf(std::string_view file, const YAML::Node& node) {
  const YAML::Mark mark = node.Mark();
  return mark.is_null() ? std::string(file) : Cat(file, ":", mark.line + 1);
}

absl::StatusOr<std::vector<YamlEntry>> EntriesOf(const YAML::Node& map, std::string_view file) {
  std::vector<YamlEntry> entries;
  std::set<std::string_view> seen;
  for (const auto& pair : map) {
    std::string place = PlaceOf(file, pair.first);
    if (!pair.first.IsScalar()) {
      return InvalidInput(place, Cat("a text is wanted as a key, found ", KindOf(pair.first)));
    }
    // The document keeps the key's text where it is.
    if (!seen.insert(pair.first.Scalar()).second) {
      return InvalidInput(
          place, Cat("a key is wanted once, found ", Quoted(pair.first.Scalar()), " again"));
    }
    entries.push_back({pair.first.Scalar(), pair.second, std::move(place)});
  }
  return entries;
}

absl::StatusOr<std::vector<YamlEntry>> ReadYaml(std::string_view text, std::string_view place) {
  if (text.size() > kYamlBytesMax) {
    return LimitReached(place,
                        Cat("at most ", kYamlBytesMax, " bytes are read, it has ", text.size()));
  }
  const absl::StatusOr<std::vector<YAML::Node>> documents = LoadDocuments(text, place);
  if (!documents.ok()) return documents.status();
  if (documents->empty() || (documents->size() == 1 && documents->front().IsNull())) {
    return std::vector<YamlEntry>();
  }
  if (documents->size() > 1) {
    return InvalidInput(PlaceOf(place, documents->at(1)),
                        "one YAML document is wanted, this is a second one");
  }
  const YAML::Node& document = documents->front();
  if (!document.IsMap()) {
    return InvalidInput(PlaceOf(place, document),
                        Cat("keys with values are wanted, found ", KindOf(document)));
  }
  return EntriesOf(document, place);
}

absl::StatusOr<std::string> TextOf(const YamlEntry& entry) {
  if (entry.value.IsNull()) return std::string();
  if (entry.value.IsScalar()) return entry.value.Scalar();
  return WrongKind(entry.place, "a text", entry.key, entry.value);
}

absl::StatusOr<std::vector<PlacedText>> TextsOf(const YamlEntry& entry, std::string_view file) {
  std::vector<PlacedText> texts;
  if (entry.value.IsNull()) return texts;
  if (!entry.value.IsSequence()) {
    return WrongKind(entry.place, "a list of texts", entry.key, entry.value);
  }
  for (const YAML::Node& item : entry.value) {
    std::string place = PlaceOf(file, item);
    if (!item.IsScalar()) return WrongKind(place, "a list of texts", entry.key, item);
    texts.push_back({item.Scalar(), std::move(place)});
  }
  return texts;
}

}  // namespace accord::conda
