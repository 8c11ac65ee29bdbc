// The order of tags, as `packaging` has it.
#include "ecosystem/pypi/target_tags.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr int kStableAbiMinor = 2;  // PEP 384: Python 3.2

void Append(std::vector<std::string>& tags, std::string_view interpreter, std::string_view abi,
            std::span<const std::string> platforms) {
  for (const std::string& platform : platforms) {
    tags.push_back(Cat(interpreter, '-', abi, '-', platform));
  }
}

// "cp313t", "cp313td": a 't' behind the digits.
bool IsFreeThreaded(std::span<const std::string> abis) {
  if (abis.empty() || !abis.front().starts_with("cp")) return false;
  const std::string_view rest = std::string_view(abis.front()).substr(2);
  const auto flags = std::find_if_not(rest.begin(), rest.end(), IsDigit);
  return flags != rest.begin() && std::find(flags, rest.end(), 't') != rest.end();
}

// py312, py3, py311, ... py30.
std::vector<std::string> PyInterpreters(const PythonNumbers& python) {
  std::vector<std::string> interpreters;
  if (python.minor) interpreters.push_back(Cat("py", python.Text()));
  interpreters.push_back(Cat("py", python.major));
  for (int minor = python.minor.value_or(0) - 1; minor >= 0; --minor) {
    interpreters.push_back(Cat("py", python.major, minor));
  }
  return interpreters;
}

}  // namespace

std::string PythonNumbers::Text() const { return minor ? Cat(major, *minor) : Cat(major); }

std::vector<std::string> CPythonTags(const PythonNumbers& python, std::span<const std::string> abis,
                                     std::span<const std::string> platforms) {
  const std::string interpreter = Cat("cp", python.Text());
  const bool free_threaded = IsFreeThreaded(abis);
  const std::string_view stable = free_threaded ? "abi3t" : "abi3";
  const bool has_stable =
      python.minor && (python.major > 3 || (python.major == 3 && *python.minor >= kStableAbiMinor));
  std::vector<std::string> tags;
  for (const std::string& abi : abis) {
    if (abi == "abi3" || abi == "none" || abi == stable) continue;
    Append(tags, interpreter, abi, platforms);
  }
  if (has_stable) Append(tags, interpreter, stable, platforms);
  Append(tags, interpreter, "none", platforms);
  if (!has_stable) return tags;
  for (int minor = *python.minor - 1; minor >= kStableAbiMinor; --minor) {
    Append(tags, Cat("cp", python.major, minor), stable, platforms);
  }
  return tags;
}

std::vector<std::string> GenericTags(std::string_view interpreter,
                                     std::span<const std::string> abis,
                                     std::span<const std::string> platforms) {
  std::vector<std::string> tags;
  for (const std::string& abi : abis) Append(tags, interpreter, abi, platforms);
  if (std::find(abis.begin(), abis.end(), "none") == abis.end()) {
    Append(tags, interpreter, "none", platforms);
  }
  return tags;
}

std::vector<std::string> PurePythonTags(const PythonNumbers& python) {
  std::vector<std::string> tags;
  for (const std::string& interpreter : PyInterpreters(python)) {
    tags.push_back(Cat(interpreter, "-none-any"));
  }
  return tags;
}

std::vector<std::string> CompatibleTags(const PythonNumbers& python, std::string_view interpreter,
                                        std::span<const std::string> platforms) {
  std::vector<std::string> tags;
  for (const std::string& version : PyInterpreters(python)) {
    Append(tags, version, "none", platforms);
  }
  if (!interpreter.empty()) tags.push_back(Cat(interpreter, "-none-any"));
  for (std::string& tag : PurePythonTags(python)) tags.push_back(std::move(tag));
  return tags;
}

}  // namespace accord::pypi
