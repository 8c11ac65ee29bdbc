// Changes of an ecosystem's own request as the trials of the seam (ecosystem.h). Internal to this
// folder.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ecosystem.h"

namespace accord::engine {

// Where a request has the texts of a part, of which `requirements` has another name in each. None
// for overrides: they are no texts alone.
template <class Request>
std::vector<PlacedText> Request::*TextsIn(RequestPart part,
                                          std::vector<PlacedText> Request::*requirements) {
  switch (part) {
    case RequestPart::kRequirements:
      return requirements;
    case RequestPart::kConstraints:
      return &Request::constraints;
    case RequestPart::kLocks:
      return &Request::locked;
    case RequestPart::kExclusions:
      return &Request::excluded;
    case RequestPart::kOverrides:
      break;
  }
  return nullptr;
}

// Takes the elements at these indices, which are in order, out of a list.
template <class Element>
void EraseAt(std::span<const size_t> indices, std::vector<Element>& from) {
  for (size_t i = indices.size(); i-- > 0;) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(indices[i]));
  }
}

// Most changes are never come to, so that a request is copied when its turn has come.
template <class Request>
class RequestChanges {
 public:
  // `change(request)` always can.
  template <class ChangeIt>
  void Add(HintKind kind, std::string_view subject, std::string_view text, ChangeIt change) {
    AddIfPossible(kind, subject, text, [change = std::move(change)](Request& request) {
      change(request);
      return true;
    });
  }
  // `change(request)` says whether it could.
  void AddIfPossible(HintKind kind, std::string_view subject, std::string_view text,
                     std::function<bool(Request&)> change) {
    changes_.push_back(
        {.hint = {.kind = kind, .subject = std::string(subject), .text = std::string(text)},
         .change = std::move(change)});
  }
  [[nodiscard]] bool IsThere(HintKind kind, std::string_view subject) const {
    for (const Change& one : changes_) {
      if (one.hint.kind == kind && one.hint.subject == subject) return true;
    }
    return false;
  }

  // `request` outlives the trials; solve(changed, options) solves one.
  template <class SolveIt>
  [[nodiscard]] std::vector<Trial> Trials(const Request& request, SolveIt solve) && {
    std::vector<Trial> trials;
    for (Change& one : changes_) {
      trials.push_back(
          {.hint = std::move(one.hint),
           .solve = [&request, solve, change = std::move(one.change)](
                        const ResolveOptions& options) -> std::optional<absl::StatusOr<Answer>> {
             Request changed = request;
             if (!change(changed)) return std::nullopt;
             return solve(std::move(changed), options);
           }});
    }
    return trials;
  }

 private:
  struct Change {
    Hint hint;
    std::function<bool(Request&)> change;
  };
  std::vector<Change> changes_;
};

}  // namespace accord::engine
