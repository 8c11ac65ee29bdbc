#include "wire/documents.h"

#include "base/error.h"
#include "wire/fields.h"

namespace accord::wire {

using nlohmann::json;

namespace {

json Begin() { return {{field::kSchemaVersion, kSchemaVersion}}; }

json PartOrNull(const std::string& part) { return part.empty() ? json(nullptr) : json(part); }

}  // namespace

json NotesJson(const std::vector<InputNote>& notes) {
  json all = json::array();
  for (const InputNote& note : notes) {
    all.push_back({{field::kPlace, note.place}, {field::kText, note.text}});
  }
  return all;
}

json VerifyDocument(const check::CheckReport& report, const std::vector<InputNote>& notes) {
  json document = Begin();
  document[field::kValid] = report.accepted();
  json& violations = document[field::kViolations] = json::array();
  for (const check::Violation& one : report.violations) {
    violations.push_back({{field::kKind, check::KindWord(one.kind)},
                          {field::kWhere, one.where},
                          {field::kWish, one.wish},
                          {field::kFact, one.fact}});
  }
  document[field::kNotes] = NotesJson(notes);
  document[field::kStats] = {{field::kCounters,
                              {{"checkPins", report.cost.pins},
                               {"checkTexts", report.cost.texts},
                               {"checkMarkers", report.cost.markers},
                               {"checkMatches", report.cost.matches}}}};
  return document;
}

json VersionDocument(std::string_view version, const engine::VersionAnswer& parsed) {
  json document = Begin();
  document[field::kVersion] = version;
  document["normal"] = parsed.normal;
  document["canonical"] = parsed.canonical;
  document["epoch"] = parsed.epoch;
  document["release"] = parsed.release;
  document["pre"] = PartOrNull(parsed.pre);
  document["post"] = PartOrNull(parsed.post);
  document["dev"] = PartOrNull(parsed.dev);
  document["local"] = PartOrNull(parsed.local);
  document["isPrerelease"] = parsed.is_prerelease;
  return document;
}

json VersionDocument(std::string_view version, const engine::CondaVersionAnswer& parsed) {
  json document = Begin();
  document[field::kVersion] = version;
  document["normal"] = parsed.normal;
  document["epoch"] = parsed.parts.epoch;
  document["segments"] = parsed.parts.main;
  document["local"] = parsed.parts.local.empty() ? json(nullptr) : json(parsed.parts.local);
  return document;
}

std::string_view OrderWord(std::strong_ordering order) {
  if (std::is_lt(order)) return "less";
  return std::is_gt(order) ? "greater" : "equal";
}

json CompareDocument(const Compared& compared) {
  json document = Begin();
  document["left"] = compared.left;
  document["right"] = compared.right;
  document["order"] = OrderWord(compared.order);
  return document;
}

json MatchDocument(const Matched& matched) {
  json document = Begin();
  document[field::kVersion] = matched.version;
  document["specifiers"] = matched.specifiers;
  document["matches"] = matched.matches;
  return document;
}

std::string_view ErrorKind(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return "badInput";
    case absl::StatusCode::kNotFound:
      return "metadataUnavailable";
    case absl::StatusCode::kResourceExhausted:
      return "limitExceeded";
    case absl::StatusCode::kCancelled:
      return "cancelled";
    default:
      return "internal";
  }
}

json ErrorDocument(const absl::Status& status) {
  const std::string_view message = Message(status);
  const size_t colon = message.find(": ");
  const bool placed = colon != std::string_view::npos;
  json document = Begin();
  document[field::kError] = {
      {field::kKind, ErrorKind(status.code())},
      {field::kPlace, placed ? message.substr(0, colon) : std::string_view()},
      {field::kDetail, placed ? message.substr(colon + 2) : message}};
  return document;
}

std::string Write(const json& document) {
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace accord::wire
