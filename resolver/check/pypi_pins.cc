#include "check/pypi_pins.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/core_metadata.h"
#include "ecosystem/pypi/name.h"

namespace accord::check {
namespace {

using metadata::FileRecord;
using metadata::PackageFacts;

// The version that is spelled so, or means the same. Of equal ones the first counts, and the others
// stand behind all that are ordered.
std::optional<uint32_t> FindVersion(const PackageFacts& package, const pypi::Candidate& wanted) {
  const uint32_t ordered = package.ordered_count();
  for (uint32_t version = ordered; version > 0; --version) {  // mostly a new one
    if (package.version(version - 1) == wanted.text()) return version - 1;
  }
  for (uint32_t version = 0; version < ordered && wanted.version() != nullptr; ++version) {
    const auto parsed = pypi::Version::TryParse(package.version(version));
    if (parsed && *parsed == *wanted.version()) return version;
  }
  for (uint32_t version = ordered; version < package.version_count(); ++version) {
    if (package.version(version) == wanted.text()) return version;
  }
  return std::nullopt;
}

class PinReader {
 public:
  PinReader(const Wishes& wishes, Candidates& candidates, Pins& into, CheckReport& report)
      : wishes_(wishes), candidates_(candidates), into_(into), report_(report) {}

  absl::Status Read(const PypiPin& pin) {
    ++report_.cost.pins;
    const std::string name = pypi::NormalizeName(pin.name);
    const auto [entry, is_new] = into_.try_emplace(name, pin);
    PinFacts& facts = entry->second;
    if (!is_new) {
      Add(ViolationKind::kTwoOfOne, Cat(pin.name, " ", pin.version), "one version of a package",
          Cat(facts.Label(), " is chosen too"));
      return absl::OkStatus();
    }
    facts.name = name;
    if (pin.extras) {
      for (const std::string& extra : *pin.extras) facts.extras.insert(pypi::NormalizeName(extra));
    }
    const auto urls = wishes_.urls.find(name);
    const bool is_direct = urls != wishes_.urls.end();
    return is_direct ? ReadDirect(urls->second, facts) : ReadRecords(facts);
  }

 private:
  void Add(ViolationKind kind, std::string where, std::string wish, std::string fact) {
    report_.violations.push_back({.kind = kind,
                                  .where = std::move(where),
                                  .wish = std::move(wish),
                                  .fact = std::move(fact)});
  }
  // A need by URL is the walk's to report: there it shows what is chosen instead.
  void Take(Verdict& verdict, PinFacts& facts) {
    facts.metadata = std::move(verdict.metadata);
    facts.needs = std::move(verdict.needs);
    if (!verdict.fault || verdict.fault->kind == ViolationKind::kNeedsAddress) return;
    Add(verdict.fault->kind, facts.Label(), verdict.fault->wish, verdict.fault->fact);
  }

  // Of equal versions of several sources the first that may be chosen counts.
  absl::Status ReadRecords(PinFacts& facts) {
    if (!facts.pin->url.empty()) {
      Add(ViolationKind::kNeedsAddress, facts.Label(), "a version that a source has",
          Cat("the answer takes it from ", facts.pin->url));
    }
    const absl::StatusOr<std::vector<Place>> places = candidates_.PlacesOf(facts.name);
    if (!places.ok()) return places.status();
    std::optional<uint32_t> found;
    const Place* at = nullptr;
    Verdict verdict;
    for (const Place& place : *places) {
      const std::optional<uint32_t> version = FindVersion(*place.package, facts.candidate);
      if (!version) continue;
      absl::StatusOr<Verdict> judged = candidates_.Judge(place, *version);
      if (!judged.ok()) return judged.status();
      if (found && judged->fault) continue;
      found = version;
      at = &place;
      verdict = *std::move(judged);
      if (!verdict.fault) break;
    }
    if (!found) {
      Add(ViolationKind::kNotInSource, facts.Label(), "a version that a source has",
          places->empty() ? Cat("no source has ", Quoted(facts.name))
                          : Cat(Quoted(facts.name), " has no such version"));
      return absl::OkStatus();
    }
    if (const std::string_view spelled = at->package->version(*found);
        spelled != facts.candidate.text()) {
      facts.candidate = pypi::Candidate(spelled);
    }
    if (!verdict.metadata) {
      Add(ViolationKind::kUnknownNeeds, facts.Label(), "requirements that are known",
          verdict.unknown_because);
    }
    Take(verdict, facts);
    if (facts.candidate.is_prerelease()) ACCORD_RETURN_IF_ERROR(CheckPrerelease(facts));
    CheckIndex(facts, *at);
    CheckFiles(facts, verdict.files);
    return absl::OkStatus();
  }

  absl::Status CheckPrerelease(const PinFacts& facts) {
    absl::StatusOr<std::string> fault = candidates_.PrereleaseFault(facts.name);
    if (!fault.ok()) return fault.status();
    if (!fault->empty()) {
      Add(ViolationKind::kPrerelease, facts.Label(), "a final release", *std::move(fault));
    }
    return absl::OkStatus();
  }

  void CheckIndex(const PinFacts& facts, const Place& place) {
    const std::string& told = facts.pin->index;
    if (told.empty() || told == place.source->place()) return;
    Add(ViolationKind::kIndex, facts.Label(), Cat("from ", place.source->place()),
        Cat("the answer takes it from ", told));
  }

  // The answer says of each file that will do that it does, and of no other, best first.
  void CheckFiles(const PinFacts& facts, const std::vector<const FileRecord*>& files) {
    if (!facts.pin->files) return;
    const std::vector<std::string>& told = *facts.pin->files;
    const auto same = [](const FileRecord* file, const std::string& name) {
      return file->name == name;
    };
    if (std::ranges::equal(files, told, same)) return;
    const size_t at =
        static_cast<size_t>(std::ranges::mismatch(files, told, same).in1 - files.begin());
    Add(ViolationKind::kFiles, facts.Label(),
        Cat("file ", at + 1, " is ", at < files.size() ? files[at]->name : "none"),
        Cat("the answer has ", at < told.size() ? told[at] : "none"));
  }

  // The request asks for the name by URL: it is what one of them has.
  absl::Status ReadDirect(const std::set<std::string>& urls, PinFacts& facts) {
    for (const std::string& url : urls) {
      if (!facts.pin->url.empty() && facts.pin->url != url) continue;
      const auto direct = wishes_.direct.find(url);
      if (direct == wishes_.direct.end()) continue;
      absl::StatusOr<pypi::CoreMetadata> core =
          pypi::CoreMetadata::Parse(direct->second->metadata_text);
      if (!core.ok()) return At(direct->second->place, core.status());
      const pypi::Candidate candidate(core->version);
      const bool is_it = candidate.version() != nullptr && facts.candidate.version() != nullptr &&
                         *candidate.version() == *facts.candidate.version();
      if (!is_it || pypi::NormalizeName(core->name) != facts.name) continue;
      facts.url = url;
      facts.candidate = candidate;
      absl::StatusOr<Verdict> verdict =
          candidates_.JudgeDirect(facts.name, {.requirements = core->requires_dist,
                                               .requires_language = core->requires_python,
                                               .extras = core->provides_extra});
      if (!verdict.ok()) return verdict.status();
      Take(*verdict, facts);
      return absl::OkStatus();
    }
    Add(ViolationKind::kNotInSource, facts.Label(), Cat("what stands at ", *urls.begin()),
        "no metadata of the request says that this version does");
    return absl::OkStatus();
  }

  const Wishes& wishes_;
  Candidates& candidates_;
  Pins& into_;
  CheckReport& report_;
};

}  // namespace

std::string PinFacts::Label() const { return Cat(pin->name, " ", pin->version); }

bool PinFacts::Knows(const std::string& extra) const {
  if (!metadata) return false;
  const auto is_it = [&](const std::string& one) { return pypi::NormalizeName(one) == extra; };
  if (std::ranges::any_of(metadata->extras, is_it)) return true;
  return std::ranges::any_of(needs, [&](const Need& need) {
    if (need.marker == nullptr) return false;
    const std::vector<std::string> mentioned = need.marker->marker.MentionedExtras();
    return std::ranges::find(mentioned, extra) != mentioned.end();
  });
}

absl::Status ReadPins(const Wishes& wishes, absl::Span<const PypiPin> pins, Candidates& candidates,
                      Pins& facts, CheckReport& report) {
  PinReader reader(wishes, candidates, facts, report);
  for (const PypiPin& pin : pins) {
    ACCORD_RETURN_IF_ERROR(reader.Read(pin));
  }
  return absl::OkStatus();
}

}  // namespace accord::check
