// A requirement: its texts and their parts, and what is read in place of one that is none.
#include <algorithm>
#include <string>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"
#include "tests/fuzz/printable.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::Requirement;

void HoldTexts(const Requirement& requirement, Laws& laws) {
  const std::string text = requirement.Text();
  if (!IsReadBackAsPrinted(text)) return;
  const auto again = Requirement::Parse(text);
  laws.Hold(again.ok() && *again == requirement && again->Text() == text,
            "a requirement's text is an equal requirement", {text});
  const std::string canonical = requirement.Canonical();
  const auto of_canonical = Requirement::Parse(canonical);
  laws.Hold(of_canonical.ok() && of_canonical->Canonical() == canonical,
            "a canonical text is its own", {canonical});
}

void HoldParts(const Requirement& requirement, Laws& laws) {
  const std::string name = requirement.NormalName();
  laws.Hold(pypi::IsNormalizedName(name), "a normal name is one", {name});
  laws.Hold(Requirement::Parse(requirement.name).ok(), "a name is a requirement",
            {requirement.name});
  for (const std::string& extra : requirement.NormalExtras()) {
    laws.Hold(pypi::IsNormalizedName(extra), "a normal extra is one", {extra});
  }
  laws.Hold(requirement.url.empty() || requirement.specifiers.empty(),
            "a URL stands in place of specifiers", {requirement.url});
  const auto set = pypi::SpecifierSet::Parse(requirement.specifiers.Text());
  laws.Hold(set.ok() && *set == requirement.specifiers, "specifiers alone are the same set",
            {requirement.specifiers.Text()});
}

}  // namespace

void Requirements(std::string_view input, Laws& laws) {
  const auto requirement = Requirement::Parse(input);
  const auto lenient = pypi::ReadRequirementLeniently(input);
  laws.Hold(!requirement.ok() || (lenient.ok() && lenient->requirement == *requirement),
            "what can be read is read as it stands", {input});
  if (lenient.ok() && !lenient->repaired.empty()) {
    const auto repaired = Requirement::Parse(lenient->repaired);
    laws.Hold(repaired.ok() && *repaired == lenient->requirement, "a repair is readable",
              {lenient->repaired});
  }
  if (!requirement.ok()) return;
  HoldTexts(*requirement, laws);
  HoldParts(*requirement, laws);
}

}  // namespace accord::fuzz
