// Compiles records into a part of a compiled corpus: reads, compiles and compresses on the
// Executor, a few thousand records at a time, so that memory does not grow with the corpus.
#pragma once

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "base/executor.h"
#include "metadata/acx_writer.h"
#include "metadata/corpus_header.h"
#include "metadata/grammar.h"
#include "metadata/record_source.h"

namespace accord::metadata {

// Called now and then, from the calling thread, with how many records are done.
using BuildProgress = std::function<void(size_t done, size_t of)>;

// Adds the records as a part of its own. Equal records give equal bytes, for any number of threads.
// Errors: the first record's that cannot be read, with its place; Missing if the file cannot be
// written.
[[nodiscard]] absl::Status BuildPart(const CorpusHeader& header, const RecordSource& records,
                                     const Grammar& grammar, const Executor& executor,
                                     const AcxTuning& tuning, const BuildProgress& progress,
                                     AcxWriter& writer);

}  // namespace accord::metadata
