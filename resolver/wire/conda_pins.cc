#include "wire/conda_pins.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "engine/conda.h"
#include "model/strict_json.h"
#include "wire/fields.h"
#include "wire/params.h"
#include "wire/pins.h"

namespace accord::wire {
namespace {

std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// "https://host.example/main/linux-64/lib-1-0.conda"
std::optional<check::CondaPin> PinOfAddress(std::string_view address) {
  const size_t slash = address.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view fn = address.substr(slash + 1);
  std::optional<conda::PackageFile> parts = conda::SplitPackageFile(fn);
  if (!parts) return std::nullopt;
  const std::string_view folder = address.substr(0, slash);
  const size_t before = folder.rfind('/');
  return check::CondaPin{.name = std::move(parts->name),
                         .version = std::move(parts->version),
                         .build = std::move(parts->build),
                         .channel = {},
                         .subdir = std::string(folder.substr(before + 1)),
                         .fn = std::string(fn)};
}

std::optional<check::CondaPin> PinOfLine(std::string_view line) {
  if (std::optional<check::CondaPin> pin = PinOfAddress(line)) return pin;
  const size_t first = line.find('=');
  if (first == 0 || first == std::string_view::npos) return std::nullopt;
  const size_t second = std::min(line.find('=', first + 1), line.size());
  const std::string_view version = line.substr(first + 1, second - first - 1);
  if (version.empty() || line.find_first_of(" \t<>!~|,") != std::string_view::npos) {
    return std::nullopt;
  }
  check::CondaPin pin{.name = std::string(line.substr(0, first)), .version = std::string(version)};
  if (second < line.size()) pin.build = std::string(line.substr(second + 1));
  return pin;
}

absl::StatusOr<std::vector<check::CondaPin>> PinsOfLines(std::string_view text,
                                                         std::string_view place) {
  std::vector<check::CondaPin> pins;
  bool in_channels = false;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = WithoutBlanks(text.substr(0, std::min(end, text.find('#'))));
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool is_item = line.starts_with("- ");
    if (line == "channels:") in_channels = true;
    if (in_channels && (is_item || line == "channels:")) continue;
    in_channels = in_channels && line.empty();
    if (is_item) line = WithoutBlanks(line.substr(2));
    if (line.empty() || line == "@EXPLICIT" || line == "dependencies:") continue;
    if (pins.size() == kPinsMax) return LimitReached(place, Cat("more than ", kPinsMax, " pins"));
    std::optional<check::CondaPin> pin = PinOfLine(line);
    if (!pin) {
      return InvalidInput(Cat(place, ":", number),
                          Cat("name=version=build or the address of a package's file is wanted, "
                              "found ",
                              Quoted(line)));
    }
    pins.push_back(*std::move(pin));
  }
  return pins;
}

absl::StatusOr<std::vector<check::CondaPin>> PinsOfDocument(std::string_view text,
                                                            std::string_view place) {
  const absl::StatusOr<JsonNode> document =
      ParseStrictJson(text, place, {.bytes_max = kAnswerBytesMax, .depth_max = 64});
  if (!document.ok()) return document.status();
  return CondaPinsOf(*document, Cat(place, ": "));
}

}  // namespace

absl::StatusOr<std::vector<check::CondaPin>> CondaPinsOf(const JsonNode& document,
                                                         std::string_view before) {
  const JsonNode* solution = document.Find(field::kSolution);
  if (solution == nullptr || solution->kind != JsonNode::Kind::kArray) {
    return InvalidInput(Cat(before, "/solution"), "a list is wanted, there is none");
  }
  std::vector<check::CondaPin> pins;
  absl::Status status;
  for (size_t i = 0; i < solution->items.size() && status.ok(); ++i) {
    const std::string pointer = Cat(before, "/solution/", i);
    Params entry(&solution->items[i], pointer, status);
    check::CondaPin pin{.name = entry.TextOr(field::kPackage),
                        .version = entry.TextOr(field::kVersion),
                        .build = entry.TextOr(field::kBuild),
                        .channel = entry.TextOr(field::kChannel),
                        .subdir = entry.TextOr(field::kSubdir)};
    entry.ForEach(field::kFiles, [&](const JsonNode& item, const std::string& at) {
      if (!pin.fn.empty()) return;  // the first one is what was chosen
      Params file(&item, at, status);
      pin.fn = file.TextOr(field::kName);
      pin.sha256 = file.TextOr(field::kSha256);
      pin.md5 = file.TextOr(field::kMd5);
    });
    if (pin.name.empty() || pin.version.empty()) {
      entry.Refuse(pointer, "the texts 'package' and 'version' are wanted, one is missing");
    }
    pins.push_back(std::move(pin));
  }
  if (!status.ok()) return status;
  return pins;
}

absl::StatusOr<std::vector<check::CondaPin>> ReadCondaPins(std::string_view text,
                                                           std::string_view place) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  const bool is_document = begin != std::string_view::npos && text[begin] == '{';
  return is_document ? PinsOfDocument(text, place) : PinsOfLines(text, place);
}

}  // namespace accord::wire
