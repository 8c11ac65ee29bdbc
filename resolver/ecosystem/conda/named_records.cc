#include "ecosystem/conda/named_records.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/grammar.h"
#include "ecosystem/conda/json_pointer.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/package_file.h"
#include "ecosystem/conda/repodata_record.h"
#include "ecosystem/conda/repodata_table.h"
#include "metadata/zstd_stream.h"

namespace accord::conda {
namespace {

// As a document's key has it: what is no package of conda's own has its extension behind the last
// dot.
RepodataPlace PlaceOf(std::string_view file) {
  RepodataPlace place{
      .stem = WithoutPackageExtension(file), .extension = {}, .may_name_file = true};
  if (place.stem.size() == file.size()) {
    place.stem = file.substr(0, std::min(file.rfind('.'), file.size()));
  }
  if (place.stem.size() < file.size()) place.extension = file.substr(place.stem.size() + 1);
  return place;
}

// What a reader of documents calls missing is here something wrong with what was given.
absl::Status OfGiven(const absl::Status& status) {
  return absl::IsNotFound(status)
             ? absl::Status(absl::StatusCode::kInvalidArgument, status.message())
             : status;
}

class RecordsCompiler {
 public:
  RecordsCompiler(std::string_view name, std::span<const NamedRecord> records,
                  std::span<const std::string> channels)
      : name_(name), records_(records), channels_(channels) {}

  absl::StatusOr<RecordsByChannel> Run() {
    // A subdir's are one document of its channel; within it their order counts.
    std::map<std::pair<size_t, std::string_view>, std::vector<size_t>> documents;
    for (size_t i = 0; i < records_.size(); ++i) {
      const auto channel = std::ranges::find(channels_, records_[i].channel);
      if (channel == channels_.end()) return UnknownChannel(i);
      documents[{channel - channels_.begin(), records_[i].subdir}].push_back(i);
      if (documents.size() > limits_.documents_max) {
        return LimitReached(Cat("/", i, "/subdir"),
                            Cat("at most ", limits_.documents_max, " subdirs are read"));
      }
    }
    std::map<size_t, RepodataTable> tables;
    for (const auto& [place, numbers] : documents) {
      const auto& [channel, subdir] = place;
      RepodataTable& table = tables.try_emplace(channel, channels_[channel]).first->second;
      for (const size_t i : numbers) ACCORD_RETURN_IF_ERROR(Add(i, table));
      table.EndDocument({.subdir = std::string(subdir), .base_url = {}}, {});
    }
    RecordsByChannel compiled(channels_.size());
    const CondaGrammar grammar;
    for (auto& [channel, table] : tables) {
      table.Seal();
      compiled[channel] =
          std::make_shared<const metadata::CompiledRecord>(table.PackageAt(0), grammar);
    }
    return compiled;
  }

 private:
  [[nodiscard]] absl::Status UnknownChannel(size_t i) const {
    std::string known;
    for (const std::string& channel : channels_) {
      known += Cat(known.empty() ? "" : ", ", Quoted(channel));
    }
    return InvalidInput(Cat("/", i, "/channel"),
                        Cat("one of ", known, " is wanted, found ", Quoted(records_[i].channel)));
  }

  absl::Status Add(size_t i, RepodataTable& table) {
    const std::string& json = records_[i].json;
    padded_ = json;
    padded_.append(metadata::kTextPadding, '\0');
    const absl::Status read =
        reader_.Read(std::string_view(padded_).substr(0, json.size()), PlaceOf(records_[i].file));
    if (!read.ok()) return OfGiven(Inside(Cat("/", i), read));
    if (reader_.record().name != name_) {
      return InvalidInput(Cat("/", i, "/name"),
                          Cat(Quoted(name_), " is wanted, found ", Quoted(reader_.record().name)));
    }
    table.Add(reader_.record());
    return absl::OkStatus();
  }

  const std::string_view name_;
  const std::span<const NamedRecord> records_;
  const std::span<const std::string> channels_;
  const RepodataLimits limits_;
  RepodataRecordReader reader_{limits_};
  std::string padded_;
};

}  // namespace

bool IsPackageName(std::string_view name) {
  const absl::StatusOr<MatchSpec> spec = MatchSpec::Parse(name);
  return spec.ok() && spec->name.kind() == TextMatch::Kind::kExact &&
         spec->name.Canonical() == name && !name.starts_with("__");
}

absl::StatusOr<RecordsByChannel> CompileRecords(std::string_view name,
                                                std::span<const NamedRecord> records,
                                                std::span<const std::string> channels) {
  return RecordsCompiler(name, records, channels).Run();
}

}  // namespace accord::conda
