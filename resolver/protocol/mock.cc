#include "protocol/mock.h"

#include "base/error.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

constexpr std::string_view kHandle = "<handle:";
constexpr const char* kMore = "<more>";

json Parsed(std::string_view text) { return json::parse(text, nullptr, false); }

// The message without its id, which it gives to `id`.
json WithoutId(json message, json& id) {
  if (!message.is_object() || !message.contains("id")) return message;
  id = std::move(message["id"]);
  message.erase("id");
  return message;
}

bool IsLetter(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string Mock::PlaceOf(const TranscriptLine& line) const {
  return Cat(place_, ":", line.number);
}

absl::StatusOr<std::vector<std::string>> Mock::Take(std::string_view frame) {
  if (next_ == lines_.size()) {
    return InvalidInput(place_, Cat("nothing more is awaited, found ", Quoted(frame)));
  }
  const TranscriptLine& line = lines_[next_++];
  json wanted_id;
  json found_id;
  const std::string wanted_text = Filled(line.text);
  const json wanted = WithoutId(Parsed(wanted_text), wanted_id);
  const json found = WithoutId(Parsed(frame), found_id);
  const bool is_it = wanted.is_discarded()
                         ? wanted_text == frame
                         : wanted == found && wanted_id.is_null() == found_id.is_null();
  if (!is_it) {
    return InvalidInput(PlaceOf(line), Cat(wanted_text, " is wanted, found ", frame));
  }
  ids_[wanted_id.dump()] = found_id;
  std::vector<std::string> answers;
  for (; next_ < lines_.size() && lines_[next_].is_answer; ++next_) {
    json answer = MadeUp(Parsed(lines_[next_].text));
    if (!answer.contains("jsonrpc")) answer["jsonrpc"] = "2.0";
    if (answer.contains("id")) {
      TakeBackId(answer);
    } else if (answer.contains("params")) {
      TakeBackId(answer["params"]);
    }
    answers.push_back(answer.dump(-1, ' ', false, json::error_handler_t::replace));
  }
  return answers;
}

absl::Status Mock::Finish() const {
  if (next_ == lines_.size()) return absl::OkStatus();
  return InvalidInput(PlaceOf(lines_[next_]),
                      Cat(lines_[next_].text, " is wanted, found the end of the input"));
}

// `$NAME` of a handle that was given out; another `$` stays.
std::string Mock::Filled(const std::string& text) const {
  std::string filled;
  for (size_t at = 0; at < text.size(); ++at) {
    size_t end = at + 1;
    while (text[at] == '$' && end < text.size() && IsLetter(text[end])) ++end;
    const auto handle = handles_.find(text.substr(at + 1, end - at - 1));
    if (handle == handles_.end()) {
      filled += text[at];
      continue;
    }
    filled += handle->second;
    at = end - 1;
  }
  return filled;
}

// As deep as the transcript's author wrote it.
json Mock::MadeUp(const json& said) {
  if (said.is_string()) return MadeUpText(said.get<std::string>());
  if (!said.is_structured()) return said;
  json made = said.is_array() ? json::array() : json::object();
  for (const auto& [name, value] : said.items()) {
    if (said.is_object()) {
      made[name] = MadeUp(value);
    } else if (value != kMore) {
      made.push_back(MadeUp(value));
    }
  }
  return made;
}

json Mock::MadeUpText(const std::string& text) {
  if (text == "<text>") return "text";
  if (text == "<number>") return 0;
  if (text == "<any>") return nullptr;
  if (text == "<sha256>") return Cat("sha256:", std::string(64, '0'));
  if (!text.starts_with(kHandle) || !text.ends_with('>')) return Filled(text);
  std::string name = text.substr(kHandle.size(), text.size() - kHandle.size() - 1);
  handles_[name] = name;
  return name;
}

void Mock::TakeBackId(json& object) const {
  if (!object.is_object() || !object.contains("id")) return;
  const auto own = ids_.find(object["id"].dump());
  if (own != ids_.end()) object["id"] = own->second;
}

}  // namespace accord::protocol
