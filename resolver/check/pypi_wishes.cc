#include "check/pypi_wishes.h"

#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/name.h"

namespace accord::check {
namespace {

class WishReader {
 public:
  WishReader(const pypi::ResolveRequest& request, CheckCost& cost)
      : request_(request), cost_(cost) {}

  absl::StatusOr<Wishes> Read() {
    for (const pypi::DirectReference& one : request_.direct) {
      wishes_.direct.try_emplace(one.url, &one);
    }
    ACCORD_RETURN_IF_ERROR(ReadOverrides());
    ACCORD_RETURN_IF_ERROR(ReadRequirements());
    ACCORD_RETURN_IF_ERROR(ReadLimits("constraints", request_.constraints, wishes_.constraints));
    ACCORD_RETURN_IF_ERROR(ReadLimits("locked", request_.locked, wishes_.locked));
    ACCORD_RETURN_IF_ERROR(ReadLimits("favored", request_.favored, wishes_.favored));
    ACCORD_RETURN_IF_ERROR(ReadLimits("excluded", request_.excluded, wishes_.excluded));
    return std::move(wishes_);
  }

 private:
  absl::StatusOr<pypi::Requirement> Parse(const pypi::PlacedText& text) {
    ++cost_.texts;
    absl::StatusOr<pypi::Requirement> parsed = pypi::Requirement::Parse(text.text);
    if (!parsed.ok()) return At(text.place, parsed.status());
    return parsed;
  }

  absl::StatusOr<bool> Holds(const pypi::Requirement& parsed, const std::string& place) {
    if (!parsed.marker) return true;
    ++cost_.markers;
    const absl::StatusOr<bool> holds = parsed.marker->Evaluate(request_.environment, {});
    if (!holds.ok()) return At(place, holds.status());
    return *holds;
  }

  absl::Status ReadOverrides() {
    for (size_t i = 0; i < request_.overrides.size(); ++i) {
      const pypi::Override& one = request_.overrides[i];
      absl::StatusOr<pypi::Requirement> parsed = Parse(one.requirement);
      if (!parsed.ok()) return parsed.status();
      const absl::StatusOr<bool> holds = Holds(*parsed, one.requirement.place);
      if (!holds.ok()) return holds.status();
      if (*holds) NoteUrl(*parsed);
      wishes_.overrides[parsed->NormalName()].push_back(
          {.dependant = pypi::NormalizeName(one.dependant),
           .holds = *holds,
           .wish = {.list = "overrides",
                    .at = i,
                    .text = one.requirement.text,
                    .parsed = *std::move(parsed)}});
    }
    return absl::OkStatus();
  }

  absl::Status ReadRequirements() {
    wishes_.requirements.reserve(request_.requirements.size());
    for (size_t i = 0; i < request_.requirements.size(); ++i) {
      const pypi::PlacedText& text = request_.requirements[i];
      absl::StatusOr<pypi::Requirement> parsed = Parse(text);
      if (!parsed.ok()) return parsed.status();
      std::vector<const OverrideWish*> replaced_by;
      if (!wishes_.overrides.empty()) {
        replaced_by = OverridesOf(wishes_, {}, parsed->NormalName());
      }
      if (replaced_by.empty()) {
        const absl::StatusOr<bool> holds = Holds(*parsed, text.place);
        if (!holds.ok()) return holds.status();
        if (*holds) AddRequirement({"requirements", i, text.text, *std::move(parsed)});
        continue;
      }
      if (parsed->marker) {
        const auto holds = HoldsByExtraAlone(*parsed->marker, request_.environment, {});
        if (!holds.ok()) return At(text.place, holds.status());
        if (!*holds) continue;
      }
      for (const OverrideWish* one : replaced_by) {
        if (one->holds) AddRequirement({"requirements", i, one->wish.text, one->wish.parsed});
      }
    }
    return absl::OkStatus();
  }

  void NoteUrl(const pypi::Requirement& parsed) {
    if (!parsed.url.empty()) wishes_.urls[parsed.NormalName()].insert(parsed.url);
  }

  void AddRequirement(Wish wish) {
    NoteUrl(wish.parsed);
    wishes_.requirements.push_back(std::move(wish));
  }

  absl::Status ReadLimits(std::string_view list, const std::vector<pypi::PlacedText>& texts,
                          std::vector<Wish>& into) {
    for (size_t i = 0; i < texts.size(); ++i) {
      absl::StatusOr<pypi::Requirement> parsed = Parse(texts[i]);
      if (!parsed.ok()) return parsed.status();
      const absl::StatusOr<bool> holds = Holds(*parsed, texts[i].place);
      if (!holds.ok()) return holds.status();
      if (!*holds) continue;
      into.push_back({list, i, texts[i].text, *std::move(parsed)});
    }
    return absl::OkStatus();
  }

  const pypi::ResolveRequest& request_;
  CheckCost& cost_;
  Wishes wishes_;
};

// "and" binds tighter than "or". Markers are at most kMarkerDepthMax deep.
absl::StatusOr<bool> NodeHolds(const pypi::MarkerNode& node, const pypi::Environment& environment,
                               std::string_view extra) {
  if (node.comparison) {
    const pypi::Marker alone(node);
    if (!alone.MentionsExtra()) return true;
    return alone.Evaluate(environment, {.extra = extra});
  }
  bool any = false;
  bool all = true;
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0 && node.or_before[i - 1]) {
      any = any || all;
      all = true;
    }
    const absl::StatusOr<bool> holds = NodeHolds(node.children[i], environment, extra);
    if (!holds.ok()) return holds.status();
    all = all && *holds;
  }
  return any || all;
}

}  // namespace

absl::StatusOr<Wishes> ReadWishes(const pypi::ResolveRequest& request, CheckCost& cost) {
  return WishReader(request, cost).Read();
}

std::vector<const OverrideWish*> OverridesOf(const Wishes& wishes, std::string_view dependant,
                                             const std::string& name) {
  std::vector<const OverrideWish*> scoped;
  std::vector<const OverrideWish*> global;
  const auto found = wishes.overrides.find(name);
  if (found == wishes.overrides.end()) return global;
  for (const OverrideWish& one : found->second) {
    if (one.dependant.empty()) {
      global.push_back(&one);
    } else if (one.dependant == dependant) {
      scoped.push_back(&one);
    }
  }
  return scoped.empty() ? global : scoped;
}

absl::StatusOr<bool> HoldsByExtraAlone(const pypi::Marker& marker,
                                       const pypi::Environment& environment,
                                       std::string_view extra) {
  return NodeHolds(marker.root(), environment, extra);
}

}  // namespace accord::check
