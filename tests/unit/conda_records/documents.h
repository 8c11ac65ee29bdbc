// Repodata for tests: documents in memory and channels in folders that vanish.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/repodata.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metadata/zstd_stream.h"

namespace accord::conda {

// A folder of this test's own, removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(Cat(::testing::TempDir(), "accord_",
                  ::testing::UnitTest::GetInstance()->current_test_info()->name(), "_",
                  reinterpret_cast<uintptr_t>(this))) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  // Its path.
  std::string Write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    EXPECT_TRUE(metadata::WriteFileBytes(file.string(), bytes).ok());
    return file.string();
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

// The tables of one document, "doc.json" in messages.
inline absl::Status ReadInto(RepodataTable& table, std::string_view text,
                             const RepodataLimits& limits = {}) {
  const std::string place = "doc.json";
  return ReadRepodata(metadata::ByteStreamOf(std::string(text), place, limits.document_bytes_max),
                      place,
                      /*subdir=*/"linux-64", limits, table);
}

// The records of one document, by name.
inline std::vector<metadata::PackageRecord> PackagesOf(std::string_view text) {
  RepodataTable table("channel");
  const absl::Status status = ReadInto(table, text);
  EXPECT_TRUE(status.ok()) << status;
  std::vector<metadata::PackageRecord> packages;
  if (!status.ok()) return packages;
  table.Seal();
  for (size_t i = 0; i < table.package_count(); ++i) packages.push_back(table.PackageAt(i));
  return packages;
}

// A document whose one .conda file has these fields besides name, version and build.
inline std::string WithFields(std::string_view fields) {
  return Cat(R"({"packages.conda":{"a-1-0.conda":{"name":"a","version":"1","build":"0")",
             fields.empty() ? "" : ",", fields, "}}}");
}

inline void ExpectStatus(const absl::Status& status, absl::StatusCode code, std::string_view part) {
  EXPECT_EQ(status.code(), code) << status;
  EXPECT_THAT(std::string(Message(status)), ::testing::HasSubstr(std::string(part)));
}

}  // namespace accord::conda
