// Small corpora for the tests of metadata/: texts, files that vanish, and how a status reads.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {

inline constexpr std::string_view kSmallHeader =
    R"({"format":"accord-corpus/1","ecosystem":"pypi","complete":true,"source":"a test",)"
    R"("recorded":"2024-02-29"})"
    "\n";
inline constexpr std::string_view kAlpha =
    R"({"name":"alpha","metadata":[{"requires":["beta>=1","gamma ; extra == \"x\""],)"
    R"("requiresPython":">=3.7","extras":["x"]},{}],"versions":[)"
    R"({"version":"1.0","metadata":0,"files":[{"name":"alpha-1.0-py3-none-any.whl","size":17,)"
    R"("uploaded":"2020-01-02T03:04:05Z","sha256":"00ff","requiresPython":">=3.8",)"
    R"("yanked":"broken"}]},{"version":"0.9","metadata":0},)"
    R"({"version":"0.1","metadata":null,"unknown":"no wheel"},{"version":"2","metadata":1}]})"
    "\n";
inline constexpr std::string_view kBeta =
    R"({"name":"beta","metadata":[{}],"versions":[{"version":"1","metadata":0}]})"
    "\n";

inline std::string SmallCorpus() { return Cat(kSmallHeader, kAlpha, kBeta); }

inline std::string Compressed(std::string_view text) {
  Compressor compressor(3);
  compressor.Append(text);
  return compressor.Finish();
}

// A path of this test's own, removed with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes = {})
      : path_(Cat(::testing::TempDir(), "accord_",
                  ::testing::UnitTest::GetInstance()->current_test_info()->name(), "_",
                  reinterpret_cast<uintptr_t>(this), ".jsonl.zst")) {
    EXPECT_TRUE(WriteFileBytes(path_, bytes).ok());
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Expects a status of this code whose message contains the text.
inline void ExpectStatus(const absl::Status& status, absl::StatusCode code, std::string_view part) {
  EXPECT_EQ(status.code(), code) << status;
  EXPECT_THAT(std::string(Message(status)), ::testing::HasSubstr(std::string(part)));
}

}  // namespace accord::metadata
