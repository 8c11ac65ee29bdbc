// Programs for tests: shell scripts in a folder of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/child_output.h"

namespace accord::cli {

inline constexpr ChildLimits kShort{.time_ms_max = 300, .bytes_max = 4096};

class Programs : public ::testing::Test {
 public:
  ~Programs() override { std::filesystem::remove_all(folder_); }

 protected:
  Programs() {
    std::string pattern = (std::filesystem::temp_directory_path() / "accord-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }

  std::string Script(const std::string& name, const std::string& lines) {
    std::string path = Path(name);
    std::ofstream(path) << "#!/bin/sh\n" << lines << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace accord::cli
