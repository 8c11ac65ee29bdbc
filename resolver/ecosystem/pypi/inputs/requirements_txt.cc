// One file after the other, depth first, in the order of its lines.
#include "ecosystem/pypi/inputs/requirements_txt.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/error.h"
#include "ecosystem/pypi/inputs/requirements_lines.h"
#include "ecosystem/pypi/inputs/requirements_options.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

struct HashForm {
  std::string_view name;
  size_t digits;
};
constexpr std::array<HashForm, 3> kHashForms = {{{"sha256", 64}, {"sha384", 96}, {"sha512", 128}}};

bool IsUrl(std::string_view text) { return text.find("://") != std::string_view::npos; }

// The bytes that may name a file: a path has no blanks, and extras and a marker may follow it.
std::string_view PathOf(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t;["));
}

// What pip takes for a path or a URL when it is no requirement.
bool LooksLikeAPath(std::string_view text) {
  const std::string_view path = PathOf(text);
  return IsUrl(path) || path.starts_with('.') || path.starts_with("file:") ||
         path.find('/') != std::string_view::npos;
}

// "flask-1.0.tar.gz" is a valid name too, but nobody calls a project that.
bool IsArchive(std::string_view text) {
  constexpr std::array<std::string_view, 7> kSuffixes = {".whl", ".zip",     ".tar.gz", ".tgz",
                                                         ".tar", ".tar.bz2", ".tar.xz"};
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [&](std::string_view suffix) { return PathOf(text).ends_with(suffix); });
}

// "sha256:..." in lower case.
absl::StatusOr<std::string> ReadHash(const std::string& value) {
  const std::string hash = LowerText(value);
  const size_t colon = hash.find(':');
  for (const HashForm& form : kHashForms) {
    if (hash.substr(0, colon) != form.name || colon == std::string::npos) continue;
    const std::string_view digits = std::string_view(hash).substr(colon + 1);
    if (digits.size() == form.digits &&
        digits.find_first_not_of("0123456789abcdef") == std::string_view::npos) {
      return hash;
    }
  }
  return InvalidInput("--hash", Cat("sha256, sha384 or sha512 with ':' and its hexadecimal digits "
                                    "is wanted, found ",
                                    Quoted(value)));
}

// What --no-binary and --only-binary say together: the last word on a name counts.
void SayKinds(BinaryPolicy& policy, bool only_binary, std::string_view value) {
  bool& all = only_binary ? policy.only_binary : policy.no_binary;
  bool& other_all = only_binary ? policy.no_binary : policy.only_binary;
  auto& names = only_binary ? policy.only_binary_names : policy.no_binary_names;
  auto& other_names = only_binary ? policy.no_binary_names : policy.only_binary_names;
  for (size_t begin = 0; begin <= value.size();) {
    const size_t end = std::min(value.find(',', begin), value.size());
    const std::string_view word = StripSpace(value.substr(begin, end - begin));
    begin = end + 1;
    if (word.empty()) continue;
    if (word == ":none:") {
      all = false;
      names.clear();
    } else if (word == ":all:") {
      all = true;
      other_all = false;
      names.clear();
      other_names.clear();
    } else {
      const std::string name = NormalizeName(word);
      std::erase(other_names, name);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
}

class Reader {
 public:
  explicit Reader(const RequirementsSurroundings& surroundings) : surroundings_(surroundings) {}

  absl::Status Read(const std::string& path, RequirementsRole role) {
    if (std::find(open_.begin(), open_.end(), path) != open_.end()) {
      return InvalidInput(
          "", Cat("a file that does not include itself is wanted, ", Quoted(path), " does"));
    }
    if (open_.size() == kIncludeDepthMax) {
      return LimitReached("", Cat("includes are followed ", kIncludeDepthMax, " deep"));
    }
    if (files_++ == kIncludedFilesMax) {
      return LimitReached("", Cat("at most ", kIncludedFilesMax, " files are included"));
    }
    const absl::StatusOr<std::string> bytes = surroundings_.read(path);
    if (!bytes.ok()) return bytes.status();
    return ReadText(*bytes, path, role);
  }

  absl::Status ReadText(std::string_view bytes, const std::string& path, RequirementsRole role) {
    absl::StatusOr<RequirementsLines> lines =
        ReadRequirementsLines(bytes, path, surroundings_.variables);
    if (!lines.ok()) return lines.status();
    for (InputNote& note : lines->notes) input_.notes.push_back(std::move(note));
    open_.push_back(path);
    for (const PlacedText& line : lines->lines) ACCORD_RETURN_IF_ERROR(Line(line, role));
    open_.pop_back();
    return absl::OkStatus();
  }

  Input Take() { return std::move(input_); }

 private:
  absl::Status Line(const PlacedText& line, RequirementsRole role) {
    const absl::StatusOr<RequirementsLine> read = ReadRequirementsLine(line.text);
    if (!read.ok()) return At(line.place, read.status());
    if (!read->requirement.empty()) {
      return At(line.place, Requirement(*read, line.place, role));
    }
    for (const GivenOption& option : read->options) {
      ACCORD_RETURN_IF_ERROR(At(line.place, Option(option, line.place, role)));
    }
    return absl::OkStatus();
  }

  void Note(const std::string& place, std::string text) {
    input_.notes.push_back({place, std::move(text)});
  }

  absl::Status Requirement(const RequirementsLine& line, const std::string& place,
                           RequirementsRole role) {
    const auto parsed = pypi::Requirement::Parse(line.requirement);
    const bool is_path =
        IsArchive(line.requirement) || (!parsed.ok() && LooksLikeAPath(line.requirement));
    if (!parsed.ok() && !is_path) return parsed.status();
    AllowedHashes hashes{.name = parsed.ok() ? parsed->NormalName() : "", .place = place};
    for (const GivenOption& option : line.options) {
      if (!IsOfOneRequirement(option)) {
        return InvalidInput(option.spelling, "this option is wanted on a line of its own");
      }
      if (option.option != RequirementsOption::kHash) {
        Note(place, Cat(option.spelling, " is not honoured: Accord builds nothing"));
        continue;
      }
      absl::StatusOr<std::string> hash = ReadHash(option.value);
      if (!hash.ok()) return hash.status();
      input_.require_hashes = true;
      if (hash->starts_with("sha256:")) {
        hashes.hashes.push_back(*std::move(hash));
      } else {
        Note(place, "a hash that is no sha256 is not honoured: the facts have no other");
      }
    }
    if (is_path) {
      Note(place, Cat(Quoted(line.requirement), " is not honoured: a path or URL needs a name, as ",
                      "in 'name @ URL'"));
      return absl::OkStatus();
    }
    auto& texts = role == RequirementsRole::kConstraints ? input_.constraints : input_.requirements;
    texts.push_back({line.requirement, place});
    if (!hashes.hashes.empty()) input_.allowed_hashes.push_back(std::move(hashes));
    return absl::OkStatus();
  }

  absl::Status Option(const GivenOption& option, const std::string& place, RequirementsRole role) {
    switch (option.option) {
      case RequirementsOption::kRequirements:
        return Include(option, role);
      case RequirementsOption::kConstraints:
        return Include(option, RequirementsRole::kConstraints);
      case RequirementsOption::kHash:
        return InvalidInput("--hash", "a requirement before it is wanted");
      case RequirementsOption::kPre:
        input_.allow_prereleases = true;
        return absl::OkStatus();
      case RequirementsOption::kNoBinary:
      case RequirementsOption::kOnlyBinary:
        if (!input_.binaries) input_.binaries.emplace();
        SayKinds(*input_.binaries, option.option == RequirementsOption::kOnlyBinary, option.value);
        return absl::OkStatus();
      case RequirementsOption::kPreferBinary:
        if (!input_.binaries) input_.binaries.emplace();
        input_.binaries->prefer_binary = true;
        return absl::OkStatus();
      case RequirementsOption::kRequireHashes:
        input_.require_hashes = true;
        return absl::OkStatus();
      case RequirementsOption::kEditable:
        Note(place, Cat(option.spelling, " ", Quoted(option.value),
                        " is not honoured: Accord builds nothing"));
        return absl::OkStatus();
      case RequirementsOption::kPlaceOfFiles:
        // Not the value: index URLs may hold passwords.
        Note(place,
             Cat(option.spelling, " is not honoured: facts come from where the request says"));
        return absl::OkStatus();
      case RequirementsOption::kBuild:
        Note(place, Cat(option.spelling, " is not honoured: Accord builds nothing"));
        return absl::OkStatus();
    }
    return absl::InternalError("an option without a meaning");
  }

  absl::Status Include(const GivenOption& option, RequirementsRole role) {
    if (IsUrl(option.value)) {
      return InvalidInput(option.spelling,
                          Cat("a file is wanted, found the URL ", Quoted(option.value)));
    }
    const std::filesystem::path path =
        std::filesystem::path(open_.back()).parent_path() / option.value;
    return Read(path.lexically_normal().string(), role);
  }

  const RequirementsSurroundings& surroundings_;
  std::vector<std::string> open_;  // from the first file to the one being read
  size_t files_ = 0;
  Input input_;
};

}  // namespace

absl::StatusOr<Input> ReadRequirementsTxt(const RequirementsFile& file,
                                          const RequirementsSurroundings& surroundings) {
  Reader reader(surroundings);
  const std::string path = std::filesystem::path(file.path).lexically_normal().string();
  ACCORD_RETURN_IF_ERROR(file.text ? reader.ReadText(*file.text, path, file.role)
                                   : reader.Read(path, file.role));
  return reader.Take();
}

}  // namespace accord::pypi
