#include "check/pypi_pins.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"

namespace accord::check {
namespace {

using metadata::FileRecord;
using metadata::MetadataRecord;
using metadata::PackageRecord;
using metadata::VersionRecord;

void Add(CheckReport& report, ViolationKind kind, std::string where, std::string wish,
         std::string fact) {
  report.violations.push_back(
      {.kind = kind, .where = std::move(where), .wish = std::move(wish), .fact = std::move(fact)});
}

absl::StatusOr<const PackageRecord*> FindPackage(const PypiQuestion& question,
                                                 std::string_view name) {
  for (const metadata::Source* source : question.sources) {
    absl::StatusOr<const PackageRecord*> found = source->Find(name);
    if (!found.ok() || *found != nullptr) return found;
  }
  return nullptr;
}

// The first record whose version is spelled so, or means the same.
const VersionRecord* FindVersion(const PackageRecord& package, const pypi::Candidate& wanted) {
  for (const VersionRecord& record : package.versions) {
    if (record.version == wanted.text()) return &record;
    if (wanted.version() == nullptr) continue;
    const auto version = pypi::Version::TryParse(record.version);
    if (version && *version == *wanted.version()) return &record;
  }
  return nullptr;
}

// A Requires-Python that cannot be read forbids nothing, as with pip.
bool AdmitsPython(const std::string& requires_python, const pypi::Version& python) {
  const auto read = pypi::ReadSpecifiersLeniently(requires_python);
  return !read || Matches(read->set, python);
}

struct FileVerdict {
  bool python = false;  // a file, or no knowledge of files, fits the Python
  bool usable = false;  // and is not yanked
};

FileVerdict JudgeFiles(const VersionRecord& version, const pypi::Version& python) {
  if (version.files.empty()) return {.python = true, .usable = true};
  FileVerdict verdict;
  for (const FileRecord& file : version.files) {
    if (!AdmitsPython(file.requires_language, python)) continue;
    verdict.python = true;
    if (!file.yanked) verdict.usable = true;
  }
  return verdict;
}

// "==V" or "===V" alone.
bool IsSolePin(const pypi::SpecifierSet& set) {
  if (set.specifiers().size() != 1) return false;
  const pypi::SpecifierOperator op = set.specifiers().front().op();
  return op == pypi::SpecifierOperator::kEqual || op == pypi::SpecifierOperator::kArbitrary;
}

bool AnyOfName(const std::vector<Wish>& wishes, std::string_view name, auto predicate) {
  return std::ranges::any_of(wishes, [&](const Wish& wish) {
    return wish.parsed.NormalName() == name && predicate(wish.parsed.specifiers);
  });
}

bool RequestNames(const Wishes& wishes, std::string_view name, auto predicate) {
  return AnyOfName(wishes.requirements, name, predicate) ||
         AnyOfName(wishes.constraints, name, predicate) ||
         AnyOfName(wishes.locked, name, predicate);
}

bool HasReadableNeeds(const MetadataRecord& metadata) {
  return std::ranges::all_of(metadata.requirements, [](const std::string& text) {
    const auto read = pypi::ReadRequirementLeniently(text);
    return read.ok() && read->requirement.url.empty();
  });
}

// A final release that this Python could take, by its texts alone.
const VersionRecord* FindFinal(const PackageRecord& package, const pypi::Version& python) {
  for (const VersionRecord& record : package.versions) {
    const auto version = pypi::Version::TryParse(record.version);
    if (!version || version->is_prerelease() || !record.metadata) continue;
    const MetadataRecord& needs = package.metadata[*record.metadata];
    if (HasReadableNeeds(needs) && AdmitsPython(needs.requires_language, python) &&
        JudgeFiles(record, python).usable) {
      return &record;
    }
  }
  return nullptr;
}

// A sole pin of the request, or any lock.
bool MayBeYanked(const PinFacts& pin, std::string_view name, const Wishes& wishes,
                 CheckCost& cost) {
  const auto inside = [&](const pypi::SpecifierSet& set) {
    return InSpecifiers(set, pin.candidate, cost);
  };
  return AnyOfName(wishes.locked, name, inside) ||
         RequestNames(wishes, name,
                      [&](const pypi::SpecifierSet& set) { return IsSolePin(set) && inside(set); });
}

// Why the policy refuses this pre-release; empty if it does not.
std::string PrereleaseFault(const PinFacts& pin, std::string_view name, const AdmissionRule& rule) {
  using enum pypi::PrereleasePolicy;
  if (rule.prereleases == kAllow) return {};
  if (rule.prereleases == kDisallow) return "this is one";
  const bool named = RequestNames(
      rule.wishes, name, [](const pypi::SpecifierSet& set) { return set.NamesPrerelease(); });
  if (rule.prereleases != kIfNecessary && named) return {};
  if (rule.prereleases == kExplicit) return "this is one, and the request names none";
  const VersionRecord* final_release = FindFinal(*pin.package, rule.python);
  if (final_release == nullptr) return {};
  return Cat("this is one, and there is ", final_release->version);
}

void ReadNeeds(PinFacts& facts, CheckReport& report) {
  for (const std::string& text : facts.metadata->requirements) {
    ++report.cost.texts;
    absl::StatusOr<pypi::LenientRequirement> read = pypi::ReadRequirementLeniently(text);
    if (!read.ok()) {
      Add(report, ViolationKind::kUnreadable, facts.Label(), "requirements that can be read",
          std::string(Message(read.status())));
      continue;
    }
    pypi::Requirement* const parsed = &read->requirement;
    if (parsed->marker) {
      for (std::string& extra : parsed->marker->MentionedExtras()) {
        facts.known_extras.insert(std::move(extra));
      }
    }
    facts.needs.push_back({.text = text, .parsed = *std::move(parsed)});
  }
  for (const std::string& extra : facts.metadata->extras) {
    facts.known_extras.insert(pypi::NormalizeName(extra));
  }
}

absl::Status ReadRecord(const PypiQuestion& question, const std::string& name, PinFacts& facts,
                        CheckReport& report) {
  absl::StatusOr<const PackageRecord*> package = FindPackage(question, name);
  if (!package.ok()) return package.status();
  facts.package = *package;
  if (facts.package != nullptr) facts.version = FindVersion(*facts.package, facts.candidate);
  if (facts.version == nullptr) {
    Add(report, ViolationKind::kNotInSource, facts.Label(), "a version that a source has",
        facts.package == nullptr ? Cat("no source has ", Quoted(name))
                                 : Cat(Quoted(name), " has no such version"));
    return absl::OkStatus();
  }
  facts.candidate = pypi::Candidate(facts.version->version);
  if (!facts.version->metadata) {
    Add(report, ViolationKind::kUnknownNeeds, facts.Label(), "requirements that are known",
        facts.version->unknown_because);
    return absl::OkStatus();
  }
  facts.metadata = &facts.package->metadata[*facts.version->metadata];
  ReadNeeds(facts, report);
  return absl::OkStatus();
}

}  // namespace

std::string PinFacts::Label() const { return Cat(pin->name, " ", pin->version); }

bool InSpecifiers(const pypi::SpecifierSet& set, const pypi::Candidate& candidate,
                  CheckCost& cost) {
  ++cost.matches;
  return std::ranges::all_of(set.specifiers(), [&](const pypi::Specifier& specifier) {
    return Matches(specifier, candidate);
  });
}

absl::StatusOr<Pins> ReadPins(const PypiQuestion& question, absl::Span<const PypiPin> pins,
                              CheckReport& report) {
  Pins read;
  for (const PypiPin& pin : pins) {
    ++report.cost.pins;
    const std::string name = pypi::NormalizeName(pin.name);
    const auto [entry, is_new] = read.try_emplace(name, pin);
    PinFacts& facts = entry->second;
    if (!is_new) {
      Add(report, ViolationKind::kTwoOfOne, Cat(pin.name, " ", pin.version),
          "one version of a package", Cat(facts.Label(), " is chosen too"));
      continue;
    }
    if (pin.extras) {
      for (const std::string& extra : *pin.extras) facts.extras.insert(pypi::NormalizeName(extra));
    }
    ACCORD_RETURN_IF_ERROR(ReadRecord(question, name, facts, report));
  }
  return read;
}

void CheckAdmitted(const PinFacts& pin, const AdmissionRule& rule, CheckReport& report) {
  const std::string name = pypi::NormalizeName(pin.pin->name);
  const std::string& requires_python = pin.metadata->requires_language;
  const FileVerdict files = JudgeFiles(*pin.version, rule.python);
  if (!AdmitsPython(requires_python, rule.python)) {
    Add(report, ViolationKind::kLanguageVersion, pin.Label(), Cat("Python ", requires_python),
        Cat("the environment has ", rule.python.Text()));
  } else if (!files.python) {
    Add(report, ViolationKind::kLanguageVersion, pin.Label(), "a file for this Python",
        Cat("each file's Requires-Python excludes ", rule.python.Text()));
  } else if (!files.usable && !MayBeYanked(pin, name, rule.wishes, report.cost)) {
    Add(report, ViolationKind::kYanked, pin.Label(), "a file that is not yanked",
        "all are, and the request does not pin it");
  }
  if (!pin.candidate.is_prerelease()) return;
  std::string fault = PrereleaseFault(pin, name, rule);
  if (fault.empty()) return;
  Add(report, ViolationKind::kPrerelease, pin.Label(), "a final release", std::move(fault));
}

}  // namespace accord::check
