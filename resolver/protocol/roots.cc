#include "protocol/roots.h"

#include <algorithm>
#include <system_error>

#include "base/error.h"

namespace accord::protocol {
namespace {

namespace fs = std::filesystem;

bool IsBelow(const fs::path& path, const fs::path& root) {
  const auto [left, unmatched] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return left == root.end() && unmatched != path.end();
}

}  // namespace

Roots::Roots(const std::vector<std::string>& directories) {
  for (const std::string& directory : directories) {
    std::error_code error;
    fs::path real = fs::canonical(directory, error);
    if (!error) real_.push_back(std::move(real));
  }
}

std::variant<fs::path, Fault> Roots::Allow(const std::string& path) const {
  std::error_code error;
  fs::path real = fs::weakly_canonical(path, error);
  const bool is_below = !error && std::ranges::any_of(real_, [&](const fs::path& root) {
    return IsBelow(real, root);
  });
  if (!is_below) {
    return Fault{.kind = FaultKind::kPathNotAllowed,
                 .path = "/path",
                 .detail = Cat(Quoted(path), " is not below any of the roots")};
  }
  if (!fs::is_regular_file(real, error)) {
    return Fault{.kind = FaultKind::kLoadFailed,
                 .path = "/path",
                 .detail = Cat("a file is wanted, ", Quoted(path), " is none")};
  }
  return real;
}

}  // namespace accord::protocol
