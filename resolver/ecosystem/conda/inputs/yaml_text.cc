#include "ecosystem/conda/inputs/yaml_text.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>

#include <exception>
#include <set>
#include <sstream>
#include <utility>

#include "base/error.h"

namespace accord::conda {
namespace {

absl::Status WrongKind(std::string_view place, std::string_view wish, std::string_view key,
                       const YAML::Node& node) {
  return InvalidInput(place, Cat(wish, " is wanted as ", Quoted(key), ", found ", KindOf(node)));
}

// Passes over a document, and keeps where it begins.
class DocumentMark final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override { mark_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

  [[nodiscard]] const YAML::Mark& mark() const { return mark_; }

 private:
  YAML::Mark mark_;
};

// yaml-cpp reads no further than the first document, and of all of them has no end: it makes empty
// ones of tokens that it does not expect. Hence the second one is looked for first.
absl::StatusOr<YAML::Node> LoadOnly(const std::string& text, std::string_view place) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentMark document;
    if (parser.HandleNextDocument(document) && parser.HandleNextDocument(document)) {
      return InvalidInput(Cat(place, ":", document.mark().line + 1),
                          "one YAML document is wanted, here a second one begins");
    }
    return YAML::Load(text);
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
  const absl::StatusOr<YAML::Node> document = LoadOnly(std::string(text), place);
  if (!document.ok()) return document.status();
  if (document->IsNull()) return std::vector<YamlEntry>();
  if (!document->IsMap()) {
    return InvalidInput(PlaceOf(place, *document),
                        Cat("keys with values are wanted, found ", KindOf(*document)));
  }
  return EntriesOf(*document, place);
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
