// A folder of index pages as a source of records: the JSON project pages of the simple API (PEP
// 691, 700, 714) with the METADATA of their files (PEP 658) beside them.
//
//   DIR/NAME/index.json  or  DIR/NAME.json     the page of a project, NAME in normal form
//   DIR/NAME/FILE.metadata                     the METADATA of the page's file FILE
//
// Other entries of the folder are passed over, DIR/index.json too, which is the list of projects.
// Nothing is fetched, and addresses are kept as the pages say them.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/interner.h"
#include "metadata/record_source.h"

namespace accord::pypi {

inline constexpr size_t kPageBytesMax = size_t{64} << 20;
inline constexpr size_t kPageFilesMax = 200'000;
inline constexpr size_t kPagesMax = size_t{16} << 20;

struct PageLimits {
  size_t page_bytes_max = kPageBytesMax;
  size_t files_max = kPageFilesMax;  // of a page
  size_t pages_max = kPagesMax;
};

// What it makes of a page:
// - A wheel or an sdist whose name says the project is a file of the version that its name says;
//   others are passed over. Files stand in the page's order. Upload times are cut to seconds.
// - A version is spelled as in the page's `versions`, else in normal form. Versions that have no
//   such file are kept without files.
// - What a version needs is what most of its wheels say, of equally many the first; if no wheel has
//   METADATA, what its sdist says, unless that may change when it is built (PEP 643). Files that
//   say something else point to their own. A version of which nothing is known says why.
// Never complete. Any number of threads; ReadAt reads the files of one project.
class SimplePages final : public metadata::RecordSource {
 public:
  // Lists the folder; pages are read later. Errors: Missing if it cannot be read, InvalidInput for
  // a page whose name is not in normal form or that is there twice, LimitReached.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const SimplePages>> Open(
      const std::string& folder, const PageLimits& limits = {});

  [[nodiscard]] absl::StatusOr<const metadata::PackageRecord*> Find(
      std::string_view name) const override;
  [[nodiscard]] size_t package_count() const override { return pages_.size(); }
  [[nodiscard]] std::string_view NameAt(size_t position) const override {
    return pages_[position].name;
  }
  // Errors: Missing with the file, and inside a page the JSON pointer: it cannot be read, is no
  // page of version 1, is of another project, has fields of the wrong kind, or METADATA whose hash
  // is not the one that the page says; LimitReached.
  [[nodiscard]] absl::StatusOr<metadata::PackageRecord> ReadAt(size_t position) const override;
  [[nodiscard]] metadata::CorpusHeader header() const override;
  [[nodiscard]] bool complete() const override { return false; }
  [[nodiscard]] std::string_view ecosystem() const override { return "pypi"; }
  [[nodiscard]] std::string_view place() const override { return folder_; }

 private:
  struct Page {
    std::string name;
    bool in_folder = false;  // NAME/index.json, not NAME.json
  };
  SimplePages(std::string folder, std::vector<Page> pages, const PageLimits& limits)
      : folder_(std::move(folder)), pages_(std::move(pages)), limits_(limits) {}

  const std::string folder_;
  const std::vector<Page> pages_;  // by name
  const PageLimits limits_;
  mutable std::mutex mutex_;  // guards what follows
  mutable TextMap<std::unique_ptr<const metadata::PackageRecord>> found_;
};

}  // namespace accord::pypi
