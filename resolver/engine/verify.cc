#include "engine/verify.h"

namespace accord::engine {

absl::StatusOr<check::CheckReport> Verify(const pypi::ResolveRequest& request,
                                          std::span<const metadata::Source* const> sources,
                                          const std::vector<check::PypiPin>& pins) {
  return check::CheckPypi({.request = &request, .sources = {sources.data(), sources.size()}}, pins);
}

absl::StatusOr<check::CheckReport> Verify(const conda::ResolveRequest& request,
                                          std::span<const metadata::Source* const> sources,
                                          const std::vector<check::CondaPin>& pins) {
  return check::CheckConda({.request = &request, .sources = {sources.data(), sources.size()}},
                           pins);
}

}  // namespace accord::engine
