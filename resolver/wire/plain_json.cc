#include "wire/plain_json.h"

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "model/world_reader.h"
#include "wire/fields.h"
#include "wire/params.h"

namespace accord::wire {
namespace {

using nlohmann::json;

WorldReading ProtocolReading() {
  return {.rules = {.ignore_unknown_fields = true}, .pending_candidates = true, .count_of = {}};
}

bool PutsCandidates(const JsonNode& put) {
  return put.Find("candidates") != nullptr || put.Find("unknown") != nullptr ||
         put.Find("nonexistent") != nullptr;
}

class UpdateReader {
 public:
  absl::StatusOr<engine::PlainUpdate> Read(const JsonSpot& params) {
    reader_.EachItem(params, "put", [&](const JsonSpot& put) { ReadPut(put); });
    reader_.EachItem(params, "drop", [&](const JsonSpot& at) { TakeName(at, update_.drop); });
    reader_.EachItem(params, "absent", [&](const JsonSpot& at) { TakeName(at, update_.absent); });
    reader_.EachItem(params, "error", [&](const JsonSpot& at) {
      if (!reader_.Expect(at, JsonNode::Kind::kObject)) return;
      update_.errors.push_back(
          {.package = reader_.TextOf(at, "package"), .reason = reader_.TextOf(at, "reason")});
    });
    reader_.EachItem(params, "groups",
                     [&](const JsonSpot& at) { update_.groups.push_back(reader_.Group(at)); });
    if (!reader_.ok()) return reader_.status();
    return std::move(update_);
  }

 private:
  void ReadPut(const JsonSpot& put) {
    if (!reader_.Expect(put, JsonNode::Kind::kObject)) return;
    const std::string name = reader_.TextOf(put, "package");
    const bool puts_candidates = PutsCandidates(put.node);
    if (puts_candidates) update_.put.push_back(reader_.Package(put, name));
    if (!puts_candidates && put.node.Find("dependencies") == nullptr) {
      reader_.Fail(put, "'candidates' or 'dependencies' expected");
    }
    reader_.EachItem(put, "dependencies", [&](const JsonSpot& at) { ReadNeeds(at, name); });
  }

  void ReadNeeds(const JsonSpot& at, const std::string& package) {
    if (!reader_.Expect(at, JsonNode::Kind::kObject)) return;
    engine::PlainNeeds needs{.package = package};
    if (const JsonNode* candidate = at.node.Find("candidate")) {
      needs.candidate =
          reader_.PositionOf(JsonSpot{*candidate, &at, "candidate"}, std::nullopt, package);
    } else {
      reader_.Fail(at, "'candidate' expected");
    }
    reader_.EachItem(at, "requires", [&](const JsonSpot& one) {
      needs.requirements.push_back(reader_.Requirement(one));
    });
    reader_.EachItem(at, "constrains", [&](const JsonSpot& one) {
      needs.constraints.push_back(reader_.Constraint(one));
    });
    if (at.node.Find("unknown") != nullptr) needs.unknown = reader_.TextOf(at, "unknown");
    if (needs.unknown && !(needs.requirements.empty() && needs.constraints.empty())) {
      reader_.Fail(at, "a candidate whose dependencies are unknown cannot list any");
    }
    update_.needs.push_back(std::move(needs));
  }

  void TakeName(const JsonSpot& at, std::vector<std::string>& names) {
    if (reader_.Expect(at, JsonNode::Kind::kText)) names.push_back(at.node.text);
  }

  WorldReader reader_{ProtocolReading()};
  engine::PlainUpdate update_;
};

// Where the `index`-th of an update's lists stands in the params.
std::string PointerOfPut(const JsonNode& params, size_t index) {
  const JsonNode* const put = params.Find("put");
  for (size_t i = 0; put != nullptr && i < put->items.size(); ++i) {
    if (PutsCandidates(put->items[i]) && index-- == 0) return Cat("/put/", i);
  }
  return "/put";
}

std::string PointerOfNeeds(const JsonNode& params, size_t index) {
  const JsonNode* const put = params.Find("put");
  for (size_t i = 0; put != nullptr && i < put->items.size(); ++i) {
    const JsonNode* const all = put->items[i].Find("dependencies");
    const size_t count = all == nullptr ? 0 : all->items.size();
    if (index < count) return Cat("/put/", i, "/dependencies/", index);
    index -= count;
  }
  return "/put";
}

json SetJson(const SetSpec& set) {
  json object = {{field::kPackage, set.package}};
  if (set.allowed) {
    json& allowed = object["allowed"] = json::array();
    for (const PositionRange range : *set.allowed) {
      allowed.push_back(json::array({range.first, range.last}));
    }
  }
  return object;
}

json ConditionJson(const ConditionSpec& condition) {
  if (condition.kind == Condition::Kind::kHas) return SetJson(condition.has);
  json children = json::array();
  for (const ConditionSpec& child : condition.children) children.push_back(ConditionJson(child));
  return {{condition.kind == Condition::Kind::kAnd ? "and" : "or", std::move(children)}};
}

void AddWhenAndText(const std::optional<ConditionSpec>& when, const std::string& text,
                    json& object) {
  if (when) object["when"] = ConditionJson(*when);
  if (!text.empty()) object[field::kText] = text;
}

json RequirementJson(const RequirementSpec& requirement) {
  json object;
  if (requirement.alternatives.size() == 1) {
    object = SetJson(requirement.alternatives.front());
  } else {
    json& any = object["any"] = json::array();
    for (const SetSpec& set : requirement.alternatives) any.push_back(SetJson(set));
  }
  AddWhenAndText(requirement.when, requirement.text, object);
  return object;
}

json CandidateJson(const CandidateSpec& candidate) {
  json object = {{field::kVersion, candidate.version}};
  if (candidate.pending) object["pending"] = true;
  if (candidate.unknown) object["unknown"] = *candidate.unknown;
  for (const RequirementSpec& one : candidate.requirements) {
    object["requires"].push_back(RequirementJson(one));
  }
  for (const ConstraintSpec& one : candidate.constraints) {
    json constraint = SetJson(one.set);
    AddWhenAndText(one.when, one.text, constraint);
    object["constrains"].push_back(std::move(constraint));
  }
  return object;
}

std::string_view StateWord(Knowledge knowledge) {
  switch (knowledge) {
    case Knowledge::kPending:
      return "unknown";
    case Knowledge::kKnown:
      return "known";
    case Knowledge::kNonexistent:
      return "absent";
    case Knowledge::kUnavailable:
      return "error";
  }
  return "unknown";
}

}  // namespace

absl::StatusOr<engine::PlainUpdate> ReadPlainUpdate(const JsonNode& params) {
  return UpdateReader().Read(JsonSpot{params});
}

absl::Status AtParams(const absl::Status& error, const JsonNode& params) {
  std::string_view message = Message(error);
  const std::pair<std::string_view, std::string (*)(const JsonNode&, size_t)> lists[] = {
      {"/put/", PointerOfPut}, {"/needs/", PointerOfNeeds}};
  for (const auto& [prefix, pointer_of] : lists) {
    size_t index = 0;
    if (!message.starts_with(prefix)) continue;
    const char* const digits = message.data() + prefix.size();
    const auto [end, fault] = std::from_chars(digits, message.data() + message.size(), index);
    if (fault != std::errc()) break;
    return absl::Status(
        error.code(),
        Cat(pointer_of(params, index), message.substr(static_cast<size_t>(end - message.data()))));
  }
  constexpr std::string_view kErrors = "/errors/";
  if (!message.starts_with(kErrors)) return error;
  return absl::Status(error.code(), Cat("/error/", message.substr(kErrors.size())));
}

absl::StatusOr<engine::PlainRequest> ReadPlainRequest(const JsonNode& params,
                                                      bool closed_by_default) {
  WorldReader reader(ProtocolReading());
  const JsonSpot root{params};
  engine::PlainRequest request;
  static_cast<RequestSpec&>(request) = reader.Request(root);
  request.closed =
      params.Find("closed") == nullptr ? closed_by_default : reader.FlagOf(root, "closed");
  if (!reader.ok()) return reader.status();
  return request;
}

absl::StatusOr<std::vector<engine::PlainPin>> ReadPlainPins(const JsonNode& params) {
  absl::Status status;
  Params fields(&params, "", status);
  std::vector<engine::PlainPin> pins;
  if (!fields.Has(field::kSolution)) {
    fields.Refuse("/solution", "a list is wanted, it is not there");
  }
  fields.ForEach(field::kSolution, [&](const JsonNode& node, const std::string& pointer) {
    Params one(&node, pointer, status);
    engine::PlainPin pin{.package = one.Text(field::kPackage),
                         .version = one.Text(field::kVersion)};
    if (const auto candidate = one.Count("candidate")) {
      if (*candidate >= UINT32_MAX) one.Refuse(one.PointerTo("candidate"), "a position is wanted");
      pin.candidate = static_cast<Position>(*candidate);
    }
    pins.push_back(std::move(pin));
  });
  if (!status.ok()) return status;
  return pins;
}

json WantsJson(const std::vector<engine::Wanted>& wants) {
  json all = json::array();
  for (const engine::Wanted& one : wants) {
    json want = {{field::kPackage, one.package}};
    if (!one.candidates.empty()) want["candidates"] = one.candidates;
    if (!one.files.empty()) want[field::kFiles] = one.files;
    all.push_back(std::move(want));
  }
  return all;
}

json StateJson(std::string_view name, Knowledge knowledge, std::string_view reason) {
  json object = {{field::kPackage, name}, {"state", StateWord(knowledge)}};
  if (!reason.empty()) object[field::kReason] = reason;
  return object;
}

json PlainPackageJson(std::string_view name, const engine::PlainPackage* package) {
  json object = StateJson(name, package);
  if (package == nullptr || package->knowledge != Knowledge::kKnown) return object;
  object["coexist"] = package->coexistence == Coexistence::kAny ? "any" : "one";
  if (!package->preference.empty()) object["prefer"] = package->preference;
  json& candidates = object["candidates"] = json::array();
  for (const auto& candidate : package->candidates) {
    candidates.push_back(CandidateJson(*candidate));
  }
  return object;
}

}  // namespace accord::wire
