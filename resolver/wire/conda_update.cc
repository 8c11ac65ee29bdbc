#include "wire/conda_update.h"

#include <algorithm>
#include <utility>

#include "wire/fields.h"
#include "wire/params.h"
#include "wire/plain_json.h"

namespace accord::wire {
namespace {

// Of a record the fields that say where it is from; the rest is the engine's to read.
conda::NamedRecord ReadRecord(const JsonNode& node, const std::string& pointer,
                              absl::Status& status) {
  Params record(&node, pointer, status);
  return {.channel = record.TextOr(field::kChannel),
          .subdir = record.Text(field::kSubdir),
          .file = record.Text("fn"),
          .json = JsonText(node)};
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadCondaChannels(const JsonNode& node) {
  absl::Status status;
  Params params(&node, "", status);
  if (!params.Has("channels")) return std::vector<std::string>{""};
  std::vector<std::string> channels = params.Texts("channels");
  if (channels.empty()) params.Refuse("/channels", "one channel at least is wanted, found none");
  if (channels.size() > kCondaChannelsMax) {
    params.Refuse(LimitReached("/channels", Cat("more than ", kCondaChannelsMax, " channels")));
    channels.clear();
  }
  for (auto one = channels.begin(); one != channels.end(); ++one) {
    if (std::find(channels.begin(), one, *one) == one) continue;
    params.Refuse(Cat("/channels/", one - channels.begin()), Cat(Quoted(*one), " stands twice"));
  }
  if (!status.ok()) return status;
  return channels;
}

absl::StatusOr<engine::CondaUpdate> ReadCondaUpdate(const JsonNode& node) {
  absl::Status status;
  Params params(&node, "", status);
  engine::CondaUpdate update;
  params.ForEach("put", [&](const JsonNode& item, const std::string& pointer) {
    Params put(&item, pointer, status);
    engine::CondaPut& one = update.put.emplace_back();
    one.package = put.Text(field::kPackage);
    if (!put.Has("records"))
      put.Refuse(put.PointerTo("records"), "a list is wanted, it is not there");
    put.ForEach("records", [&](const JsonNode& record, const std::string& at) {
      if (status.ok()) one.records.push_back(ReadRecord(record, at, status));
    });
  });
  update.drop = params.Texts("drop");
  update.absent = params.Texts("absent");
  params.ForEach("error", [&](const JsonNode& item, const std::string& pointer) {
    Params error(&item, pointer, status);
    update.error.push_back(
        {.package = error.Text(field::kPackage), .reason = error.Text(field::kReason)});
  });
  if (!status.ok()) return status;
  return update;
}

nlohmann::json CondaPackageJson(std::string_view name, const engine::CondaFacts& facts) {
  const engine::CondaPackage* const package = facts.Find(name);
  nlohmann::json object = StateJson(name, package);
  if (package == nullptr || package->knowledge != Knowledge::kKnown) return object;
  nlohmann::json& candidates = object["candidates"] = nlohmann::json::array();
  for (size_t channel = 0; channel < package->channels.size(); ++channel) {
    if (package->channels[channel] == nullptr) continue;
    const metadata::PackageFacts& records = package->channels[channel]->facts();
    for (uint32_t i = 0; i < records.version_count(); ++i) {
      candidates.push_back({{field::kVersion, records.version(i)},
                            {field::kBuild, records.attribute("build")[i]},
                            {field::kChannel, facts.channels()[channel]},
                            {field::kSubdir, records.attribute("subdir")[i]}});
    }
  }
  return object;
}

}  // namespace accord::wire
