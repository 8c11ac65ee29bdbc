#include "cli/why_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace accord::cli {
namespace {

using engine::WhyNotKind;
using engine::WhyPackageKind;
using engine::WhyVersionKind;

constexpr size_t kLinesMax = 3;               // of what follows from holders; more are counted
constexpr size_t kConflictSentencesMax = 60;  // of why there is no solution; likewise

std::string Joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string joined;
  for (const std::string& text : texts) joined += joined.empty() ? text : Cat(between, text);
  return joined;
}

std::string HolderText(const engine::Holder& holder) {
  if (holder.who == "request") return Cat("the request (", holder.requirement, ")");
  if (holder.who == "exclusion") return Cat("the exclusion of ", holder.requirement);
  if (holder.who == "constraint" || holder.who == "lock") {
    return Cat("the ", holder.who, " ", holder.requirement);
  }
  return holder.requirement.empty() ? holder.who : Cat(holder.who, " (", holder.requirement, ")");
}

std::string HoldersText(const engine::WhyVersion& why) {
  std::vector<std::string> texts;
  for (const engine::Holder& holder : why.holders) texts.push_back(HolderText(holder));
  const bool each_alone = !why.holders.empty() && why.holders.front().alone;
  return Joined(texts, each_alone ? ", also by " : " and ");
}

// What is not said by the holders already; where the needs end, before the needs.
std::string LinesText(const engine::WhyVersion& why) {
  std::vector<std::string> lines;
  const auto add = [&](bool needs) {
    for (const engine::CoreLine& line : why.lines) {
      if ((line.kind == engine::CoreLineKind::kDependency) != needs) continue;
      const auto says_it = [&](const engine::Holder& holder) {
        return line.text == Cat(holder.who, " needs ", holder.requirement);
      };
      if (std::ranges::none_of(why.holders, says_it)) lines.push_back(line.text);
    }
  };
  add(false);
  add(true);
  const size_t more = lines.size() - std::min(lines.size(), kLinesMax);
  lines.resize(lines.size() - more);
  if (more > 0) lines.push_back(Cat("and ", more, " more; --json has all"));
  return Joined(lines, "; ");
}

std::string NewerOutText(const std::vector<engine::LeftOut>& newer) {
  uint32_t count = 0;
  for (const engine::LeftOut& one : newer) count += one.count;
  if (count == 0) return {};
  return count == 1
             ? Cat(" (left out: ", newer.front().example, ")")
             : Cat(" (", count, " newer ones are left out, e.g. ", newer.front().example, ")");
}

// What stands behind "click 8.1.3".
std::string VersionReason(const engine::WhyVersion& why) {
  const std::string held = Cat(why.best_is_other_build ? "kept from "
                               : why.best_is_newer     ? "held below "
                                                       : "held above ",
                               why.best);
  const std::string by = why.holders.empty() ? std::string(" by what such versions need")
                                             : Cat(" by ", HoldersText(why));
  switch (why.kind) {
    case WhyVersionKind::kBest:
      if (why.version != why.newest) return "first choice under the request's policies";
      return Cat("newest admitted", NewerOutText(why.newer_out));
    case WhyVersionKind::kRequest:
    case WhyVersionKind::kHeld:
      return Cat(held, by);
    case WhyVersionKind::kImpossible: {
      const std::string lines = LinesText(why);
      return lines.empty() ? Cat(held, by) : Cat(held, by, ": ", lines);
    }
    case WhyVersionKind::kFavoured:
      return Cat("favoured by the request, ", why.best, " would be possible");
    case WhyVersionKind::kNotExamined:
      return Cat("not ", why.best, "; why was not examined");
  }
  return {};
}

std::string ChainText(const std::vector<engine::RequiredBy>& chain) {
  std::string text;
  for (const engine::RequiredBy& link : chain) {
    text += link.who == "request" ? Cat("  the request asks for ", link.requirement, "\n")
                                  : Cat("  ", link.who, " needs ", link.requirement, "\n");
  }
  return text;
}

std::string ChangeText(const engine::Change& change) {
  if (change.chosen.empty()) return Cat(change.name, " ", change.instead, " would be added");
  if (change.instead.empty()) return Cat(change.name, " ", change.chosen, " would go");
  return Cat(change.name, " would be ", change.instead, " instead of ", change.chosen);
}

// All but those of which something was said.
std::string OtherChanges(const engine::WhyNot& why) {
  std::string text;
  for (const engine::Change& change : why.changes) {
    if (change.name == why.package) continue;
    if (why.first && change.name == why.first->name) continue;
    text += Cat("  ", ChangeText(change), "\n");
  }
  return text.empty() ? text : Cat("Besides:\n", text);
}

std::string WorseText(const engine::WhyNot& why) {
  const std::string possible = Cat(why.package, " ", why.instead, " is possible, but ");
  const bool itself = !why.first || why.first->name == why.package;
  return Cat(possible,
             itself ? Cat(why.chosen, " is preferred, and nothing is in its way")
                    : Cat("then ", ChangeText(*why.first), ", and ", why.first->name,
                          " is decided before"),
             ".\n", OtherChanges(why));
}

std::string NotNeededText(const engine::WhyNot& why) {
  const bool costs = why.first.has_value();
  return Cat("Nothing in the answer asks for ", why.asked, ". With ", why.package, " ", why.instead,
             " it would be possible",
             costs ? Cat(", but then ", ChangeText(*why.first)) : std::string(), ".\n",
             OtherChanges(why));
}

std::string LeftOutText(const engine::WhyNot& why) {
  std::string text;
  for (const engine::LeftOut& one : why.left_out) text += Cat("  ", one.sentence, ".\n");
  return text;
}

std::string ImpossibleText(const engine::WhyNot& why) {
  std::string text = Cat("If you asked for ", why.asked, " too, there would be no solution:\n");
  std::vector<std::string> lines = why.explanation.sentences;
  if (lines.empty()) {
    for (const engine::CoreLine& line : why.conflict) lines.push_back(line.text);
  }
  for (size_t i = 0; i < lines.size() && i < kConflictSentencesMax; ++i) {
    text += Cat("  ", lines[i], "\n");
  }
  if (lines.size() > kConflictSentencesMax) {
    text += Cat("  and ", lines.size() - kConflictSentencesMax, " more; --json has all\n");
  }
  return Cat(text, LeftOutText(why));
}

std::string NoVersionText(const engine::WhyNot& why) {
  std::string nearest;
  if (!why.older.empty()) nearest = why.older;
  if (!why.newer.empty()) nearest += Cat(nearest.empty() ? "" : " and ", why.newer);
  const std::string_view are = why.older.empty() || why.newer.empty() ? " is " : " are ";
  return Cat("There is no version ", why.asked, "; ",
             nearest.empty() ? Cat(why.package, " has none") : Cat("the nearest", are, nearest),
             ".\n");
}

std::string AssumingText(const std::vector<std::string>& assuming) {
  if (assuming.empty()) return {};
  return Cat("Assuming that these do not exist, as nothing is known of them: ",
             Joined(assuming, ", "), "\n");
}

// As the beginning of a sentence: "The target has no cuda".
std::string Begun(std::string text) {
  if (text.starts_with('t')) text.front() = 'T';
  return text;
}

std::string DoesNotExist(const std::string& package, const std::string& given) {
  return given.empty() ? Cat(package, " does not exist.\n") : Cat(Begun(given), ".\n");
}

}  // namespace

std::string VersionsText(const std::vector<engine::WhyVersion>& versions) {
  std::string text;
  for (const engine::WhyVersion& why : versions) {
    text += Cat(why.name, " ", why.version, ": ", VersionReason(why), "\n");
  }
  return text;
}

std::string PackageText(const engine::WhyPackage& why) {
  switch (why.kind) {
    case WhyPackageKind::kNonexistent:
      return DoesNotExist(why.asked, why.given);
    case WhyPackageKind::kUnknown:
      return Cat(why.asked, " is not in the answer; nothing is known of it.\n");
    case WhyPackageKind::kNotNeeded:
      if (!why.given.empty())
        return Cat(Begun(why.given), "; nothing in the answer asks for it.\n");
      return Cat(why.asked, " is not in the answer: nothing in it asks for it (newest admitted: ",
                 why.newest.empty() ? "none" : why.newest, ").\n");
    case WhyPackageKind::kInAnswer:
      break;
  }
  std::string text = why.given.empty() ? Cat(why.asked, " is in the answer:\n")
                                       : Cat(Begun(why.given), ", which the answer needs:\n");
  for (size_t i = 0; i < why.chains.size(); ++i) {
    if (i > 0) text += "and:\n";
    text += ChainText(why.chains[i]);
  }
  if (why.more_chains) text += "and in further ways that are as short.\n";
  std::vector<std::string> askers;
  for (const engine::RequiredBy& by : why.required_by) {
    askers.push_back(Cat(by.who == "request" ? "the request" : by.who, " (", by.requirement, ")"));
  }
  text += Cat("Asked for by ", Joined(askers, ", "), ".\n");
  if (why.why_version) text += VersionsText({*why.why_version});
  return text;
}

std::string NotChosenText(const engine::WhyNot& why) {
  switch (why.kind) {
    case WhyNotKind::kChosen:
      if (!why.given.empty()) return Cat(Begun(why.given), ".\n");
      return Cat("The answer has ", why.package, " ", why.chosen, ".\n");
    case WhyNotKind::kNotNeeded:
      return Cat(NotNeededText(why), AssumingText(why.assuming));
    case WhyNotKind::kWorse:
      return Cat(WorseText(why), AssumingText(why.assuming));
    case WhyNotKind::kImpossible:
      return Cat(ImpossibleText(why), AssumingText(why.assuming));
    case WhyNotKind::kNotAdmitted:
      return Cat(why.asked, " cannot be chosen:\n", LeftOutText(why));
    case WhyNotKind::kNoVersion:
      return NoVersionText(why);
    case WhyNotKind::kNonexistent:
      return DoesNotExist(why.package, why.given);
    case WhyNotKind::kUnknown:
      return Cat("Nothing is known of ", why.package, ".\n");
    case WhyNotKind::kStopped:
      return Cat("Stopped: a limit was reached before it was known whether ", why.asked,
                 " is possible.\n");
  }
  return {};
}

}  // namespace accord::cli
