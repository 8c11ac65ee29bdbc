// A marker: its text, what it says in two environments before and after printing, and what is left
// of it where only extras count.
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/marker.h"
#include "tests/fuzz/printable.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::Environment;
using pypi::Marker;
using pypi::MarkerScope;
using pypi::MarkerVariable;

const std::array<Environment, 2>& Environments() {
  static const std::array<Environment, 2> environments = [] {
    std::array made = {*Environment::CPythonOnLinux("3.11.7"),
                       *Environment::CPythonOnLinux("3.8.0rc1")};
    made[1].Set(MarkerVariable::kSysPlatform, "win32");
    made[1].Set(MarkerVariable::kPlatformRelease, "10.0.19045");
    return made;
  }();
  return environments;
}

// nullopt: no answer, for the marker compares what has no order or no value here.
std::optional<bool> Holds(const Marker& marker, const Environment& environment,
                          const MarkerScope& scope) {
  const absl::StatusOr<bool> holds = marker.Evaluate(environment, scope);
  return holds.ok() ? std::optional(*holds) : std::nullopt;
}

void HoldSameMeaning(const Marker& a, const Marker& b, std::string_view law, Laws& laws) {
  for (const Environment& environment : Environments()) {
    for (const std::string_view extra : {"", "x", "test"}) {
      laws.Hold(Holds(a, environment, {.extra = extra}) == Holds(b, environment, {.extra = extra}),
                law, {a.Text(), b.Text(), extra});
    }
    const auto of_a = pypi::ConditionOnExtras(a, environment, {});
    const auto of_b = pypi::ConditionOnExtras(b, environment, {});
    laws.Hold(of_a.ok() == of_b.ok() && (!of_a.ok() || *of_a == *of_b), law, {a.Text(), b.Text()});
  }
}

// "MARKER and MARKER" and the like mean what the marker means.
void HoldTwice(std::string_view text, const Marker& marker, Laws& laws) {
  for (const std::string_view joint : {" and ", " or "}) {
    const auto twice = Marker::Parse(Cat("(", text, ")", joint, "(", text, ")"));
    if (!twice.ok()) continue;  // a limit
    HoldSameMeaning(marker, *twice, "saying it twice says the same", laws);
  }
}

void HoldExtrasAlone(const Marker& marker, Laws& laws) {
  const std::optional<Marker> alone = pypi::ExtrasAlone(marker);
  laws.Hold(marker.MentionsExtra() || !alone, "without extras nothing is left", {marker.Text()});
  if (!alone) return;
  laws.Hold(alone->MentionedExtras() == marker.MentionedExtras() ||
                alone->MentionedExtras().size() < marker.MentionedExtras().size(),
            "no extra comes from nowhere", {marker.Text(), alone->Text()});
  for (const Environment& environment : Environments()) {
    for (const std::string_view extra : {"", "x", "test"}) {
      const MarkerScope scope{.extra = extra};
      if (Holds(marker, environment, scope) != true) continue;
      laws.Hold(Holds(*alone, environment, scope) == true,
                "what holds still holds where the environment does not count",
                {marker.Text(), alone->Text(), extra});
    }
  }
}

}  // namespace

void Markers(std::string_view input, Laws& laws) {
  const auto marker = Marker::Parse(input);
  if (!marker.ok()) return;
  if (IsReadBackAsPrinted(marker->Text())) {
    const auto again = Marker::Parse(marker->Text());
    laws.Hold(again.ok() && again->Text() == marker->Text(), "a marker's text is its own",
              {marker->Text()});
    if (again.ok()) HoldSameMeaning(*marker, *again, "a marker's text means the same", laws);
  }
  HoldTwice(input, *marker, laws);
  HoldExtrasAlone(*marker, laws);
}

}  // namespace accord::fuzz
