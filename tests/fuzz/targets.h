// The fuzz targets by name: each takes any bytes, gives them to one reader of ours, and holds what
// comes out to laws. A target is a file of this folder, and its seeds are corpus/NAME/.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "tests/fuzz/laws.h"

namespace accord::fuzz {

void Compiled(std::string_view input, Laws& laws);
void CondaInputs(std::string_view input, Laws& laws);
void CondaMeta(std::string_view input, Laws& laws);
void CondaSpecs(std::string_view input, Laws& laws);
void CondaVersions(std::string_view input, Laws& laws);
void Corpora(std::string_view input, Laws& laws);
void FileNames(std::string_view input, Laws& laws);
void Frames(std::string_view input, Laws& laws);
void Markers(std::string_view input, Laws& laws);
void Metadata(std::string_view input, Laws& laws);
void Pylocks(std::string_view input, Laws& laws);
void Pyprojects(std::string_view input, Laws& laws);
void Repodata(std::string_view input, Laws& laws);
void Requirements(std::string_view input, Laws& laws);
void RequirementsTxt(std::string_view input, Laws& laws);
void Scripts(std::string_view input, Laws& laws);
void Shards(std::string_view input, Laws& laws);
void Specifiers(std::string_view input, Laws& laws);
void Versions(std::string_view input, Laws& laws);
void Worlds(std::string_view input, Laws& laws);

struct Target {
  std::string_view name;
  void (*run)(std::string_view input, Laws& laws);
};

inline constexpr std::array kTargets = {
    Target{"compiled", Compiled},
    Target{"conda_inputs", CondaInputs},
    Target{"conda_meta", CondaMeta},
    Target{"conda_specs", CondaSpecs},
    Target{"conda_versions", CondaVersions},
    Target{"corpora", Corpora},
    Target{"file_names", FileNames},
    Target{"frames", Frames},
    Target{"markers", Markers},
    Target{"metadata", Metadata},
    Target{"pylocks", Pylocks},
    Target{"pyprojects", Pyprojects},
    Target{"repodata", Repodata},
    Target{"requirements", Requirements},
    Target{"requirements_txt", RequirementsTxt},
    Target{"scripts", Scripts},
    Target{"shards", Shards},
    Target{"specifiers", Specifiers},
    Target{"versions", Versions},
    Target{"worlds", Worlds},
};

// At most `lines_max` lines of an input that is several texts; the rest stands in the last one.
[[nodiscard]] inline std::vector<std::string_view> Lines(std::string_view input, size_t lines_max) {
  std::vector<std::string_view> lines;
  while (lines.size() + 1 < lines_max) {
    const size_t end = input.find('\n');
    if (end == std::string_view::npos) break;
    lines.push_back(input.substr(0, end));
    input.remove_prefix(end + 1);
  }
  lines.push_back(input);
  return lines;
}

}  // namespace accord::fuzz
