#include "metadata/corpus_build.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.h"
#include "metadata/facts_encode.h"

namespace accord::metadata {
namespace {

constexpr size_t kRecordsAtOnce = 4096;
constexpr size_t kTaskRecords = 64;  // of one call of the Executor
// The dictionaries learn from so many records, spread evenly over the corpus.
constexpr size_t kSampleRecords = 16384;

class Build {
 public:
  Build(const RecordSource& records, const Grammar& grammar, const Executor& executor)
      : records_(records), grammar_(grammar), executor_(executor) {}

  struct Compiled {
    EncodedFacts facts;
    absl::Status status;
  };
  // The records at first, first + step, ..., `count` of them.
  std::vector<Compiled> Compile(size_t first, size_t step, size_t count) const {
    std::vector<Compiled> compiled(count);
    executor_.ForEach((count + kTaskRecords - 1) / kTaskRecords, [&](size_t task) {
      const size_t end = std::min(count, (task + 1) * kTaskRecords);
      for (size_t i = task * kTaskRecords; i < end; ++i) {
        const absl::StatusOr<PackageRecord> record = records_.ReadAt(first + i * step);
        compiled[i].status = record.status();
        if (record.ok()) compiled[i].facts = EncodeFacts(*record, grammar_);
      }
    });
    return compiled;
  }

 private:
  const RecordSource& records_;
  const Grammar& grammar_;
  const Executor& executor_;
};

}  // namespace

absl::Status BuildPart(const CorpusHeader& header, const RecordSource& records,
                       const Grammar& grammar, const Executor& executor, const AcxTuning& tuning,
                       const BuildProgress& progress, AcxWriter& writer) {
  const Build build(records, grammar, executor);
  const size_t total = records.package_count();
  const size_t step = std::max<size_t>(1, total / kSampleRecords);
  std::vector<EncodedFacts> samples;
  for (Build::Compiled& one : build.Compile(0, step, total / step)) {
    ACCORD_RETURN_IF_ERROR(one.status);
    samples.push_back(std::move(one.facts));
  }
  ACCORD_RETURN_IF_ERROR(
      writer.BeginPart(header, TrainDictionaries(samples, tuning), tuning.level));
  const auto add = [&](size_t position, const EncodedFacts& facts) {
    return writer.Add(records.NameAt(position), ContentsOf(facts), facts.version_order.size());
  };
  if (step == 1) {  // all are there
    for (size_t i = 0; i < total; ++i) {
      ACCORD_RETURN_IF_ERROR(add(i, samples[i]));
      if (progress && (i + 1) % kRecordsAtOnce == 0) progress(i + 1, total);
    }
    if (progress) progress(total, total);
    return absl::OkStatus();
  }
  samples = {};
  for (size_t first = 0; first < total; first += kRecordsAtOnce) {
    const size_t count = std::min(kRecordsAtOnce, total - first);
    const std::vector<Build::Compiled> compiled = build.Compile(first, 1, count);
    for (size_t i = 0; i < count; ++i) {
      ACCORD_RETURN_IF_ERROR(compiled[i].status);
      ACCORD_RETURN_IF_ERROR(add(first + i, compiled[i].facts));
    }
    if (progress) progress(first + count, total);
  }
  return absl::OkStatus();
}

}  // namespace accord::metadata
