// Reads one packse scenario; see packse_reader.h.
#include "tests/scenarios/packse_reader.h"

#include <toml++/toml.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/target.h"

namespace accord::scenarios {
namespace {

using View = toml::node_view<const toml::node>;

constexpr std::string_view kPython = "3.12";  // where a scenario names none

std::vector<std::string> TextsOf(View node) {
  std::vector<std::string> texts;
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& one : *list) texts.push_back(one.value_or(std::string()));
  }
  return texts;
}

metadata::FileRecord File(std::string name, bool yanked) {
  metadata::FileRecord file;
  file.name = std::move(name);
  file.yanked = yanked;
  return file;
}

std::vector<metadata::FileRecord> Files(std::string name, std::string_view version,
                                        const toml::table& table) {
  const View view(&table);
  const bool yanked = view["yanked"].value_or(false);
  std::ranges::replace(name, '-', '_');
  std::vector<metadata::FileRecord> files;
  if (view["wheel"].value_or(true)) {
    std::vector<std::string> tags = TextsOf(view["wheel_tags"]);
    if (tags.empty()) tags.emplace_back("py3-none-any");
    for (const std::string& tag : tags) {
      files.push_back(File(Cat(name, "-", version, "-", tag, ".whl"), yanked));
    }
  }
  if (view["sdist"].value_or(true)) {
    files.push_back(File(Cat(name, "-", version, ".tar.gz"), yanked));
  }
  return files;
}

metadata::MetadataRecord Metadata(const toml::table& table) {
  const View view(&table);
  metadata::MetadataRecord metadata;
  metadata.requires_language = view["requires_python"].value_or(std::string());
  metadata.requirements = TextsOf(view["requires"]);
  if (const toml::table* extras = view["extras"].as_table()) {
    for (const auto& [extra, list] : *extras) {
      metadata.extras.emplace_back(extra.str());
      for (const std::string& text : TextsOf(View(&list))) {
        metadata.requirements.push_back(UnderExtra(text, extra.str()));
      }
    }
  }
  return metadata;
}

void AddPackages(const toml::table& packages, accord::testing::MemorySource& source) {
  for (const auto& [name, package] : packages) {
    metadata::PackageRecord record;
    record.name = pypi::NormalizeName(name.str());
    const toml::table* versions = View(&package)["versions"].as_table();
    for (const auto& [version, table] : versions != nullptr ? *versions : toml::table()) {
      const toml::table* fields = table.as_table();
      if (fields == nullptr) continue;
      record.versions.push_back({.version = std::string(version.str()),
                                 .metadata = static_cast<uint32_t>(record.metadata.size()),
                                 .unknown_because = {},
                                 .files = Files(record.name, version.str(), *fields)});
      record.metadata.push_back(Metadata(*fields));
    }
    source.Add(std::move(record));
  }
}

absl::Status SetRequest(const toml::table& file, pypi::ResolveRequest& request) {
  const View view(&file);
  const auto options = view["resolver_options"];
  pypi::TargetOptions target;
  target.python =
      options["python"].value_or(view["environment"]["python"].value_or(std::string(kPython)));
  target.platform = options["python_platform"].value_or(std::string("linux"));
  auto made = pypi::MakeTarget(target);
  if (!made.ok()) return made.status();
  request.environment = made->environment;
  request.tags = made->tags;
  request.target = made->text;
  for (const std::string& text : TextsOf(view["root"]["requires"])) {
    request.requirements.push_back(
        {.text = text, .place = Cat("root requirement ", request.requirements.size() + 1)});
  }
  request.prereleases = options["prereleases"].value_or(false)
                            ? pypi::PrereleasePolicy::kAllow
                            : pypi::PrereleasePolicy::kIfNecessaryOrExplicit;
  request.python_bounds = pypi::PythonBounds::kIgnore;
  request.binaries.only_binary_names = TextsOf(options["no_build"]);
  request.binaries.no_binary_names = TextsOf(options["no_binary"]);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PypiCase> ReadPackse(const std::string& path) {
  std::ifstream stream(path);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  toml::table file;
  try {
    file = toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    return InvalidInput(path, error.description());
  }
  const View view(&file);
  PypiCase one;
  one.name = view["name"].value_or(std::string());
  const auto expected = view["expected"];
  one.satisfiable = expected["satisfiable"].value<bool>();
  if (one.name.empty() || !one.satisfiable) {
    return InvalidInput(path, "a name and expected.satisfiable are wanted");
  }
  one.explanation = expected["explanation"].value_or(std::string());
  if (const toml::table* packages = expected["packages"].as_table()) {
    for (const auto& [name, version] : *packages) {
      one.packages[pypi::NormalizeName(name.str())] = version.value_or(std::string());
    }
  }
  if (const toml::table* packages = view["packages"].as_table()) AddPackages(*packages, one.source);
  if (view["resolver_options"]["required_environments"]) {
    one.skipped = "for several environments at once";
  } else if (view["resolver_options"]["universal"].value_or(false) && one.packages.empty()) {
    one.skipped = "universal";
  }
  if (auto set = SetRequest(file, one.request); !set.ok()) return At(path, set);
  return one;
}

}  // namespace accord::scenarios
