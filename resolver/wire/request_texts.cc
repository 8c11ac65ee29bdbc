#include "wire/request_texts.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "wire/fields.h"
#include "wire/when.h"

namespace accord::wire {
namespace {

std::string ReadInstant(Params& params, const std::string& pointer, std::string_view text,
                        int64_t now_unix_s) {
  absl::StatusOr<std::string> instant = ReadWhen(pointer, text, now_unix_s);
  if (instant.ok()) return *std::move(instant);
  params.Refuse(instant.status());
  return {};
}

}  // namespace

std::vector<PlacedText> PlacedTexts(Params& params, std::string_view name) {
  std::vector<PlacedText> texts;
  absl::Status status;
  params.ForEach(name, [&](const JsonNode& item, const std::string& pointer) {
    if (item.kind != JsonNode::Kind::kObject) {
      texts.push_back({.text = params.TextAt(item, pointer), .place = pointer});
      return;
    }
    Params one(&item, pointer, status);
    texts.push_back({.text = one.Text(field::kText), .place = one.TextOr(field::kPlace, pointer)});
  });
  params.Refuse(status);
  return texts;
}

std::string InstantIn(Params& params, std::string_view name, int64_t now_unix_s) {
  const std::string text = params.TextOr(name);
  return text.empty() ? text : ReadInstant(params, params.PointerTo(name), text, now_unix_s);
}

std::vector<InstantOfName> InstantsIn(Params& params, std::string_view name, int64_t now_unix_s) {
  std::vector<InstantOfName> all;
  params.ForMembers(
      name, [&](const std::string& of, const JsonNode& value, const std::string& pointer) {
        std::string instant;
        if (value.kind != JsonNode::Kind::kNull) {
          instant = ReadInstant(params, pointer, params.TextAt(value, pointer), now_unix_s);
        }
        all.push_back({.name = of, .instant = std::move(instant)});
      });
  return all;
}

}  // namespace accord::wire
