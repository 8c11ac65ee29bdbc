// Changes of a PyPI request that may help where there is no solution.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "engine/pypi_ecosystem.h"
#include "engine/request_changes.h"

namespace accord::engine {
namespace {

using pypi::NotAdmittedKind;

// The minor version of a CPython target that is `by` away from the request's; none if there is no
// such target.
std::optional<int> OtherMinor(const pypi::ResolveRequest& request, int by) {
  const std::string& now = request.environment.Get(pypi::MarkerVariable::kPythonVersion);
  if (!now.starts_with("3.") || now.size() > 4) return std::nullopt;
  const std::string minor = now.substr(2);
  if (minor.empty() || minor.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const int other = std::stoi(minor) + by;
  return other < 3 || other > 14 ? std::nullopt : std::optional(other);
}

// Changes a CPython target's minor version. Of the tags those that name the interpreter change with
// it; what a later Python could use of earlier ones' beyond that is not added, so that a target
// tried here can use no file that the real one cannot.
bool ChangePython(int other, pypi::ResolveRequest& request) {
  using pypi::MarkerVariable;
  const std::string minor = request.environment.Get(MarkerVariable::kPythonVersion).substr(2);
  const std::string version = Cat("3.", other);
  request.environment.Set(MarkerVariable::kPythonVersion, version);
  request.environment.Set(MarkerVariable::kPythonFullVersion, version + ".0");
  request.environment.Set(MarkerVariable::kImplementationVersion, version + ".0");
  std::vector<std::string> tags(request.tags.best_first().begin(), request.tags.best_first().end());
  std::erase_if(tags, [](const std::string& tag) { return tag.find("abi3") != std::string::npos; });
  const std::pair<std::string, std::string> words[] = {
      {Cat("cp3", minor, "-"), Cat("cp3", other, "-")},
      {Cat("py3", minor, "-"), Cat("py3", other, "-")}};
  for (std::string& tag : tags) {
    for (const auto& [from, to] : words) {
      for (size_t at = tag.find(from); at != std::string::npos; at = tag.find(from, at + 1)) {
        tag.replace(at, from.size(), to);
      }
    }
  }
  auto supported = pypi::SupportedTags::Make(tags);
  if (!supported.ok()) return false;
  request.tags = *std::move(supported);
  return true;
}

class FilterChanges {
 public:
  FilterChanges(const pypi::ResolveRequest& request, const pypi::UniverseBuilder& builder)
      : request_(request), builder_(builder) {}

  RequestChanges<pypi::ResolveRequest> For(const explain::Explanation& explanation);

 private:
  void AddFilter(NotAdmittedKind kind, const std::string& package);
  void AddPythons();

  const pypi::ResolveRequest& request_;
  const pypi::UniverseBuilder& builder_;
  RequestChanges<pypi::ResolveRequest> changes_;
};

// Of each package in the explanation, whatever its part there.
RequestChanges<pypi::ResolveRequest> FilterChanges::For(const explain::Explanation& explanation) {
  std::set<std::pair<NotAdmittedKind, std::string>> kinds;
  for (const explain::Node& node : explanation.nodes) {
    const PackageId package = builder_.universe().FindPackage(node.package);
    if (!package.valid()) continue;
    for (const pypi::NotAdmitted& version : builder_.not_admitted(package)) {
      kinds.emplace(version.kind, node.package);
    }
  }
  std::set<NotAdmittedKind> once;
  for (const auto& [kind, package] : kinds) {
    const bool whole_request = kind == NotAdmittedKind::kRequiresPython ||
                               kind == NotAdmittedKind::kTags || kind == NotAdmittedKind::kNewer ||
                               kind == NotAdmittedKind::kNoUploadTime;
    if (!whole_request || once.insert(kind).second) AddFilter(kind, package);
  }
  return std::move(changes_);
}

void FilterChanges::AddFilter(NotAdmittedKind kind, const std::string& package) {
  using Request = pypi::ResolveRequest;
  switch (kind) {
    case NotAdmittedKind::kPrerelease:
      changes_.Add(HintKind::kPrereleases, package, Cat("allowing pre-releases of ", package),
                   [package](Request& changed) {
                     std::erase_if(changed.prereleases_of,
                                   [&](const auto& of) { return of.name == package; });
                     changed.prereleases_of.push_back(
                         {.name = package, .policy = pypi::PrereleasePolicy::kAllow});
                   });
      break;
    case NotAdmittedKind::kYanked:  // a favour lets them in and asks for nothing more
      changes_.Add(HintKind::kYanked, package,
                   Cat("admitting yanked versions of ", package, " (--favor ", package, ")"),
                   [package](Request& changed) {
                     changed.favored.push_back({.text = package, .place = "a hint"});
                   });
      break;
    case NotAdmittedKind::kRequiresPython:
      if (request_.python_bounds == pypi::PythonBounds::kHonour) {
        changes_.Add(HintKind::kPythonBounds, "", "ignoring upper bounds of Requires-Python",
                     [](Request& changed) { changed.python_bounds = pypi::PythonBounds::kIgnore; });
      }
      AddPythons();
      break;
    case NotAdmittedKind::kTags:
      AddPythons();
      break;
    case NotAdmittedKind::kNewer:
    case NotAdmittedKind::kNoUploadTime:
      if (changes_.IsThere(HintKind::kExcludeNewer, "")) break;
      changes_.Add(HintKind::kExcludeNewer, "", "no exclude-newer",
                   [](Request& changed) { changed.exclude_newer = {}; });
      break;
    case NotAdmittedKind::kOnlyBinary:
      changes_.Add(HintKind::kSdists, package, "admitting sdists", [](Request& changed) {
        changed.binaries.only_binary = false;
        changed.binaries.only_binary_names.clear();
      });
      break;
    case NotAdmittedKind::kNoBinary:
      changes_.Add(HintKind::kWheels, package, "admitting wheels", [](Request& changed) {
        changed.binaries.no_binary = false;
        changed.binaries.no_binary_names.clear();
      });
      break;
    default:
      break;
  }
}

void FilterChanges::AddPythons() {
  for (const int by : {1, 2, -1, -2}) {
    const std::optional<int> other = OtherMinor(request_, by);
    if (!other) continue;
    const std::string version = Cat("3.", *other);
    if (changes_.IsThere(HintKind::kPython, version)) continue;
    const std::string text = Cat(by > 0 ? "a newer" : "an older", " Python (", version, ")");
    changes_.AddIfPossible(
        HintKind::kPython, version, text,
        [to = *other](pypi::ResolveRequest& changed) { return ChangePython(to, changed); });
  }
}

}  // namespace

std::vector<Trial> PypiEcosystem::TrialsOfFilters(const explain::Explanation& explanation) const {
  next_try_ = 0;  // the first of a run's changes
  return FilterChanges(request_, builder_)
      .For(explanation)
      .Trials(request_, [this](pypi::ResolveRequest changed, const ResolveOptions& options) {
        return SolveChanged(std::move(changed), options);
      });
}

std::vector<PlacedText> PypiEcosystem::TextsOf(RequestPart part) const {
  if (part != RequestPart::kOverrides) {
    return request_.*TextsIn(part, &pypi::ResolveRequest::requirements);
  }
  std::vector<PlacedText> texts;
  for (const pypi::Override& one : request_.overrides) texts.push_back(one.requirement);
  return texts;
}

std::string PypiEcosystem::NameIn(const PlacedText& text) const {
  const size_t end = text.text.find_first_of(" \t<>=!~[;@(");
  return pypi::NormalizeName(std::string_view(text.text).substr(0, end));
}

absl::StatusOr<Answer> PypiEcosystem::SolveWithout(RequestPart part, std::span<const size_t> texts,
                                                   const ResolveOptions& options) const {
  pypi::ResolveRequest changed = request_;
  if (part == RequestPart::kOverrides) {
    EraseAt(texts, changed.overrides);
  } else {
    EraseAt(texts, changed.*TextsIn(part, &pypi::ResolveRequest::requirements));
  }
  return SolveChanged(std::move(changed), options);
}

// Whether there is a solution hangs on no order, and the default one reads every requested package
// first.
absl::StatusOr<Answer> PypiEcosystem::SolveChanged(pypi::ResolveRequest changed,
                                                   const ResolveOptions& options) const {
  changed.order = RequestOrder::kName;
  ResolveOptions with_texts = options;
  with_texts.texts = &builder_.texts();
  if (builder_.is_later()) return TryChanged(std::move(changed), with_texts);
  return Resolve(changed, sources_, with_texts);
}

absl::StatusOr<Answer> PypiEcosystem::TryChanged(pypi::ResolveRequest changed,
                                                 const ResolveOptions& options) const {
  try_wants_.clear();
  if (next_try_ == tried_.size()) {
    PypiQuestion question{.request = std::move(changed),
                          .sources = {sources_.begin(), sources_.end()},
                          .keeps = nullptr};
    tried_.push_back({.solve = std::make_unique<Solve>(
                          std::make_unique<OwningPypiEcosystem>(std::move(question), options),
                          WhyQuestions(), options),
                      .answer = Waiting()});
  }
  Tried& tried = tried_[next_try_];
  if (tried.solve != nullptr) {
    absl::StatusOr<std::variant<Explained, Wants>> ran = tried.solve->Run(options.budget);
    if (ran.ok() && std::holds_alternative<Wants>(*ran)) {
      try_wants_ = std::get<Wants>(std::move(*ran)).facts;
      return Waiting();
    }
    tried.answer = ran.ok() ? absl::StatusOr<Answer>(std::get<Explained>(std::move(*ran)).answer)
                            : ran.status();
    tried.solve.reset();
  }
  ++next_try_;
  return tried.answer;
}

}  // namespace accord::engine
