#include "check/conda_members.h"

#include <charconv>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/condition.h"
#include "ecosystem/conda/text.h"

namespace accord::check {
namespace {

constexpr std::string_view kVirtualPrefix = "__";

std::vector<std::string_view> WordsIn(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = conda::Strip(text); !text.empty(); text = conda::Strip(text)) {
    words.push_back(text.substr(0, text.find(' ')));
    text.remove_prefix(words.back().size());
  }
  return words;
}

// 0 where the record does not say.
uint64_t BuildNumberOf(const CondaRecord& record) {
  const std::string_view text = record.Attribute("build_number");
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool AsksForFile(const conda::MatchSpec& spec) {
  return spec.fn || spec.url || spec.md5 || spec.sha256 || spec.timestamp;
}

// But for name and version, which the member has already, and its file.
void TakeRecord(const CondaRecord& record, CondaMember& member) {
  member.track_features = WordsIn(record.Attribute("track_features"));
  member.features = WordsIn(record.Attribute("features"));
  member.flags = WordsIn(record.Attribute("flags"));
  conda::MatchedRecord& matched = member.matched;
  matched.build_number = BuildNumberOf(record);
  matched.channel = record.Attribute("channel");
  matched.subdir = record.Attribute("subdir");
  matched.license = record.Attribute("license");
  matched.license_family = record.Attribute("license_family");
  matched.track_features = member.track_features;
  matched.features = member.features;
  matched.flags = member.flags;
}

}  // namespace

absl::Status CondaMembers::Read(absl::Span<const CondaPin> pins) {
  for (const conda::VirtualPackage& package : request_.virtual_packages) {
    ACCORD_RETURN_IF_ERROR(AddVirtual(package));
  }
  for (const CondaPin& pin : pins) {
    ACCORD_RETURN_IF_ERROR(AddPin(pin));
  }
  return absl::OkStatus();
}

absl::Status CondaMembers::AddVirtual(const conda::VirtualPackage& package) {
  const std::string place = Cat("virtual package ", Quoted(package.name));
  if (!package.name.starts_with(kVirtualPrefix)) {
    return InvalidInput(place, "expected a name that begins with '__'");
  }
  absl::StatusOr<conda::Version> version = conda::Version::Parse(package.version);
  if (!version.ok()) return At(place, version.status());
  const auto [entry, is_new] = members_.try_emplace(conda::LowerText(package.name));
  if (!is_new) return InvalidInput(place, "expected one of this name");
  CondaMember& member = entry->second;
  member.label = Cat(package.name, " ", package.version);
  member.is_virtual = true;
  member.version = *std::move(version);
  member.matched.name = entry->first;
  member.matched.version = &*member.version;
  member.matched.build = package.build;
  return absl::OkStatus();
}

absl::Status CondaMembers::AddPin(const CondaPin& pin) {
  ++report_.cost.pins;
  if (pin.name.starts_with(kVirtualPrefix)) {
    Add(ViolationKind::kNotInSource, pin.Label(), "a record that a channel has",
        "names that begin with '__' are of virtual packages");
    return absl::OkStatus();
  }
  const auto [entry, is_new] = members_.try_emplace(conda::LowerText(pin.name));
  CondaMember& member = entry->second;
  if (!is_new) {
    Add(ViolationKind::kTwoOfOne, pin.Label(), "one record of a package",
        Cat(member.label, " is chosen too"));
    return absl::OkStatus();
  }
  pins_.push_back(&member);
  member.label = pin.Label();
  member.version = conda::Version::TryParse(pin.version);
  member.matched.name = entry->first;
  if (member.version) member.matched.version = &*member.version;
  member.matched.build = pin.build;
  const absl::StatusOr<std::optional<CondaRecord>> record =
      records_.Find(pin, entry->first, report_);
  if (!record.ok()) return record.status();
  if (!*record) return absl::OkStatus();
  member.record = *record;
  const absl::StatusOr<bool> is_installed = records_.IsInstalled(**record);
  if (!is_installed.ok()) return is_installed.status();
  member.is_installed = *is_installed;
  TakeRecord(*member.record, member);
  if (!request_.no_deps) ReadNeeds(member);
  return absl::OkStatus();
}

void CondaMembers::ReadNeeds(CondaMember& member) {
  const metadata::PackageFacts& facts = member.record->facts();
  const std::optional<uint32_t> metadata = facts.metadata_of(member.record->number());
  if (!metadata) {
    Add(ViolationKind::kUnknownNeeds, member.label, "requirements that are known",
        std::string(facts.unknown_because(member.record->number())));
    return;
  }
  const metadata::Column requirements = facts.requirements_of(*metadata);
  member.needs.reserve(requirements.size());
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    ++report_.cost.texts;
    const absl::StatusOr<CondaNeed> need = needs_.Read(facts.RequirementText(requirements[i]));
    if (need.ok()) {
      member.needs.push_back(*need);
      continue;
    }
    Add(ViolationKind::kUnreadable, member.label, "requirements that can be read",
        std::string(Message(need.status())));
  }
}

void CondaMembers::ReadFile(CondaMember& member) {
  member.has_file = true;
  if (!member.record) return;
  const absl::StatusOr<const metadata::FileRecord*> file =
      records_.FileOf(*member.record, metadata::FileDetail::kAll);
  status_.Update(file.status());
  if (!file.ok() || *file == nullptr) return;
  member.matched.fn = (*file)->name;
  member.matched.url = (*file)->url;
  member.matched.md5 = (*file)->md5;
  member.matched.sha256 = (*file)->sha256;
  member.matched.timestamp = TimeOf(*file).value_or(0);
}

CondaMember* CondaMembers::Named(std::string_view name) {
  const auto found = members_.find(name);
  return found != members_.end() ? &found->second : nullptr;
}

bool CondaMembers::Matches(const conda::MatchSpec& spec, CondaMember& member) {
  ++report_.cost.matches;
  if (!member.has_file && AsksForFile(spec)) ReadFile(member);
  return spec.Matches(member.matched);
}

bool CondaMembers::Applies(const conda::MatchSpec& spec) {
  if (spec.when == nullptr) return true;
  ++report_.cost.markers;
  return spec.when->Holds([&](const conda::MatchSpec& part) {
    CondaMember* member = Named(part.name.Canonical());
    return member != nullptr && Matches(part, *member);
  });
}

void CondaMembers::Add(ViolationKind kind, std::string where, std::string wish, std::string fact) {
  report_.violations.push_back(
      {.kind = kind, .where = std::move(where), .wish = std::move(wish), .fact = std::move(fact)});
}

}  // namespace accord::check
