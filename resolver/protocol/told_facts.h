// Facts that clients put into universes, whatever the ecosystem: an ecosystem that takes facts has
// its snapshot among `Facts`, and a part in each of the functions below; what its requests do with
// them is open_request.h.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "engine/plain_facts.h"
#include "engine/pypi_facts.h"
#include "engine/sources.h"
#include "model/strict_json.h"
#include "protocol/limits.h"

namespace accord::protocol {

using SharedSource = std::shared_ptr<const metadata::Source>;
using SharedPlainFacts = std::shared_ptr<const engine::PlainFacts>;
using SharedPypiFacts = std::shared_ptr<const engine::PypiFacts>;

// Of one universe at one revision; never a null pointer. Monostate: it takes no facts. Any thread.
using Facts = std::variant<std::monostate, SharedPlainFacts, SharedPypiFacts>;

inline constexpr std::string_view kTakeFacts = "plain or pypi";
[[nodiscard]] inline bool TakesFacts(const Facts& facts) { return facts.index() != 0; }

// Nobody has spoken yet.
[[nodiscard]] Facts NoFacts(std::string_view ecosystem);

// With the params of an `universe/update`: all of it, or an error at its JSON Pointer.
[[nodiscard]] absl::StatusOr<Facts> Updated(const Facts& facts, const JsonNode& params,
                                            const Limits& limits);

// What is known, as a source of requests that read sources; null: they read none, or nothing is.
[[nodiscard]] SharedSource SourceOf(const Facts& facts);

// What `universe/query` answers.
[[nodiscard]] nlohmann::json PackageJson(const Facts& facts, const std::string& package);

}  // namespace accord::protocol
