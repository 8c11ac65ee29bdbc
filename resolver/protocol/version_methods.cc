// version/parse, version/compare, version/match.
#include <compare>
#include <string>

#include "absl/status/statusor.h"
#include "engine/conda_versions.h"
#include "engine/policies.h"
#include "engine/versions.h"
#include "protocol/methods.h"
#include "wire/documents.h"
#include "wire/params.h"

namespace accord::protocol {
namespace {

struct EcosystemWord {
  std::string_view word;
  bool value;
};
constexpr EcosystemWord kIsConda[] = {{"pypi", false}, {"conda", true}};

// The parameters that all three have in common.
class Texts {
 public:
  explicit Texts(const JsonNode& node) : params_(&node, "", status_) {
    params_.ChooseAt("/ecosystem", params_.Text("ecosystem"), kIsConda, is_conda);
    if (is_conda) params_.Word("dialect", conda::kDialectWords, dialect);
  }
  [[nodiscard]] std::string Text(std::string_view name) { return params_.Text(name); }
  [[nodiscard]] const absl::Status& status() const { return status_; }

  bool is_conda = false;
  conda::Dialect dialect = conda::Dialect::kCep;

 private:
  absl::Status status_;
  wire::Params params_;
};

// Which of the two texts is wrong the message says.
Fault Bad(const absl::Status& status, FaultKind kind) {
  Fault fault = FaultOf(status, kind);
  fault.detail = Message(status);
  fault.path.clear();
  return fault;
}

Reply Parse(SessionState&, const JsonNode& params) {
  Texts texts(params);
  const std::string version = texts.Text("version");
  if (!texts.status().ok()) return FaultOf(texts.status(), FaultKind::kInvalidParams);
  const auto told = [&](const auto& parsed) -> Reply {
    if (!parsed.ok()) return Bad(parsed.status(), FaultKind::kBadVersion);
    return wire::VersionDocument(version, *parsed);
  };
  return texts.is_conda ? told(engine::ParseCondaVersion(version))
                        : told(engine::ParseVersion(version));
}

Reply Compare(SessionState&, const JsonNode& params) {
  Texts texts(params);
  const std::string left = texts.Text("left");
  const std::string right = texts.Text("right");
  if (!texts.status().ok()) return FaultOf(texts.status(), FaultKind::kInvalidParams);
  const absl::StatusOr<std::strong_ordering> order = texts.is_conda
                                                         ? engine::CompareCondaVersions(left, right)
                                                         : engine::CompareVersions(left, right);
  if (!order.ok()) return Bad(order.status(), FaultKind::kBadVersion);
  return wire::CompareDocument({.left = left, .right = right, .order = *order});
}

Reply Match(SessionState&, const JsonNode& params) {
  Texts texts(params);
  const std::string version = texts.Text("version");
  const std::string specifiers = texts.Text("specifiers");
  if (!texts.status().ok()) return FaultOf(texts.status(), FaultKind::kInvalidParams);
  const absl::StatusOr<bool> matches =
      texts.is_conda ? engine::MatchCondaVersion(version, specifiers, texts.dialect)
                     : engine::MatchVersion(version, specifiers);
  if (!matches.ok()) return Bad(matches.status(), FaultKind::kBadRequirement);
  return wire::MatchDocument({.version = version, .specifiers = specifiers, .matches = *matches});
}

constexpr Method kVersionMethods[] = {{.name = "version/compare", .now = Compare},
                                      {.name = "version/match", .now = Match},
                                      {.name = "version/parse", .now = Parse}};

}  // namespace

std::span<const Method> VersionMethods() { return kVersionMethods; }

}  // namespace accord::protocol
