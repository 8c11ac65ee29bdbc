// See corpora.h: building, merging and writing out.
#include <algorithm>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/executor.h"
#include "engine/corpora.h"
#include "engine/grammars.h"
#include "engine/opened_corpus.h"
#include "metadata/acx_writer.h"
#include "metadata/corpus_build.h"
#include "metadata/corpus_writer.h"
#include "metadata/merged_records.h"

namespace accord::engine {
namespace {

using metadata::CorpusHeader;
using metadata::RecordSource;

// All parts of all inputs, open, with those of one ecosystem together.
class Inputs {
 public:
  [[nodiscard]] static absl::StatusOr<Inputs> Open(std::span<const std::string> paths,
                                                   const std::string& channel) {
    Inputs inputs;
    for (const std::string& path : paths) {
      absl::StatusOr<OpenedCorpus> corpus = OpenedCorpus::Open(path, channel);
      if (!corpus.ok()) return corpus.status();
      auto parts = corpus->TakeParts();
      if (!parts.ok()) return parts.status();
      inputs.corpora_.push_back(*std::move(corpus));
      for (std::unique_ptr<const RecordSource>& part : *parts) {
        inputs.Group(part->ecosystem()).push_back(part.get());
        inputs.owned_.push_back(std::move(part));
      }
    }
    return inputs;
  }

  // In the order of their first inputs.
  [[nodiscard]] const std::vector<std::vector<const RecordSource*>>& groups() const {
    return groups_;
  }

 private:
  std::vector<const RecordSource*>& Group(std::string_view ecosystem) {
    const auto known = std::ranges::find(
        groups_, ecosystem, [](const auto& group) { return group.front()->ecosystem(); });
    return known == groups_.end() ? groups_.emplace_back() : *known;
  }

  std::vector<OpenedCorpus> corpora_;
  std::vector<std::unique_ptr<const RecordSource>> owned_;
  std::vector<std::vector<const RecordSource*>> groups_;
};

// What cannot be written is the caller's mistake, not missing metadata.
absl::Status AsOutput(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kNotFound) return status;
  const std::string_view message = Message(status);
  const size_t colon = std::min(message.find(": "), message.size());
  return InvalidInput(message.substr(0, colon),
                      message.substr(std::min(colon + 2, message.size())));
}

class CorpusBuild {
 public:
  CorpusBuild(const CorpusWrite& write, const CorpusProgress& progress)
      : write_(write), progress_(progress), executor_(write.jobs) {}

  absl::Status Start() {
    absl::StatusOr<std::unique_ptr<metadata::AcxWriter>> writer =
        metadata::AcxWriter::Create(write_.output, executor_, {});
    if (!writer.ok()) return AsOutput(writer.status());
    writer_ = *std::move(writer);
    return absl::OkStatus();
  }

  absl::Status Add(const CorpusHeader& header, const RecordSource& records) {
    const metadata::Grammar* grammar = GrammarOf(header.ecosystem);
    if (grammar == nullptr) {
      return InvalidInput(records.place(),
                          Cat("corpora of 'pypi' and 'conda' can be compiled, this is of ",
                              Quoted(header.ecosystem)));
    }
    metadata::BuildProgress told;
    if (progress_) {
      told = [&](size_t done, size_t of) { progress_(header.ecosystem, done, of); };
      told(0, records.package_count());
    }
    return metadata::BuildPart(header, records, *grammar, executor_, TuningOf(header.ecosystem),
                               told, *writer_);
  }

  absl::StatusOr<CorpusDescription> Finish() {
    ACCORD_RETURN_IF_ERROR(AsOutput(writer_->Finish()));
    return DescribeCorpus(write_.output);
  }

 private:
  // Half of a conda channel is hashes, and its packages are large: 550,000 records take 6 s of CPU
  // at level 12 and 14 s at 19, which is one hundredth smaller.
  [[nodiscard]] metadata::AcxTuning TuningOf(std::string_view ecosystem) const {
    metadata::AcxTuning tuning;
    tuning.level = write_.level.value_or(ecosystem == "conda" ? 12 : tuning.level);
    return tuning;
  }

  const CorpusWrite& write_;
  const CorpusProgress& progress_;
  const Executor executor_;
  std::unique_ptr<metadata::AcxWriter> writer_;
};

CorpusHeader Wished(CorpusHeader header, const CorpusHeaderWishes& wishes) {
  if (wishes.source) header.source = *wishes.source;
  if (wishes.recorded) header.recorded = *wishes.recorded;
  if (wishes.complete) header.complete = *wishes.complete;
  return header;
}

}  // namespace

absl::StatusOr<CorpusDescription> BuildCorpus(const CorpusWrite& write,
                                              const CorpusHeaderWishes& wishes,
                                              const CorpusProgress& progress) {
  const absl::StatusOr<Inputs> inputs = Inputs::Open(write.inputs, write.channel);
  if (!inputs.ok()) return inputs.status();
  for (const std::vector<const RecordSource*>& group : inputs->groups()) {
    if (group.front()->ecosystem() == wishes.ecosystem) continue;
    return InvalidInput(group.front()->place(),
                        Cat("a corpus of ", Quoted(wishes.ecosystem), " is wanted, this is of ",
                            Quoted(group.front()->ecosystem())));
  }
  if (inputs->groups().empty()) return InvalidInput("IN", "a corpus with a part is wanted");
  const metadata::MergedRecords records(inputs->groups().front());
  CorpusBuild build(write, progress);
  ACCORD_RETURN_IF_ERROR(build.Start());
  ACCORD_RETURN_IF_ERROR(build.Add(Wished(records.header(), wishes), records));
  return build.Finish();
}

absl::StatusOr<CorpusDescription> MergeCorpora(const CorpusWrite& write,
                                               const CorpusProgress& progress) {
  const absl::StatusOr<Inputs> inputs = Inputs::Open(write.inputs, write.channel);
  if (!inputs.ok()) return inputs.status();
  CorpusBuild build(write, progress);
  ACCORD_RETURN_IF_ERROR(build.Start());
  for (const std::vector<const RecordSource*>& group : inputs->groups()) {
    const metadata::MergedRecords records(group);
    ACCORD_RETURN_IF_ERROR(build.Add(records.header(), records));
  }
  return build.Finish();
}

namespace {

// The packages of these names, by name, each once.
absl::StatusOr<ExportedCorpus> ExportNames(const CorpusChoice& corpus,
                                           std::span<const std::string> names,
                                           const std::string& output) {
  absl::StatusOr<AskedPackages> asked = AskCorpus(corpus, names);
  if (!asked.ok()) return asked.status();
  std::ranges::sort(asked->packages, {}, &AskedPackage::name);
  const auto rest = std::ranges::unique(asked->packages, {}, &AskedPackage::name);
  asked->packages.erase(rest.begin(), rest.end());
  asked->header.complete = false;  // what is left out exists
  metadata::CorpusWriter writer(asked->header);
  ExportedCorpus exported;
  for (const AskedPackage& package : asked->packages) {
    if (!package.record) {
      exported.absent.push_back(package.name);
      continue;
    }
    ACCORD_RETURN_IF_ERROR(writer.Add(*package.record));
    ++exported.packages;
    exported.versions += package.record->versions.size();
  }
  ACCORD_RETURN_IF_ERROR(AsOutput(writer.WriteTo(output)));
  return exported;
}

}  // namespace

absl::StatusOr<ExportedCorpus> ExportCorpus(const CorpusChoice& corpus,
                                            std::span<const std::string> names,
                                            const std::string& output) {
  if (!names.empty()) return ExportNames(corpus, names, output);
  const absl::StatusOr<AskedPackages> chosen = AskCorpus(corpus, {});
  if (!chosen.ok()) return chosen.status();
  const std::string paths[] = {corpus.path};
  const absl::StatusOr<Inputs> inputs = Inputs::Open(paths, /*channel=*/{});
  if (!inputs.ok()) return inputs.status();
  const auto group = std::ranges::find(inputs->groups(), chosen->header.ecosystem,
                                       [](const auto& each) { return each.front()->ecosystem(); });
  const RecordSource& records = *group->front();
  metadata::CorpusWriter writer(records.header());
  ExportedCorpus exported;
  for (size_t i = 0; i < records.package_count(); ++i) {
    const absl::StatusOr<metadata::PackageRecord> record = records.ReadAt(i);
    if (!record.ok()) return record.status();
    ACCORD_RETURN_IF_ERROR(writer.Add(*record));
    ++exported.packages;
    exported.versions += record->versions.size();
  }
  ACCORD_RETURN_IF_ERROR(AsOutput(writer.WriteTo(output)));
  return exported;
}

}  // namespace accord::engine
