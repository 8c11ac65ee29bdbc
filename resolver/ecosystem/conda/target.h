// What a target has that no channel does: virtual packages (CEP 30, CEP 46), of a platform or of a
// machine that was asked what it is. Nothing is asked here.
#pragma once

#include <optional>
#include <span>
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

// A variable of the environment, or null.
using Variables = absl::FunctionRef<const char*(const std::string&)>;

// Of a subdir: "__unix" and "__linux" with "__glibc", or "__osx", or "__win", and "__archspec". A
// platform is no machine: versions are the oldest that channels build for, unless the environment
// says otherwise by CONDA_OVERRIDE_CUDA, _CUDA_ARCH, _ARCHSPEC and, of such a subdir, _GLIBC,
// _LINUX, _OSX and _WIN; an empty one takes the package away. "__cuda_arch" is there with "__cuda"
// alone. Sorted by name. Of a subdir that nobody knows: none but what the environment says.
[[nodiscard]] std::vector<VirtualPackage> VirtualPackagesOf(std::string_view subdir,
                                                            Variables variable);

// What a machine with Linux says of itself, unread. Empty texts: it says nothing.
struct Machine {
  std::string subdir{kThisSubdir};
  std::string kernel;               // uname's release: "6.1.0-18-amd64"
  std::string processor;            // the flags of /proc/cpuinfo: "fpu vme ... avx2"
  std::optional<std::string> libc;  // `getconf GNU_LIBC_VERSION`, or `ldd --version`; none:
                                    // neither could be asked
  std::string cuda;                 // `nvidia-smi -q -u -x`
  std::string cuda_archs;           // a device's compute capability a line: "8.6"
};

// The same of a machine. The processor is a level of x86-64 where it is one; __glibc is the
// platform's where nobody can say; the kernel's version is without what a distribution adds, the
// compute capability that of the weakest device.
[[nodiscard]] std::vector<VirtualPackage> VirtualPackagesOf(const Machine& machine,
                                                            Variables variable);

// Whether the environment says what that virtual package is, so that nobody need be asked.
[[nodiscard]] bool IsOverridden(std::string_view name, Variables variable);

// For people: "linux-64 (x86_64_v3, glibc 2.36, linux 6.1.0)".
[[nodiscard]] std::string TargetText(std::span<const std::string> subdirs,
                                     std::span<const VirtualPackage> packages);

}  // namespace accord::conda
