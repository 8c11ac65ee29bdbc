#include "engine/hints.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/name.h"

namespace accord::engine {
namespace {

using explain::Node;
using explain::NodeKind;
using pypi::NotAdmittedKind;

// Changes a request; whether it could. Most trials are never come to, so that a request is copied
// when its turn has come.
using RequestChange = std::function<bool(pypi::ResolveRequest&)>;

struct Trial {
  Hint hint;
  RequestChange change;
};

bool SpeaksOf(const pypi::PlacedText& text, std::string_view name) {
  const size_t end = text.text.find_first_of(" \t<>=!~[;@(");
  return pypi::NormalizeName(std::string_view(text.text).substr(0, end)) == name;
}

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

class Trials {
 public:
  Trials(const pypi::ResolveRequest& request, const pypi::UniverseBuilder& builder,
         const explain::Explanation& explanation)
      : request_(request), builder_(builder), explanation_(explanation) {}

  std::vector<Trial> All() {
    AddFilters();
    AddLimits();
    AddRequirements();
    return std::move(trials_);
  }

 private:
  // `change(request)` always can.
  template <class ChangeIt>
  void Add(HintKind kind, std::string subject, std::string text, ChangeIt change) {
    AddIfPossible(kind, std::move(subject), std::move(text),
                  [change = std::move(change)](pypi::ResolveRequest& request) {
                    change(request);
                    return true;
                  });
  }
  void AddIfPossible(HintKind kind, std::string subject, std::string text, RequestChange change) {
    trials_.push_back(
        {.hint = {.kind = kind, .subject = std::move(subject), .text = std::move(text)},
         .change = std::move(change)});
  }
  void AddFilters();
  void AddFilter(NotAdmittedKind kind, const std::string& package);
  void AddPythons();
  void AddLimits();
  void AddWithout(HintKind kind, const Node& node,
                  std::vector<pypi::PlacedText> pypi::ResolveRequest::*texts,
                  std::string_view what);
  void AddWithoutOverrides(const std::string& name);
  [[nodiscard]] bool IsTried(HintKind kind, const std::string& subject) const {
    return std::any_of(trials_.begin(), trials_.end(), [&](const Trial& trial) {
      return trial.hint.kind == kind && trial.hint.subject == subject;
    });
  }
  void AddRequirements();

  const pypi::ResolveRequest& request_;
  const pypi::UniverseBuilder& builder_;
  const explain::Explanation& explanation_;
  std::vector<Trial> trials_;
};

// Of each package in the explanation, whatever its part there.
void Trials::AddFilters() {
  std::set<std::pair<NotAdmittedKind, std::string>> kinds;
  for (const Node& node : explanation_.nodes) {
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
}

void Trials::AddFilter(NotAdmittedKind kind, const std::string& package) {
  using Request = pypi::ResolveRequest;
  switch (kind) {
    case NotAdmittedKind::kPrerelease:
      Add(HintKind::kPrereleases, package, Cat("allowing pre-releases of ", package),
          [package](Request& changed) {
            std::erase_if(changed.prereleases_of,
                          [&](const auto& of) { return of.name == package; });
            changed.prereleases_of.push_back(
                {.name = package, .policy = pypi::PrereleasePolicy::kAllow});
          });
      break;
    case NotAdmittedKind::kYanked:  // a favour lets them in and asks for nothing more
      Add(HintKind::kYanked, package,
          Cat("admitting yanked versions of ", package, " (--favor ", package, ")"),
          [package](Request& changed) {
            changed.favored.push_back({.text = package, .place = "a hint"});
          });
      break;
    case NotAdmittedKind::kRequiresPython:
      if (request_.python_bounds == pypi::PythonBounds::kHonour) {
        Add(HintKind::kPythonBounds, "", "ignoring upper bounds of Requires-Python",
            [](Request& changed) { changed.python_bounds = pypi::PythonBounds::kIgnore; });
      }
      AddPythons();
      break;
    case NotAdmittedKind::kTags:
      AddPythons();
      break;
    case NotAdmittedKind::kNewer:
    case NotAdmittedKind::kNoUploadTime:
      if (IsTried(HintKind::kExcludeNewer, "")) break;
      Add(HintKind::kExcludeNewer, "", "no exclude-newer",
          [](Request& changed) { changed.exclude_newer = {}; });
      break;
    case NotAdmittedKind::kOnlyBinary:
      Add(HintKind::kSdists, package, "admitting sdists", [](Request& changed) {
        changed.binaries.only_binary = false;
        changed.binaries.only_binary_names.clear();
      });
      break;
    case NotAdmittedKind::kNoBinary:
      Add(HintKind::kWheels, package, "admitting wheels", [](Request& changed) {
        changed.binaries.no_binary = false;
        changed.binaries.no_binary_names.clear();
      });
      break;
    default:
      break;
  }
}

void Trials::AddPythons() {
  for (const int by : {1, 2, -1, -2}) {
    const std::optional<int> other = OtherMinor(request_, by);
    if (!other) continue;
    const std::string version = Cat("3.", *other);
    if (IsTried(HintKind::kPython, version)) continue;
    std::string text = Cat(by > 0 ? "a newer" : "an older", " Python (", version, ")");
    AddIfPossible(
        HintKind::kPython, version, std::move(text),
        [to = *other](pypi::ResolveRequest& changed) { return ChangePython(to, changed); });
  }
}

void Trials::AddLimits() {
  for (const Node& node : explanation_.nodes) {
    if (node.kind == NodeKind::kConstraint) {
      AddWithout(HintKind::kConstraint, node, &pypi::ResolveRequest::constraints, "constraints");
    } else if (node.kind == NodeKind::kLock) {
      AddWithout(HintKind::kLock, node, &pypi::ResolveRequest::locked, "locks");
    } else if (node.kind == NodeKind::kExclusion) {
      AddWithout(HintKind::kExclusion, node, &pypi::ResolveRequest::excluded, "exclusions");
    } else if (node.kind == NodeKind::kOverride || node.kind == NodeKind::kRequest) {
      AddWithoutOverrides(node.package.substr(0, node.package.find('[')));
    }
  }
}

void Trials::AddWithoutOverrides(const std::string& name) {
  if (IsTried(HintKind::kOverride, name)) return;
  const auto is_of_it = [name](const pypi::Override& one) {
    return SpeaksOf(one.requirement, name);
  };
  if (std::ranges::none_of(request_.overrides, is_of_it)) return;
  Add(HintKind::kOverride, name, Cat("leaving out the overrides of ", name),
      [is_of_it](pypi::ResolveRequest& changed) { std::erase_if(changed.overrides, is_of_it); });
}

void Trials::AddWithout(HintKind kind, const Node& node,
                        std::vector<pypi::PlacedText> pypi::ResolveRequest::*texts,
                        std::string_view what) {
  if (IsTried(kind, node.package)) return;
  Add(kind, node.package, Cat("leaving out the ", what, " on ", node.package),
      [texts, name = node.package](pypi::ResolveRequest& changed) {
        std::erase_if(changed.*texts, [&](const auto& text) { return SpeaksOf(text, name); });
      });
}

// The texts of the request that the conflict rests on, by their places.
void Trials::AddRequirements() {
  const size_t before = trials_.size();
  for (size_t i = 0; i < request_.requirements.size(); ++i) {
    const pypi::PlacedText& asked = request_.requirements[i];
    const auto rests_on_it = [&](const Node& node) {
      if (node.kind != NodeKind::kRequest) return false;
      const std::string places = Cat(", ", node.place, ",");
      return places.find(Cat(", ", asked.place, ",")) != std::string::npos &&
             SpeaksOf(asked, node.package.substr(0, node.package.find('[')));
    };
    if (std::none_of(explanation_.nodes.begin(), explanation_.nodes.end(), rests_on_it)) continue;
    if (request_.requirements.size() == 1) continue;
    Add(HintKind::kRequirement, asked.text, Cat("leaving out the requirement ", asked.text),
        [i](pypi::ResolveRequest& changed) {
          changed.requirements.erase(changed.requirements.begin() + static_cast<std::ptrdiff_t>(i));
        });
  }
  // The order in which the request names them says nothing.
  std::sort(trials_.begin() + static_cast<std::ptrdiff_t>(before), trials_.end(),
            [](const Trial& x, const Trial& y) { return x.hint.subject < y.hint.subject; });
}

}  // namespace

absl::StatusOr<Hints> FindHints(const pypi::ResolveRequest& request,
                                std::span<const metadata::Source* const> sources,
                                const pypi::UniverseBuilder& builder,
                                const explain::Explanation& explanation,
                                const ResolveOptions& options) {
  const HintLimits& limits = options.hint_limits;
  ResolveOptions trial_options = options;
  trial_options.explain_behind = false;
  trial_options.explain_conflict = false;
  trial_options.save_problem = false;
  trial_options.budget.work_max = limits.trial_work_max;
  trial_options.texts = &builder.texts();
  Hints hints;
  size_t tried = 0;
  for (Trial& trial : Trials(request, builder, explanation).All()) {
    if (hints.told.size() == limits.told_max || tried == limits.trials_max) break;
    const bool python_helps = std::any_of(hints.told.begin(), hints.told.end(), [](const Hint& h) {
      return h.kind == HintKind::kPython;
    });
    if (trial.hint.kind == HintKind::kPython && python_helps) continue;
    pypi::ResolveRequest changed = request;
    if (!trial.change(changed)) continue;
    ++tried;
    // Whether there is a solution hangs on no order, and the default one reads every requested
    // package first.
    changed.order = pypi::RequestOrder::kName;
    const absl::StatusOr<Answer> answer = Resolve(changed, sources, trial_options);
    if (absl::IsInternal(answer.status())) return answer.status();
    if (answer.ok() && answer->status == Status::kUnsat) continue;
    trial.hint.text += " would help";
    if (answer.ok() && answer->status == Status::kSat) {
      hints.told.push_back(std::move(trial.hint));
      continue;
    }
    if (answer.ok() && answer->stop_reason == StopReason::kCancelled) break;
    trial.hint.text = Cat("whether ", trial.hint.text);
    hints.undecided.push_back(
        {.hint = std::move(trial.hint),
         .why = answer.ok() ? Cat("the limit of work is reached: ", limits.trial_work_max)
                            : std::string(Message(answer.status()))});
  }
  return hints;
}

}  // namespace accord::engine
