// What `accord corpus` says of corpora, as text for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/corpora.h"

namespace accord::cli {

// "out.acx: 3 packages, 17 versions, 4821 bytes, 0.1 s of CPU"
[[nodiscard]] std::string WrittenText(const engine::CorpusDescription& written, int64_t cpu_ms);

[[nodiscard]] std::string DescribedText(const engine::CorpusDescription& description);

// Each package with its versions, those together that need the same.
[[nodiscard]] std::string AskedText(const engine::AskedPackages& asked);

[[nodiscard]] std::string VerifiedText(const engine::CorpusVerification& verification);

// `with`: the other corpus.
[[nodiscard]] std::string ComparedText(const std::vector<engine::CorpusComparison>& comparisons,
                                       const std::string& with);

}  // namespace accord::cli
