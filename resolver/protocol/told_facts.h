// Facts that clients put into universes, whatever the ecosystem: each has its snapshot among
// `Facts`, and a part in each of the functions below; what its requests do with them is
// open_request.h.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "engine/conda_facts.h"
#include "engine/plain_facts.h"
#include "engine/pypi_facts.h"
#include "engine/sources.h"
#include "model/strict_json.h"
#include "protocol/limits.h"

namespace accord::protocol {

using SharedSource = std::shared_ptr<const metadata::Source>;
using SharedPlainFacts = std::shared_ptr<const engine::PlainFacts>;
using SharedPypiFacts = std::shared_ptr<const engine::PypiFacts>;

using SharedCondaFacts = std::shared_ptr<const engine::CondaFacts>;

// Of one universe at one revision; never a null pointer. Any thread.
using Facts = std::variant<SharedPlainFacts, SharedPypiFacts, SharedCondaFacts>;

// Nobody has spoken yet. `params`: of the `universe/open`. Errors: at the JSON Pointer.
[[nodiscard]] absl::StatusOr<Facts> NoFacts(std::string_view ecosystem, const JsonNode& params);

// With the params of an `universe/update`: all of it, or an error at its JSON Pointer.
[[nodiscard]] absl::StatusOr<Facts> Updated(const Facts& facts, const JsonNode& params,
                                            const Limits& limits);

// What is known, as a source beside corpora; null: facts are no source, or nothing is known.
[[nodiscard]] SharedSource SourceOf(const Facts& facts);

// What `universe/query` answers.
[[nodiscard]] nlohmann::json PackageJson(const Facts& facts, const std::string& package);

}  // namespace accord::protocol
