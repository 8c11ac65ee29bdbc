// A conda channel as a source of records: the repodata of its subdirs, or one such document.
//
//   DIR/SUBDIR/repodata.json.zst, .json.bz2, .json,       a channel's subdir, the first that is
//              repodata_shards.msgpack.zst                there
//
// Other entries are passed over. Nothing is fetched.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/interner.h"
#include "ecosystem/conda/repodata_document.h"
#include "ecosystem/conda/repodata_table.h"
#include "metadata/record_source.h"

namespace accord::conda {

// Whether a folder has such documents, and whether a file is one: by its name, or by what stands at
// its beginning.
[[nodiscard]] bool IsChannelFolder(const std::string& path);
[[nodiscard]] bool IsRepodataFile(const std::string& path);

// What it makes of a record, docs/corpus-format.md has. Subdirs come in the order of their names,
// records in that of their documents. A folder is complete, a file is not.
//
// All is read when it is opened, and held small; any number of threads.
class Repodata final : public metadata::RecordSource {
 public:
  // `channel` is the channel's name; if it is empty, that of the folder with the subdirs, where
  // there is one. Errors: Missing and LimitReached with the document's path (repodata_document.h,
  // repodata_shards.h).
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const Repodata>> Open(
      const std::string& path, std::string channel, const RepodataLimits& limits = {});

  [[nodiscard]] absl::StatusOr<const metadata::PackageRecord*> Find(
      std::string_view name) const override;
  [[nodiscard]] size_t package_count() const override { return table_.package_count(); }
  [[nodiscard]] std::string_view NameAt(size_t position) const override {
    return table_.NameAt(position);
  }
  [[nodiscard]] absl::StatusOr<metadata::PackageRecord> ReadAt(size_t position) const override {
    return table_.PackageAt(position);
  }
  [[nodiscard]] metadata::CorpusHeader header() const override;
  [[nodiscard]] bool complete() const override { return complete_; }
  [[nodiscard]] std::string_view ecosystem() const override { return "conda"; }
  [[nodiscard]] std::string_view place() const override { return place_; }

 private:
  Repodata(std::string place, bool complete, std::string channel)
      : place_(std::move(place)),
        complete_(complete),
        channel_(channel),
        table_(std::move(channel)) {}
  [[nodiscard]] absl::Status Read(const std::string& path, const std::string& subdir,
                                  const RepodataLimits& limits);

  const std::string place_;
  const bool complete_;
  const std::string channel_;
  RepodataTable table_;
  mutable std::mutex mutex_;  // guards what follows
  mutable TextMap<std::unique_ptr<const metadata::PackageRecord>> found_;
};

}  // namespace accord::conda
