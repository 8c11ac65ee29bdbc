#include "protocol/told_facts.h"

#include <utility>
#include <vector>

#include "engine/pypi_source.h"
#include "wire/conda_update.h"
#include "wire/plain_json.h"
#include "wire/pypi_facts_json.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

// ---- One part for each kind of facts.

absl::StatusOr<Facts> UpdatedFrom(const SharedPlainFacts& facts, const JsonNode& params,
                                  const Limits& limits) {
  absl::StatusOr<engine::PlainUpdate> update = wire::ReadPlainUpdate(params);
  if (!update.ok()) return update.status();
  absl::StatusOr<SharedPlainFacts> after = engine::Apply(*facts, *std::move(update), limits.plain);
  if (!after.ok()) return wire::AtParams(after.status(), params);
  return *std::move(after);
}

absl::StatusOr<Facts> UpdatedFrom(const SharedPypiFacts& facts, const JsonNode& params,
                                  const Limits& limits) {
  absl::StatusOr<engine::PypiUpdate> update = wire::ReadPypiUpdate(params);
  if (!update.ok()) return update.status();
  absl::StatusOr<SharedPypiFacts> after = engine::Apply(*facts, *std::move(update), limits.pypi);
  if (!after.ok()) return after.status();
  return *std::move(after);
}

absl::StatusOr<Facts> UpdatedFrom(const SharedCondaFacts& facts, const JsonNode& params,
                                  const Limits& limits) {
  const absl::StatusOr<engine::CondaUpdate> update = wire::ReadCondaUpdate(params);
  if (!update.ok()) return update.status();
  absl::StatusOr<SharedCondaFacts> after = engine::Apply(*facts, *update, limits.conda);
  if (!after.ok()) return after.status();
  return *std::move(after);
}

SharedSource AsSource(const SharedPypiFacts& facts) {
  if (facts->package_count() == 0) return nullptr;
  return std::make_shared<const engine::PypiSource>(facts);
}
SharedSource AsSource(const SharedPlainFacts&) { return nullptr; }
// Its channels are several.
SharedSource AsSource(const SharedCondaFacts&) { return nullptr; }

json JsonOf(const SharedPlainFacts& facts, const std::string& package) {
  return wire::PlainPackageJson(package, facts->Find(package));
}
json JsonOf(const SharedPypiFacts& facts, const std::string& package) {
  return wire::PypiPackageJson(package, *facts);
}
json JsonOf(const SharedCondaFacts& facts, const std::string& package) {
  return wire::CondaPackageJson(package, *facts);
}

}  // namespace

absl::StatusOr<Facts> NoFacts(std::string_view ecosystem, const JsonNode& params) {
  if (ecosystem == "plain") return engine::PlainFacts::None();
  if (ecosystem == "pypi") return engine::PypiFacts::None();
  absl::StatusOr<std::vector<std::string>> channels = wire::ReadCondaChannels(params);
  if (!channels.ok()) return channels.status();
  return engine::CondaFacts::None(*std::move(channels));
}

absl::StatusOr<Facts> Updated(const Facts& facts, const JsonNode& params, const Limits& limits) {
  return std::visit([&](const auto& of) { return UpdatedFrom(of, params, limits); }, facts);
}

SharedSource SourceOf(const Facts& facts) {
  return std::visit([](const auto& of) { return AsSource(of); }, facts);
}

json PackageJson(const Facts& facts, const std::string& package) {
  return std::visit([&](const auto& of) { return JsonOf(of, package); }, facts);
}

}  // namespace accord::protocol
