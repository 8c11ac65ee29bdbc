#include "ecosystem/pypi/inputs/lock_preferences.h"

#include <set>

#include "base/error.h"
#include "ecosystem/pypi/inputs/pylock.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

// The one specifier that pins a version; null if there is none, or more.
const Specifier* PinOf(const Requirement& requirement) {
  const auto specifiers = requirement.specifiers.specifiers();
  if (specifiers.size() != 1) return nullptr;
  const SpecifierOperator op = specifiers.front().op();
  const bool is_pin = op == SpecifierOperator::kEqual || op == SpecifierOperator::kArbitrary;
  return is_pin ? &specifiers.front() : nullptr;
}

class PreferencesReader {
 public:
  explicit PreferencesReader(const Environment& environment) : environment_(environment) {}

  absl::Status Add(const PlacedText& text) {
    const absl::StatusOr<Requirement> read = Requirement::Parse(text.text);
    if (!read.ok()) return At(text.place, read.status());
    if (read->marker) {
      const absl::StatusOr<bool> holds = read->marker->Evaluate(environment_);
      if (!holds.ok()) return At(text.place, holds.status());
      if (!*holds) return absl::OkStatus();
    }
    const Specifier* const pin = PinOf(*read);
    if (pin == nullptr) {
      locked_.notes.push_back(
          {text.place, Cat(Quoted(text.text), " is no preference: name==version is")});
    } else {
      locked_.versions.push_back({read->name, pin->Text(), text.place});
    }
    return absl::OkStatus();
  }

  LockedVersions Take() { return std::move(locked_); }

 private:
  const Environment& environment_;
  LockedVersions locked_;
};

}  // namespace

absl::StatusOr<LockedVersions> ReadPylockVersions(std::string_view text, std::string_view place,
                                                  const Environment& environment) {
  const absl::StatusOr<Pylock> lock = Pylock::Parse(text, place);
  if (!lock.ok()) return lock.status();
  const auto packages =
      PackagesFor(*lock, environment, {.extras = lock->extras, .groups = lock->groups});
  if (!packages.ok()) return packages.status();
  LockedVersions locked{.notes = lock->notes};
  for (const PylockPackage* const package : *packages) {
    if (package->source == PylockSource::kIndex && !package->version.empty()) {
      locked.versions.push_back({package->name, Cat("==", package->version), package->place});
    } else {
      locked.notes.push_back(
          {package->place,
           Cat(Quoted(package->name), " is no preference: it is no version of an index")});
    }
  }
  return locked;
}

absl::StatusOr<LockedVersions> ReadRequirementsVersions(
    const RequirementsFile& file, const RequirementsSurroundings& surroundings,
    const Environment& environment) {
  const absl::StatusOr<Input> input = ReadRequirementsTxt(file, surroundings);
  if (!input.ok()) return input.status();
  PreferencesReader reader(environment);
  for (const auto* texts : {&input->requirements, &input->constraints}) {
    for (const PlacedText& text : *texts) ACCORD_RETURN_IF_ERROR(reader.Add(text));
  }
  return reader.Take();
}

void Prefer(ResolveRequest& request, const LockedVersions& lock, const Upgrade& upgrade) {
  std::set<std::string> upgraded;
  for (const std::string& name : upgrade.names) upgraded.insert(NormalizeName(name));
  std::set<std::string> known;
  for (const LockedVersion& one : lock.versions) {
    const std::string name = NormalizeName(one.name);
    known.insert(name);
    if (upgrade.all || upgraded.contains(name)) continue;
    request.favored.push_back({Cat(one.name, one.specifier), one.place});
  }
  request.notes.insert(request.notes.end(), lock.notes.begin(), lock.notes.end());
  for (const std::string& name : upgraded) {
    if (known.contains(name)) continue;
    request.notes.push_back({"--upgrade-package", Cat("the lock has no ", Quoted(name))});
  }
}

}  // namespace accord::pypi
