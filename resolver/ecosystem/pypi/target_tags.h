// Lists of tags, best first: what an interpreter of some version and ABIs takes on given platforms,
// in the order of `packaging.tags` 26.3 (PEP 425, 384, 703, 803). Platforms are target_platform.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accord::pypi {

inline constexpr int kPythonNumberMax = 999;  // of a major or minor version, for lists of tags

// The first two numbers of a Python's version; each from 0 to kPythonNumberMax.
struct PythonNumbers {
  int major = 3;
  std::optional<int> minor;                // none: of any minor version
  [[nodiscard]] std::string Text() const;  // "312", "3"
};

// cpXY-<abi>-<platform> for each of `abis`, then the stable ABI (abi3; abi3t if the first of
// `abis` is free-threaded), then none, then the stable ABI of older versions down to 3.2. "abi3"
// and "none" in `abis` add nothing.
[[nodiscard]] std::vector<std::string> CPythonTags(const PythonNumbers& python,
                                                   std::span<const std::string> abis,
                                                   std::span<const std::string> platforms);

// <interpreter>-<abi>-<platform> for each of `abis` and then none: interpreters but CPython.
[[nodiscard]] std::vector<std::string> GenericTags(std::string_view interpreter,
                                                   std::span<const std::string> abis,
                                                   std::span<const std::string> platforms);

// py312-none-any, py3-none-any, py311-none-any, ... py30-none-any.
[[nodiscard]] std::vector<std::string> PurePythonTags(const PythonNumbers& python);

// py*-none-<platform> in that order, then <interpreter>-none-any if there is one, then those above.
[[nodiscard]] std::vector<std::string> CompatibleTags(const PythonNumbers& python,
                                                      std::string_view interpreter,
                                                      std::span<const std::string> platforms);

}  // namespace accord::pypi
