#include "wire/transaction_json.h"

#include <array>
#include <string_view>
#include <utility>

#include "wire/fields.h"

namespace accord::wire {

using nlohmann::json;

std::string_view Word(engine::StepKind kind) {
  constexpr std::array kWords = {"install", "remove", "upgrade", "downgrade", "change"};
  static_assert(kWords.size() == static_cast<size_t>(engine::StepKind::kChange) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

namespace {

json ToJson(const engine::StepRecord& record) {
  json one = {{field::kVersion, record.version}, {field::kSubdir, record.subdir}};
  if (!record.build.empty()) one[field::kBuild] = record.build;
  if (!record.channel.empty()) one[field::kChannel] = record.channel;
  return one;
}

}  // namespace

void AddTransaction(const engine::Transaction& transaction, json& document) {
  json& steps = document[field::kTransaction] = json::array();
  for (const engine::TransactionStep& step : transaction.steps) {
    json one = {{field::kAction, Word(step.kind)},
                {field::kPackage, step.name},
                {field::kReason, step.reason}};
    if (step.from) one[field::kFrom] = ToJson(*step.from);
    if (step.to) one[field::kTo] = ToJson(*step.to);
    steps.push_back(std::move(one));
  }
  document[field::kUnlinkOrder] = transaction.unlink_order;
  document[field::kLinkOrder] = transaction.link_order;
}

}  // namespace accord::wire
