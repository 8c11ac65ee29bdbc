// The published schemas that the protocol is made of, byte by byte as they stand in docs/schemas/:
// the program needs no files beside it.
#pragma once

#include <string_view>

namespace accord::protocol {

[[nodiscard]] std::string_view ProtocolSchema();  // accord-protocol-1.schema.json
[[nodiscard]] std::string_view AnswerSchema();    // accord-answer-1.schema.json

}  // namespace accord::protocol
