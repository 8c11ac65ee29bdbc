// Reads an environment: records one at a time, then the history.
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/grammar.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/named_records.h"
#include "ecosystem/conda/repodata_record.h"
#include "ecosystem/conda/version.h"
#include "metadata/zstd_stream.h"

namespace accord::conda {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRecordEnd = ".json";

// The path of each record, sorted.
absl::StatusOr<std::vector<std::string>> RecordPaths(const std::string& folder, size_t max) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == kRecordEnd) paths.push_back(entry->path().string());
    if (paths.size() > max) {
      return LimitReached(folder, Cat("at most ", max, " records are read"));
    }
  }
  if (error) return Missing(folder, Cat("cannot be read: ", error.message()));
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

// Takes records one at a time: they list their packages' files, and are large.
class Installed::Reader {
 public:
  explicit Reader(const InstalledLimits& limits)
      : specs_max_(limits.specs_max), limits_{.value_bytes_max = limits.record_bytes_max} {}

  absl::Status Add(const EnvironmentFile& file) {
    std::string_view stem = file.path;
    stem.remove_prefix(stem.rfind('/') + 1);  // npos + 1 is 0
    if (stem.ends_with(kRecordEnd)) stem.remove_suffix(kRecordEnd.size());
    std::string padded = file.text;
    padded.append(metadata::kTextPadding, '\0');
    const RepodataPlace place{
        .stem = stem, .extension = {}, .may_name_file = true, .is_installed = true};
    const absl::Status read =
        reader_.Read(std::string_view(padded).substr(0, file.text.size()), place);
    if (!read.ok()) return At(file.path, read);
    const RepodataRecord& record = reader_.record();
    if (const auto version = Version::Parse(record.version); !version.ok()) {
      return At(file.path, version.status());
    }
    if (!IsPackageName(record.name)) {
      return InvalidInput(file.path, Cat("the name of a package that channels can have is wanted, "
                                         "found ",
                                         Quoted(record.name)));
    }
    const auto [other, is_new] = path_of_.emplace(record.name, file.path);
    if (!is_new) {
      return InvalidInput(file.path,
                          Cat("one record of ", record.name, " is wanted, found ", other->second));
    }
    table_.Add(record);
    return AddRequested(file.path);
  }

  absl::StatusOr<std::unique_ptr<const Installed>> Finish(const EnvironmentFile& history,
                                                          std::string place) {
    absl::StatusOr<std::vector<AskedSpec>> asked =
        ReadHistory(history.text, history.path, specs_max_);
    if (!asked.ok()) return asked.status();
    table_.EndDocument({}, {});
    table_.Seal();
    std::unique_ptr<Installed> installed(new Installed(std::move(place)));
    const CondaGrammar grammar;
    for (size_t i = 0; i < table_.package_count(); ++i) {
      const metadata::PackageRecord record = table_.PackageAt(i);
      installed->names_.push_back(record.name);
      installed->records_.emplace(
          record.name, std::make_unique<const metadata::CompiledRecord>(record, grammar));
    }
    installed->asked_ = asked->empty() ? std::move(requested_) : *std::move(asked);
    std::erase_if(installed->asked_,
                  [&](const AskedSpec& one) { return !path_of_.contains(one.name); });
    std::ranges::sort(installed->asked_, {}, &AskedSpec::name);
    return std::unique_ptr<const Installed>(std::move(installed));
  }

 private:
  // Of several specifiers the last one was asked for last.
  absl::Status AddRequested(const std::string& path) {
    if (reader_.requested().empty()) return absl::OkStatus();
    absl::StatusOr<AskedSpec> asked =
        ReadAskedSpec({.text = std::string(reader_.requested().back()), .place = path});
    if (!asked.ok()) return asked.status();
    if (asked->name == reader_.record().name) requested_.push_back(*std::move(asked));
    return absl::OkStatus();
  }

  const size_t specs_max_;
  const RepodataLimits limits_;
  RepodataRecordReader reader_{limits_};
  RepodataTable table_{/*channel=*/""};
  std::map<std::string, std::string> path_of_;  // by name
  std::vector<AskedSpec> requested_;
};

absl::StatusOr<std::unique_ptr<const Installed>> Installed::Open(const std::string& prefix,
                                                                 const InstalledLimits& limits) {
  const std::string folder = (fs::path(prefix) / "conda-meta").string();
  const absl::StatusOr<std::vector<std::string>> paths = RecordPaths(folder, limits.records_max);
  if (!paths.ok()) return paths.status();
  Reader reader(limits);
  for (const std::string& path : *paths) {
    absl::StatusOr<std::string> text = metadata::ReadFileBytes(path, limits.record_bytes_max);
    if (!text.ok()) return text.status();
    ACCORD_RETURN_IF_ERROR(reader.Add({.path = path, .text = *std::move(text)}));
  }
  EnvironmentFile history{.path = (fs::path(folder) / "history").string(), .text = {}};
  std::error_code ignored;
  if (fs::exists(history.path, ignored)) {
    absl::StatusOr<std::string> text =
        metadata::ReadFileBytes(history.path, limits.history_bytes_max);
    if (!text.ok()) return text.status();
    history.text = *std::move(text);
  }
  return reader.Finish(history, folder);
}

absl::StatusOr<std::unique_ptr<const Installed>> Installed::Read(const EnvironmentTexts& texts,
                                                                 std::string place,
                                                                 const InstalledLimits& limits) {
  Reader reader(limits);
  for (const EnvironmentFile& file : texts.records) ACCORD_RETURN_IF_ERROR(reader.Add(file));
  return reader.Finish(texts.history, std::move(place));
}

}  // namespace accord::conda
