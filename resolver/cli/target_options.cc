#include "cli/target_options.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/python_on_path.h"

namespace accord::cli {
namespace {

using pypi::MarkerVariable;

// The words that would have named the Python found; "3.12.0+" is one that was built from a
// checkout.
void TakeVersion(const pypi::FoundPython& python, pypi::TargetOptions& options) {
  options.python = python.environment.Get(MarkerVariable::kPythonFullVersion);
  options.python.resize(std::min(options.python.find('+'), options.python.size()));
  if (python.free_threaded) options.python += 't';
  if (options.implementation.empty()) {
    options.implementation = python.environment.Get(MarkerVariable::kImplementationName);
  }
}

}  // namespace

void TargetFlags::AddTo(Options& options) {
  const auto add = [&](const char* name, std::string& value, const char* help) {
    options.Add(name, value, help)->type_name("")->group(kTargetGroup);
  };
  add("--python", options_.python,
      "the Python to resolve for: 3.11 (means 3.11.0), 3.11.7, 3.13t (free-threaded); any: the "
      "newest with a solution. Default: the one on PATH, else 3.12");
  add("--platform", options_.platform,
      "linux (x86_64, glibc 2.28), macos, windows, x86_64-manylinux_2_17, aarch64-apple-darwin, "
      "...; docs/pypi.md has the list. Default: that of the Python on PATH, or linux if --python "
      "is given");
  add("--implementation", options_.implementation, "cpython, pypy or graalpy");
  add("--abi", options_.abi, "cp312, cp313t, cp312d, abi3, none: no other ABI");
  AddRepeated(options, "--tag", options_.tags,
              "TAG: wheels with this tag fit, as py3-none-any; again for more, best first; instead "
              "of those that the options above mean")
      ->group(kTargetGroup);
}

absl::StatusOr<pypi::Target> TargetFlags::Make(std::string_view path) const {
  if (options_.python.empty()) return OfPythonOnPath(path);
  pypi::TargetOptions options = options_;
  if (asks_any_python()) options.python.clear();
  return pypi::MakeTarget(options);
}

absl::StatusOr<pypi::Target> TargetFlags::OfPythonOnPath(std::string_view path) const {
  const PythonOnPath found = FindPythonOnPath(path);
  pypi::TargetOptions options = options_;
  std::string origin = Cat(", the default: ", found.why_none);
  bool as_it_is = false;
  if (found.python) {
    TakeVersion(*found.python, options);
    origin = ", Python found on PATH";
    as_it_is = options_.platform.empty() && options_.implementation.empty() && options_.abi.empty();
    if (as_it_is) origin = ", found on PATH";
  }
  absl::StatusOr<pypi::Target> target;
  if (as_it_is) {
    target = pypi::TargetOf(*found.python);
    if (target.ok() && !options_.tags.empty()) {
      absl::StatusOr<pypi::SupportedTags> tags = pypi::SupportedTags::Make(options_.tags);
      if (!tags.ok()) return tags.status();
      target->tags = *std::move(tags);
      origin += Cat(", tags given: ", options_.tags.size());
    }
  } else {
    target = pypi::MakeTarget(options);
  }
  if (target.ok()) target->text += origin;
  return target;
}

}  // namespace accord::cli
