#include "wire/pins.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"
#include "model/strict_json.h"
#include "wire/fields.h"

namespace accord::wire {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

absl::StatusOr<check::PypiPin> ReadLine(std::string_view line, std::string_view place) {
  const auto fail = [&] {
    return InvalidInput(place, Cat("name==version is wanted, found ", Quoted(line)));
  };
  const size_t equals = line.find("==");
  if (equals == std::string_view::npos) return fail();
  std::string_view name = Trimmed(line.substr(0, equals));
  const std::string_view version = Trimmed(line.substr(equals + 2));
  // Tools write the extras that were asked for there, not all that are active.
  if (const size_t bracket = name.find('['); bracket != std::string_view::npos) {
    if (!name.ends_with(']')) return fail();
    name = Trimmed(name.substr(0, bracket));
  }
  const bool is_odd = version.find_first_of("=,; \\") != std::string_view::npos;
  if (name.empty() || version.empty() || is_odd) return fail();
  return check::PypiPin{.name = std::string(name), .version = std::string(version)};
}

// Without the part that holds hashes or says that they stand on the next line.
std::string_view WithoutHashes(std::string_view line) {
  line = Trimmed(line.substr(0, line.find("--hash=")));
  if (line.ends_with('\\')) line.remove_suffix(1);
  return Trimmed(line);
}

absl::StatusOr<std::vector<check::PypiPin>> ReadLines(std::string_view text,
                                                      std::string_view place) {
  std::vector<check::PypiPin> pins;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view whole = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view line = WithoutHashes(Trimmed(whole.substr(0, whole.find('#'))));
    if (line.empty()) continue;
    if (pins.size() == kPinsMax) return LimitReached(place, Cat("more than ", kPinsMax, " pins"));
    absl::StatusOr<check::PypiPin> pin = ReadLine(line, Cat(place, ":", number));
    if (!pin.ok()) return pin.status();
    pins.push_back(*std::move(pin));
  }
  return pins;
}

// The text member of an object; nothing if it has none.
const std::string* TextOf(const JsonNode& node, const char* key) {
  const JsonNode* found = node.kind == JsonNode::Kind::kObject ? node.Find(key) : nullptr;
  return found != nullptr && found->kind == JsonNode::Kind::kText ? &found->text : nullptr;
}

// Those that fit, best first.
absl::Status ReadFiles(const JsonNode& entry, std::string_view place, check::PypiPin& pin) {
  const JsonNode* files = entry.Find(field::kFiles);
  if (files == nullptr) return absl::OkStatus();
  pin.files.emplace();
  for (const JsonNode& file : files->items) {
    const std::string* name = TextOf(file, field::kName);
    if (name == nullptr) {
      return InvalidInput(place, "the text 'name' is wanted of each file, one has none");
    }
    const JsonNode* fits = file.Find(field::kFits);
    if (fits != nullptr && fits->kind == JsonNode::Kind::kBool && fits->boolean) {
      pin.files->push_back(*name);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<check::PypiPin> ReadEntry(const JsonNode& entry, std::string_view place) {
  const std::string* name = TextOf(entry, field::kPackage);
  const std::string* version = TextOf(entry, field::kVersion);
  if (name == nullptr || version == nullptr) {
    return InvalidInput(place, "the texts 'package' and 'version' are wanted, one is missing");
  }
  check::PypiPin pin{.name = *name, .version = *version};
  if (const std::string* index = TextOf(entry, field::kIndex)) pin.index = *index;
  if (const std::string* url = TextOf(entry, field::kUrl)) pin.url = *url;
  ACCORD_RETURN_IF_ERROR(ReadFiles(entry, place, pin));
  const JsonNode* extras = entry.Find(field::kExtras);
  if (extras == nullptr) return pin;
  if (extras->kind != JsonNode::Kind::kArray) {
    return InvalidInput(place, "'extras' are a list of texts, found something else");
  }
  pin.extras.emplace();
  for (const JsonNode& extra : extras->items) {
    if (extra.kind != JsonNode::Kind::kText) {
      return InvalidInput(place, "'extras' are texts, found something else");
    }
    pin.extras->push_back(extra.text);
  }
  return pin;
}

absl::StatusOr<std::vector<check::PypiPin>> ReadDocument(std::string_view text,
                                                         std::string_view place) {
  const absl::StatusOr<JsonNode> document =
      ParseStrictJson(text, place, {.bytes_max = kAnswerBytesMax, .depth_max = 64});
  if (!document.ok()) return document.status();
  return PinsOf(*document, Cat(place, ": "));
}

}  // namespace

absl::StatusOr<std::vector<check::PypiPin>> PinsOf(const JsonNode& document,
                                                   std::string_view before) {
  const JsonNode* solution = document.Find(field::kSolution);
  if (solution == nullptr || solution->kind != JsonNode::Kind::kArray) {
    return InvalidInput(Cat(before, "/solution"), "a list is wanted, there is none");
  }
  std::vector<check::PypiPin> pins;
  for (size_t i = 0; i < solution->items.size(); ++i) {
    absl::StatusOr<check::PypiPin> pin =
        ReadEntry(solution->items[i], Cat(before, "/solution/", i));
    if (!pin.ok()) return pin.status();
    pins.push_back(*std::move(pin));
  }
  return pins;
}

absl::StatusOr<std::vector<check::PypiPin>> ReadPins(std::string_view text,
                                                     std::string_view place) {
  if (text.size() > kAnswerBytesMax) {
    return LimitReached(place, Cat("more than ", kAnswerBytesMax, " bytes"));
  }
  const size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_document = first != std::string_view::npos && text[first] == '{';
  return is_document ? ReadDocument(text, place) : ReadLines(text, place);
}

}  // namespace accord::wire
