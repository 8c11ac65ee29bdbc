#include "cli/program_on_path.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"

namespace accord::cli {
namespace {

bool IsProgram(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::string ProgramOnPath(std::string_view path, std::string_view name) {
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(folder.size() + 1, path.size()));
    if (!folder.starts_with('/')) continue;
    std::string program = Cat(folder, "/", name);
    if (IsProgram(program)) return program;
  }
  return {};
}

}  // namespace accord::cli
