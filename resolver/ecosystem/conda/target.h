// What a platform has that no channel does: virtual packages (CEP 30, CEP 46).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

// The platform that this program was compiled for.
#if defined(__aarch64__)
inline constexpr std::string_view kThisSubdir = "linux-aarch64";
#elif defined(__powerpc64__)
inline constexpr std::string_view kThisSubdir = "linux-ppc64le";
#else
inline constexpr std::string_view kThisSubdir = "linux-64";
#endif

// Of a subdir: "__unix" and "__linux" with "__glibc", or "__osx", or "__win", and "__archspec". A
// platform is no machine: versions are the oldest that channels build for, unless the environment
// says otherwise. `variable` gives the value of CONDA_OVERRIDE_CUDA, _CUDA_ARCH, _GLIBC, _LINUX,
// _OSX, _WIN and _ARCHSPEC, or null; an empty one takes the package away. Sorted by name. Of a
// subdir that nobody knows: none but what the environment says.
[[nodiscard]] std::vector<VirtualPackage> VirtualPackagesOf(
    std::string_view subdir, absl::FunctionRef<const char*(const std::string&)> variable);

}  // namespace accord::conda
