// From words, or from what an interpreter says of itself, to a target.
#include "ecosystem/pypi/target.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/target_tags.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr PythonNumbers kFreeThreadedMin{.major = 3, .minor = 13};
constexpr PythonNumbers kPlainAbiMin{.major = 3, .minor = 8};  // ABIs before it end in 'm'

enum class Implementation : uint8_t { kCPython, kPyPy, kGraalPy };

struct ImplementationWords {
  std::string_view name;        // implementation_name
  std::string_view short_name;  // in tags
  std::string_view shown;       // platform_python_implementation
};
constexpr std::array<ImplementationWords, 3> kImplementations = {
    {{.name = "cpython", .short_name = "cp", .shown = "CPython"},
     {.name = "pypy", .short_name = "pp", .shown = "PyPy"},
     {.name = "graalpy", .short_name = "graalpy", .shown = "GraalVM"}}};

const ImplementationWords& WordsOf(Implementation implementation) {
  return kImplementations[static_cast<size_t>(implementation)];
}

// The releases of GraalPy and the one Python that each speaks.
struct GraalPy {
  int python_minor;
  std::string_view number;   // in its ABI
  std::string_view version;  // its own
};
constexpr std::array<GraalPy, 3> kGraalPys = {
    {{.python_minor = 10, .number = "231", .version = "23.1.0"},
     {.python_minor = 11, .number = "242", .version = "24.2.0"},
     {.python_minor = 12, .number = "250", .version = "25.0.0"}}};
constexpr std::string_view kPyPyVersion = "7.3.0";

absl::StatusOr<Implementation> ParseImplementation(std::string_view word) {
  const std::string text = LowerText(word);
  if (text.empty()) return Implementation::kCPython;
  for (size_t i = 0; i < kImplementations.size(); ++i) {
    if (text == kImplementations[i].name || text == kImplementations[i].short_name) {
      return static_cast<Implementation>(i);
    }
  }
  return InvalidInput(Cat("implementation ", Quoted(word)), "expected cpython, pypy or graalpy");
}

// The first two numbers of "3.11", as python_version has it.
absl::StatusOr<PythonNumbers> NumbersOf(const Environment& environment) {
  const std::string& text = environment.Get(MarkerVariable::kPythonVersion);
  const std::string place = Cat("python ", Quoted(text));
  std::array<int, 2> numbers = {0, 0};
  size_t at = 0;
  for (const char c : text) {
    if (c == '.' && at == 0) {
      at = 1;
      continue;
    }
    if (!IsDigit(c)) return InvalidInput(place, "expected two numbers, as 3.11");
    numbers[at] = numbers[at] * 10 + (c - '0');
    if (numbers[at] > kPythonNumberMax) {
      return LimitReached(place, Cat("at most ", kPythonNumberMax, " for each number"));
    }
  }
  if (at == 0) return InvalidInput(place, "expected two numbers, as 3.11");
  return PythonNumbers{.major = numbers[0], .minor = numbers[1]};
}

bool IsBelow(const PythonNumbers& a, const PythonNumbers& b) {
  return std::pair(a.major, a.minor.value_or(0)) < std::pair(b.major, b.minor.value_or(0));
}

// An interpreter without a platform.
struct Interpreter {
  Implementation implementation = Implementation::kCPython;
  PythonNumbers numbers;
  std::vector<std::string> abis;  // best first
};

std::vector<std::string> TagListOf(const Interpreter& interpreter,
                                   const std::vector<std::string>& platforms) {
  const std::string own =
      Cat(WordsOf(interpreter.implementation).short_name, interpreter.numbers.Text());
  std::vector<std::string> tags;
  std::string without_abi;  // the interpreter of <interpreter>-none-any
  switch (interpreter.implementation) {
    case Implementation::kCPython:
      tags = CPythonTags(interpreter.numbers, interpreter.abis, platforms);
      without_abi = own;
      break;
    case Implementation::kPyPy:
      tags = GenericTags(own, interpreter.abis, platforms);
      without_abi = "pp3";
      break;
    case Implementation::kGraalPy:
      tags = GenericTags(own, interpreter.abis, platforms);
      break;
  }
  for (std::string& tag : CompatibleTags(interpreter.numbers, without_abi, platforms)) {
    tags.push_back(std::move(tag));
  }
  return tags;
}

// The list is made later (SupportedTags::Deferred): what could be wrong with it is looked for here.
absl::StatusOr<SupportedTags> TagsOf(Interpreter interpreter, std::vector<std::string> platforms) {
  // Every list is a product of platforms with at most so many interpreters.
  const size_t rows =
      interpreter.abis.size() + 4 + 2 * static_cast<size_t>(interpreter.numbers.minor.value_or(0));
  if (rows * (platforms.size() + 1) > kSupportedTagsMax) {
    return LimitReached("tags of the target",
                        Cat("at most ", kSupportedTagsMax, ", and Python ",
                            interpreter.numbers.Text(), " on this platform has more"));
  }
  for (const std::vector<std::string>* words : {&interpreter.abis, &platforms}) {
    for (const std::string& word : *words) {
      if (!word.empty() && word.find_first_of(".-") == std::string::npos) continue;
      return InvalidInput(Cat("tag ", Quoted(word)), "expected a word without '.' and '-'");
    }
  }
  return SupportedTags::Deferred(
      [interpreter = std::move(interpreter), platforms = std::move(platforms)] {
        return TagListOf(interpreter, platforms);
      });
}

// CPython's own ABI tags: a debug build loads what was made for others too.
std::vector<std::string> CPythonAbis(const PythonNumbers& numbers, bool free_threaded, bool debug) {
  const std::string plain = Cat("cp", numbers.Text(), free_threaded ? "t" : "");
  if (IsBelow(numbers, kPlainAbiMin)) {
    return {Cat(plain, debug ? "d" : "", "m")};
  }
  if (debug) return {Cat(plain, "d"), plain};
  return {plain};
}

const GraalPy* FindGraalPy(const PythonNumbers& numbers) {
  for (const GraalPy& graalpy : kGraalPys) {
    if (numbers.major == 3 && numbers.minor == graalpy.python_minor) return &graalpy;
  }
  return nullptr;
}

// "cp312d" is of Python 3.12; what names no Python of CPython's fits all.
absl::Status CheckAbi(const std::string& abi, const PythonNumbers& numbers) {
  const std::string place = Cat("abi ", Quoted(abi));
  for (const char c : abi) {
    if (!IsAlphanumeric(c) && c != '_') return InvalidInput(place, "expected one word, as cp312");
  }
  if (!abi.starts_with("cp")) return absl::OkStatus();
  std::string_view digits = std::string_view(abi).substr(2);
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  if (digits == numbers.Text()) return absl::OkStatus();
  return InvalidInput(place,
                      Cat("it is not of the target's Python, whose own is cp", numbers.Text()));
}

absl::StatusOr<std::vector<std::string>> AbisOf(const TargetOptions& options,
                                                Implementation implementation,
                                                const PythonNumbers& numbers, bool free_threaded) {
  if (!options.abi.empty()) {
    const std::string abi = LowerText(options.abi);
    ACCORD_RETURN_IF_ERROR(CheckAbi(abi, numbers));
    const bool plain_debug = abi.starts_with("cp") && abi.ends_with('d');
    if (plain_debug) return std::vector<std::string>{abi, abi.substr(0, abi.size() - 1)};
    return std::vector<std::string>{abi};
  }
  switch (implementation) {
    case Implementation::kCPython:
      return CPythonAbis(numbers, free_threaded, /*debug=*/false);
    case Implementation::kPyPy:
      return std::vector<std::string>{Cat("pypy", numbers.Text(), "_pp73")};
    case Implementation::kGraalPy:
      break;
  }
  const GraalPy* const graalpy = FindGraalPy(numbers);
  if (graalpy == nullptr) {
    return InvalidInput("implementation 'graalpy'",
                        "known for Python 3.10, 3.11 and 3.12; for others an ABI is wanted, as "
                        "graalpy250_312_native");
  }
  return std::vector<std::string>{Cat("graalpy", graalpy->number, "_", numbers.Text(), "_native")};
}

void SetImplementation(Environment& environment, Implementation implementation,
                       const PythonNumbers& numbers) {
  const ImplementationWords& words = WordsOf(implementation);
  environment.Set(MarkerVariable::kImplementationName, words.name);
  environment.Set(MarkerVariable::kPlatformPythonImplementation, words.shown);
  if (implementation == Implementation::kPyPy) {
    environment.Set(MarkerVariable::kImplementationVersion, kPyPyVersion);
  }
  if (implementation == Implementation::kGraalPy) {
    const GraalPy* const graalpy = FindGraalPy(numbers);
    environment.Set(MarkerVariable::kImplementationVersion,
                    graalpy == nullptr ? std::string_view() : graalpy->version);
  }
}

void SetPlatform(Environment& environment, const Platform& platform) {
  environment.Set(MarkerVariable::kOsName, platform.OsName());
  environment.Set(MarkerVariable::kSysPlatform, platform.SysPlatform());
  environment.Set(MarkerVariable::kPlatformSystem, platform.System());
  environment.Set(MarkerVariable::kPlatformMachine, platform.Machine());
}

// The underscored beginning of an extension's suffix, as sysconfig's SOABI: so many words of it.
std::string AbiOfSuffix(std::string_view suffix, size_t words) {
  if (suffix.starts_with('.')) suffix.remove_prefix(1);
  suffix = suffix.substr(0, suffix.find('.'));
  std::string abi;
  for (size_t i = 0; i < words && !suffix.empty(); ++i) {
    const size_t hyphen = std::min(suffix.find('-'), suffix.size());
    abi += Cat(i == 0 ? "" : "_", suffix.substr(0, hyphen));
    suffix.remove_prefix(std::min(hyphen + 1, suffix.size()));
  }
  return LowerText(abi);
}

std::vector<std::string> AbisOf(const FoundPython& python, Implementation implementation,
                                const PythonNumbers& numbers) {
  std::vector<std::string> abis;
  switch (implementation) {
    case Implementation::kCPython:
      return CPythonAbis(numbers, python.free_threaded, python.debug);
    case Implementation::kPyPy:
      abis.push_back(AbiOfSuffix(python.extension_suffix, 2));
      break;
    case Implementation::kGraalPy:
      abis.push_back(AbiOfSuffix(python.extension_suffix, 3));
      break;
  }
  if (abis.front().empty()) abis.clear();
  return abis;
}

Platform PlatformOf(const FoundPython& python) {
  if (python.musl) {
    return {.kind = PlatformKind::kMusllinux, .version = *python.musl, .arch = python.machine};
  }
  if (python.glibc) {
    return {.kind = PlatformKind::kManylinux, .version = *python.glibc, .arch = python.machine};
  }
  return {.kind = PlatformKind::kLinux, .version = {}, .arch = python.machine};
}

std::string TextOf(const Environment& environment, bool free_threaded, const Platform& platform) {
  return Cat(environment.Get(MarkerVariable::kPlatformPythonImplementation), " ",
             environment.Get(MarkerVariable::kPythonFullVersion),
             free_threaded ? " free-threaded" : "", " on ", platform.Text());
}

bool IsFreeThreadedAbi(std::string_view abi) {
  return abi.starts_with("cp") && abi.find('t') != std::string_view::npos;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> PythonsOf(std::string_view implementation) {
  constexpr std::array<std::pair<int, int>, 3> kMinors = {{{14, 7}, {11, 7}, {12, 10}}};
  const auto parsed = ParseImplementation(implementation);
  if (!parsed.ok()) return parsed.status();
  const auto [newest, oldest] = kMinors.at(static_cast<size_t>(*parsed));
  std::vector<std::string> pythons;
  for (int minor = newest; minor >= oldest; --minor) pythons.push_back(Cat("3.", minor));
  return pythons;
}

absl::StatusOr<Target> MakeTarget(const TargetOptions& options) {
  std::string python = options.python.empty() ? std::string(kDefaultPython) : options.python;
  bool free_threaded = python.ends_with('t');
  if (free_threaded) python.pop_back();
  absl::StatusOr<Environment> environment = Environment::CPythonOnLinux(python);
  if (!environment.ok()) return environment.status();
  const absl::StatusOr<PythonNumbers> numbers = NumbersOf(*environment);
  if (!numbers.ok()) return numbers.status();
  const auto implementation = ParseImplementation(options.implementation);
  if (!implementation.ok()) return implementation.status();
  free_threaded |= IsFreeThreadedAbi(LowerText(options.abi));
  if (free_threaded &&
      (*implementation != Implementation::kCPython || IsBelow(*numbers, kFreeThreadedMin))) {
    return InvalidInput(Cat("python ", Quoted(options.python)),
                        "only CPython has free-threaded builds, from 3.13 on");
  }
  const absl::StatusOr<Platform> platform =
      Platform::Parse(options.platform.empty() ? kDefaultPlatform : options.platform);
  if (!platform.ok()) return platform.status();

  SetImplementation(*environment, *implementation, *numbers);
  SetPlatform(*environment, *platform);
  Target target{.environment = *std::move(environment), .tags = {}, .text = {}};
  target.text = TextOf(target.environment, free_threaded, *platform);
  absl::StatusOr<SupportedTags> tags;
  if (!options.tags.empty()) {
    tags = SupportedTags::Make(options.tags);
    target.text +=
        options.tags.size() == 1 ? ", 1 tag given" : Cat(", ", options.tags.size(), " tags given");
  } else {
    auto abis = AbisOf(options, *implementation, *numbers, free_threaded);
    if (!abis.ok()) return abis.status();
    tags = TagsOf({.implementation = *implementation, .numbers = *numbers, .abis = *abis},
                  platform->Tags());
    if (!options.abi.empty()) target.text += Cat(", ABI ", LowerText(options.abi));
  }
  if (!tags.ok()) return tags.status();
  target.tags = *std::move(tags);
  return target;
}

absl::StatusOr<Target> TargetOf(const FoundPython& python) {
  const absl::StatusOr<PythonNumbers> numbers = NumbersOf(python.environment);
  if (!numbers.ok()) return numbers.status();
  const auto implementation =
      ParseImplementation(python.environment.Get(MarkerVariable::kImplementationName));
  if (!implementation.ok()) return implementation.status();
  const Platform platform = PlatformOf(python);
  absl::StatusOr<SupportedTags> tags = TagsOf({.implementation = *implementation,
                                               .numbers = *numbers,
                                               .abis = AbisOf(python, *implementation, *numbers)},
                                              platform.Tags());
  if (!tags.ok()) return tags.status();
  return Target{.environment = python.environment,
                .tags = *std::move(tags),
                .text = TextOf(python.environment, python.free_threaded, platform)};
}

}  // namespace accord::pypi
