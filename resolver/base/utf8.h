// Whether bytes are UTF-8. What the characters mean is nobody's matter here.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace accord {

// Bytes of the sequence that begins at text[at], 1 to 4; 0 if none does.
[[nodiscard]] size_t Utf8SequenceBytes(std::string_view text, size_t at);

// The first byte that no sequence begins at or goes on with.
[[nodiscard]] std::optional<size_t> FirstFaultOfUtf8(std::string_view text);

}  // namespace accord
