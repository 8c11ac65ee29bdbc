#include "cli/request_options.h"

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <utility>

#include "base/error.h"
#include "cli/option_values.h"
#include "cli/options.h"

namespace accord::cli {
namespace {

constexpr size_t kNotesShownMax = 20;

void Tell(const std::vector<InputNote>& notes, std::ostream& err) {
  for (size_t i = 0; i < std::min(notes.size(), kNotesShownMax); ++i) {
    err << "accord: note: " << notes[i].place << ": " << notes[i].text << '\n';
  }
  if (notes.size() > kNotesShownMax) {
    err << "accord: note: and " << notes.size() - kNotesShownMax << " more\n";
  }
}

// "numpy 2.* # broken on our cluster": the comment says why, and is told with the place.
std::vector<PlacedText> WithReasons(std::vector<PlacedText> texts) {
  for (PlacedText& one : texts) {
    const size_t comment = one.text.rfind(" #");
    if (comment == std::string::npos) continue;
    const size_t reason = one.text.find_first_not_of(' ', comment + 2);
    if (reason != std::string::npos) one.place += Cat(", ", one.text.substr(reason));
  }
  return texts;
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

void RequestOptions::AddTo(Options& options, const std::string& requirements_help) {
  options.app().add_option("REQ", requirements_, requirements_help)->type_name("");
  const auto add = [&](const char* name, std::vector<std::string>& values, const char* help) {
    AddRepeated(options, name, values, help)->group(kRequirementsGroup);
  };
  add("--corpus", corpora_,
      "FILE: where the facts are; again for more, in the order of --index-policy. Default: the "
      "paths of $ACCORD_CORPUS, joined by ':'");
  inputs_.AddTo(options);
  add("--constraint", constraints_,
      "REQ: limits the versions of a package without asking for it; again for more");
  add("--lock", locked_,
      "REQ: of this package nothing else; admits what is yanked; again for more");
  add("--favor", favored_, "REQ: versions that are tried first; again for more");
  add("--exclude", excluded_, "REQ: these versions may not be chosen; again for more");
  target_.AddTo(options);
  policies_.AddTo(options);
  conda_.AddTo(options);
  environment_.AddTo(options);
}

absl::StatusOr<pypi::ResolveRequest> RequestOptions::Request(const Streams& streams,
                                                             AnyPython any) const {
  if (asks_any_python() && any == AnyPython::kRefused) {
    return InvalidInput("--python", "one Python is wanted here, as 3.12, found 'any'");
  }
  ACCORD_RETURN_IF_ERROR(environment_.RefuseAll());
  const char* const path = std::getenv("PATH");
  absl::StatusOr<pypi::Target> target = target_.Make(path == nullptr ? "" : path);
  if (!target.ok()) return At("target", target.status());
  pypi::ResolveRequest request{.requirements = Placed(requirements_, "argument"),
                               .constraints = Placed(constraints_, "--constraint"),
                               .locked = Placed(locked_, "--lock"),
                               .favored = Placed(favored_, "--favor"),
                               .excluded = Placed(excluded_, "--exclude"),
                               .environment = std::move(target->environment),
                               .tags = std::move(target->tags),
                               .target = std::move(target->text)};
  ACCORD_RETURN_IF_ERROR(inputs_.Apply(streams, !asks_any_python(), request));
  ACCORD_RETURN_IF_ERROR(policies_.Apply(streams, request));
  if (request.requirements.empty()) {
    return InvalidInput("REQ", "a requirement is wanted, e.g. 'flask>=2.2', found none");
  }
  Tell(request.notes, streams.err);
  return request;
}

absl::StatusOr<conda::ResolveRequest> RequestOptions::CondaRequest(const Streams& streams,
                                                                   engine::Sources& sources) const {
  conda::ResolveRequest request{.specs = Placed(requirements_, "argument"),
                                .constraints = WithReasons(Placed(constraints_, "--constraint")),
                                .locked = WithReasons(Placed(locked_, "--lock")),
                                .favored = Placed(favored_, "--favor"),
                                .excluded = WithReasons(Placed(excluded_, "--exclude"))};
  const absl::StatusOr<conda::Dialect> dialect = conda_.dialect();
  if (!dialect.ok()) return dialect.status();
  request.dialect = *dialect;
  const absl::StatusOr<conda::TargetVariables> overrides = inputs_.Apply(streams, sources, request);
  if (!overrides.ok()) return overrides.status();
  ACCORD_RETURN_IF_ERROR(conda_.Apply(*overrides, request));
  ACCORD_RETURN_IF_ERROR(policies_.Apply(streams, request));
  ACCORD_RETURN_IF_ERROR(environment_.Apply(request));
  if (request.specs.empty() && !environment_.asks()) {
    if (request.installed != nullptr) {
      return InvalidInput("--prefix",
                          "a match specifier, --update, --update-all or --remove is "
                          "wanted with it, found none");
    }
    return InvalidInput("REQ", "a match specifier is wanted, e.g. 'python >=3.11', found none");
  }
  Tell(request.notes, streams.err);
  return request;
}

absl::StatusOr<std::vector<engine::PythonChoice>> RequestOptions::Pythons() const {
  absl::StatusOr<std::vector<engine::PythonChoice>> choices =
      engine::AnyPythonChoices(target_.options());
  if (!choices.ok()) return At("target", choices.status());
  return choices;
}

absl::StatusOr<engine::Sources> RequestOptions::Open(std::string_view ecosystem) const {
  std::vector<std::string> paths = corpora_;
  if (paths.empty()) {
    if (const char* set = std::getenv("ACCORD_CORPUS")) paths = SplitPaths(set);
  }
  if (paths.empty()) {
    return InvalidInput("--corpus", "a file with facts is wanted, and $ACCORD_CORPUS names none");
  }
  return engine::Sources::Open(paths, ecosystem);
}

}  // namespace accord::cli
