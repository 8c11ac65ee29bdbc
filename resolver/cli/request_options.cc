#include "cli/request_options.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/error.h"
#include "cli/choice.h"
#include "cli/files.h"
#include "cli/requirement_file.h"

namespace accord::cli {
namespace {

constexpr std::array<Choice<pypi::PrereleasePolicy>, 5> kPrereleases = {
    {{"if-necessary-or-explicit", pypi::PrereleasePolicy::kIfNecessaryOrExplicit},
     {"if-necessary", pypi::PrereleasePolicy::kIfNecessary},
     {"explicit", pypi::PrereleasePolicy::kExplicit},
     {"allow", pypi::PrereleasePolicy::kAllow},
     {"disallow", pypi::PrereleasePolicy::kDisallow}}};

constexpr std::array<Choice<pypi::AbsentPolicy>, 3> kAbsent = {
    {{"by-corpus", pypi::AbsentPolicy::kBySource},
     {"nonexistent", pypi::AbsentPolicy::kNonexistent},
     {"unknown", pypi::AbsentPolicy::kUnknown}}};

absl::Status AddLines(const std::vector<std::string>& files, std::istream& in,
                      std::vector<pypi::PlacedText>& into) {
  for (const std::string& file : files) {
    const absl::StatusOr<std::string> text = ReadWhole(file, in);
    if (!text.ok()) return text.status();
    absl::StatusOr<std::vector<pypi::PlacedText>> lines = ReadRequirementLines(*text, file);
    if (!lines.ok()) return lines.status();
    for (pypi::PlacedText& line : *lines) into.push_back(std::move(line));
  }
  return absl::OkStatus();
}

std::vector<std::string> SplitPaths(std::string_view list) {
  std::vector<std::string> paths;
  while (!list.empty()) {
    const size_t colon = std::min(list.find(':'), list.size());
    if (colon > 0) paths.emplace_back(list.substr(0, colon));
    list.remove_prefix(std::min(colon + 1, list.size()));
  }
  return paths;
}

}  // namespace

std::vector<pypi::PlacedText> Placed(const std::vector<std::string>& texts,
                                     std::string_view place) {
  std::vector<pypi::PlacedText> placed;
  for (size_t i = 0; i < texts.size(); ++i) {
    placed.push_back({.text = texts[i], .place = Cat(place, " ", i + 1)});
  }
  return placed;
}

CLI::Option* AddRepeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                         const std::string& help) {
  return app.add_option(name, values, help)->allow_extra_args(false)->type_name("");
}

void RequestOptions::AddTo(CLI::App& app, const std::string& requirements_help) {
  app.add_option("REQ", requirements_, requirements_help)->type_name("");
  AddRepeated(app, "--corpus", corpora_,
              "FILE: where the facts are; again for more, of a name the first that has it counts. "
              "Default: the paths of $ACCORD_CORPUS, joined by ':'");
  AddRepeated(app, "-r,--requirements", requirement_files_, "FILE: more requirements, one a line");
  AddRepeated(app, "--constraint", constraints_,
              "REQ: limits the versions of a package without asking for it; again for more");
  AddRepeated(app, "-c,--constraints", constraint_files_, "FILE: constraints, one a line");
  AddRepeated(app, "--lock", locked_,
              "REQ: of this package nothing else; admits what is yanked; again for more");
  AddRepeated(app, "--exclude", excluded_, "REQ: these versions may not be chosen; again for more");
  target_.AddTo(app);
  app.add_option("--prereleases", prereleases_,
                 "which pre-releases are admitted: if-necessary-or-explicit, if-necessary, "
                 "explicit, allow, disallow")
      ->type_name("")
      ->capture_default_str();
  app.add_option(
         "--absent", absent_,
         "names that no corpus has: nonexistent, unknown, or by-corpus: unknown unless every "
         "corpus says that it is complete")
      ->type_name("")
      ->capture_default_str();
}

absl::StatusOr<pypi::ResolveRequest> RequestOptions::Request(std::istream& in) const {
  if (target_.asks_any_python()) {
    return InvalidInput("--python", "a version is wanted, as 3.12, found 'any'");
  }
  const char* const path = std::getenv("PATH");
  absl::StatusOr<pypi::Target> target = target_.Make(path == nullptr ? "" : path);
  if (!target.ok()) return At("target", target.status());
  const auto prereleases = Choose("--prereleases", prereleases_, kPrereleases);
  if (!prereleases.ok()) return prereleases.status();
  const auto absent = Choose("--absent", absent_, kAbsent);
  if (!absent.ok()) return absent.status();
  pypi::ResolveRequest request{.requirements = Placed(requirements_, "argument"),
                               .constraints = Placed(constraints_, "--constraint"),
                               .locked = Placed(locked_, "--lock"),
                               .excluded = Placed(excluded_, "--exclude"),
                               .environment = std::move(target->environment),
                               .tags = std::move(target->tags),
                               .target = std::move(target->text),
                               .prereleases = *prereleases,
                               .absent = *absent};
  ACCORD_RETURN_IF_ERROR(AddLines(requirement_files_, in, request.requirements));
  ACCORD_RETURN_IF_ERROR(AddLines(constraint_files_, in, request.constraints));
  if (request.requirements.empty()) {
    return InvalidInput("REQ", "a requirement is wanted, e.g. 'flask>=2.2', found none");
  }
  return request;
}

absl::StatusOr<engine::Sources> RequestOptions::Open() const {
  std::vector<std::string> paths = corpora_;
  if (paths.empty()) {
    if (const char* set = std::getenv("ACCORD_CORPUS")) paths = SplitPaths(set);
  }
  if (paths.empty()) {
    return InvalidInput("--corpus", "a file with facts is wanted, and $ACCORD_CORPUS names none");
  }
  return engine::Sources::Open(paths, "pypi");
}

}  // namespace accord::cli
