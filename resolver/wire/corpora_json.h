// The JSON documents of `accord corpus` (docs/schemas/accord-corpora-1.schema.json).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/corpora.h"

namespace accord::wire {

// schemaVersion, path, form, formatVersion (null: has none), bytes (null: a folder),
// parts[{ecosystem, complete, source, recorded, packages, versions (null: not counted),
// tables[{name, blocks, storedBytes, rawBytes, indexBytes, dictionaryBytes}]}]
[[nodiscard]] nlohmann::json CorpusDocument(const engine::CorpusDescription& corpus);
// The same and cpuMs: of a corpus that was written.
[[nodiscard]] nlohmann::json WrittenCorpusDocument(const engine::CorpusDescription& corpus,
                                                   int64_t cpu_ms);

struct ComparedCorpus {
  std::string with;
  std::vector<engine::CorpusComparison> comparisons;
};
// schemaVersion, path, valid, faults[{ecosystem, table, block, from, before, text}], counts{blocks,
// packages, versions, files}, compared (null: not asked, or damaged) {with, same,
// ecosystems[{ecosystem, packages, differenceCount, differences[{kind, package, version, text}]}]}
[[nodiscard]] nlohmann::json VerifiedCorpusDocument(const engine::CorpusVerification& verification,
                                                    const std::optional<ComparedCorpus>& compared);

// schemaVersion, path, packages, versions, absent[name]
[[nodiscard]] nlohmann::json ExportedCorpusDocument(const engine::ExportedCorpus& exported,
                                                    const std::string& path);

}  // namespace accord::wire
