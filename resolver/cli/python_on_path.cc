// The question, in Python, and its answer: lines of key=value.
#include "cli/python_on_path.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/error.h"
#include "cli/program_on_path.h"

namespace accord::cli {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"python3", "python"};
constexpr std::string_view kFirstLine = "accord-python/1";
constexpr size_t kShownBytesMax = 40;  // of a line that is wrong

// The variables are those of PEP 508; `machine` is the interpreter's, which a kernel of 64 bits may
// run with 32. Where glibc does not answer, musl's loader says its version on stderr.
constexpr const char* kQuestion = R"py(
import os, platform, struct, sys, sysconfig

def full(version):
    text = "{0.major}.{0.minor}.{0.micro}".format(version)
    if version.releaselevel != "final":
        text += version.releaselevel[0] + str(version.serial)
    return text

def libc():
    try:
        text = os.confstr("CS_GNU_LIBC_VERSION")
        if text:
            return text
    except (AttributeError, OSError, ValueError):
        pass
    import glob, subprocess
    for loader in sorted(glob.glob("/lib/ld-musl-*.so.1")):
        done = subprocess.run([loader], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for line in done.stderr.decode("utf-8", "replace").splitlines():
            if line.startswith("Version "):
                return "musl " + line[8:]
    return ""

def flag(name):
    return "1" if sysconfig.get_config_var(name) else "0"

machine = sysconfig.get_platform().split("-")[-1].replace(".", "_")
if struct.calcsize("P") == 4:
    machine = {"x86_64": "i686", "aarch64": "armv8l"}.get(machine, machine)
rows = [
    ("implementation_name", sys.implementation.name),
    ("implementation_version", full(sys.implementation.version)),
    ("os_name", os.name),
    ("platform_machine", platform.machine()),
    ("platform_python_implementation", platform.python_implementation()),
    ("platform_release", platform.release()),
    ("platform_system", platform.system()),
    ("platform_version", platform.version()),
    ("python_full_version", platform.python_version()),
    ("python_version", ".".join(platform.python_version_tuple()[:2])),
    ("sys_platform", sys.platform),
    ("free_threaded", flag("Py_GIL_DISABLED")),
    ("debug", flag("Py_DEBUG")),
    ("suffix", sysconfig.get_config_var("EXT_SUFFIX") or ""),
    ("machine", machine),
    ("libc", libc()),
]
text = "accord-python/1\n"
for key, value in rows:
    text += key + "=" + " ".join(str(value).splitlines()) + "\n"
sys.stdout.buffer.write(text.encode("utf-8", "replace"))
)py";

using Rows = std::map<std::string, std::string, std::less<>>;

absl::StatusOr<Rows> ReadRows(std::string_view report) {
  Rows rows;
  for (bool first = true; first || !report.empty(); first = false) {
    const size_t end = std::min(report.find('\n'), report.size());
    const std::string_view line = report.substr(0, end);
    report.remove_prefix(std::min(end + 1, report.size()));
    const size_t equals = line.find('=');
    if (first ? line != kFirstLine : equals == std::string_view::npos) {
      return InvalidInput("its output",
                          Cat("expected ", kFirstLine, " and lines of key=value, found ",
                              Quoted(line, kShownBytesMax)));
    }
    if (!first) rows.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return rows;
}

// "2.36" behind the libc's name.
std::optional<pypi::TwoNumbers> LibcVersion(std::string_view libc, std::string_view name) {
  if (!libc.starts_with(name)) return std::nullopt;
  libc.remove_prefix(name.size());
  std::array<int, 2> numbers = {0, 0};
  for (size_t i = 0; i < numbers.size(); ++i) {
    size_t digits = 0;
    for (; digits < libc.size() && libc[digits] >= '0' && libc[digits] <= '9'; ++digits) {
      numbers[i] = numbers[i] * 10 + (libc[digits] - '0');
      if (numbers[i] > pypi::kPlatformNumberMax) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    libc.remove_prefix(digits);
    if (i == 0) {
      if (!libc.starts_with('.')) return std::nullopt;
      libc.remove_prefix(1);
    }
  }
  return pypi::TwoNumbers{.major = numbers[0], .minor = numbers[1]};
}

}  // namespace

absl::StatusOr<pypi::FoundPython> ParsePythonReport(std::string_view report) {
  const absl::StatusOr<Rows> rows = ReadRows(report);
  if (!rows.ok()) return rows.status();
  std::string missing;
  const auto take = [&](std::string_view key) -> std::string {
    const auto row = rows->find(key);
    if (row != rows->end()) return row->second;
    if (missing.empty()) missing = key;
    return {};
  };
  pypi::FoundPython python;
  for (size_t i = 0; i < pypi::kEnvironmentVariables; ++i) {
    const auto variable = static_cast<pypi::MarkerVariable>(i);
    python.environment.Set(variable, take(pypi::VariableName(variable)));
  }
  python.free_threaded = take("free_threaded") == "1";
  python.debug = take("debug") == "1";
  python.extension_suffix = take("suffix");
  python.machine = take("machine");
  const std::string libc = take("libc");
  python.glibc = LibcVersion(libc, "glibc ");
  python.musl = LibcVersion(libc, "musl ");
  if (!missing.empty())
    return InvalidInput("its output", Cat("a line ", missing, "=... is wanted"));
  // The rest of what a Python may be is TargetOf's to refuse.
  const absl::StatusOr<pypi::Target> target = pypi::TargetOf(python);
  if (!target.ok()) return target.status();
  return python;
}

PythonOnPath FindPythonOnPath(std::string_view path, const ChildLimits& limits) {
  PythonOnPath found;
  for (const std::string_view name : kNames) {
    const std::string program = ProgramOnPath(path, name);
    if (program.empty()) continue;
    const absl::StatusOr<std::string> report =
        ChildOutput(program, {"-I", "-S", "-c", kQuestion}, limits);
    absl::Status status = report.status();
    if (report.ok()) {
      absl::StatusOr<pypi::FoundPython> python = ParsePythonReport(*report);
      if (python.ok()) {
        found.python = *std::move(python);
        return found;
      }
      status = At(Quoted(program), python.status());
    }
    if (found.why_none.empty()) found.why_none = std::string(Message(status));
  }
  if (found.why_none.empty()) found.why_none = "no Python found on PATH";
  return found;
}

}  // namespace accord::cli
