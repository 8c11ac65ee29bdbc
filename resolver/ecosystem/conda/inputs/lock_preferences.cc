#include "ecosystem/conda/inputs/lock_preferences.h"

#include <set>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

// Of one package, with its version.
bool IsPin(const MatchSpec& spec) {
  if (spec.name.kind() != TextMatch::Kind::kExact || !spec.version) return false;
  if (spec.when != nullptr || !spec.extras.empty()) return false;
  const VersionClause* const single = spec.version->single();
  return single != nullptr &&
         (single->op() == VersionOperator::kEqual || single->op() == VersionOperator::kFuzzy);
}

}  // namespace

absl::StatusOr<LockedRecords> ReadLockedRecords(const Input& lock,
                                                std::span<const std::string> channels,
                                                Dialect dialect) {
  LockedRecords locked;
  for (const ListedFile& file : lock.files) {
    locked.records.push_back({file.name, SpecOf(file, channels), file.place});
  }
  for (const PlacedText& text : lock.specs) {
    const absl::StatusOr<MatchSpec> spec = MatchSpec::Parse(text.text, {.dialect = dialect});
    if (!spec.ok()) return At(text.place, spec.status());
    if (IsPin(*spec)) {
      locked.records.push_back({spec->name.Canonical(), text.text, text.place});
    } else {
      locked.notes.push_back({text.place, Cat(Quoted(WithoutCredentials(text.text)),
                                              " is no preference: name=version=build is")});
    }
  }
  return locked;
}

void Prefer(ResolveRequest& request, const LockedRecords& lock, const Upgrade& upgrade) {
  std::set<std::string> upgraded;
  for (const std::string& name : upgrade.names) upgraded.insert(LowerText(name));
  std::set<std::string> known;
  for (const LockedRecords::Locked& one : lock.records) {
    const std::string name = LowerText(one.name);
    known.insert(name);
    if (upgrade.all || upgraded.contains(name)) continue;
    request.favored.push_back({one.spec, one.place});
  }
  request.notes.insert(request.notes.end(), lock.notes.begin(), lock.notes.end());
  for (const std::string& name : upgraded) {
    if (known.contains(name)) continue;
    request.notes.push_back({"--upgrade-package", Cat("the lock has no ", Quoted(name))});
  }
}

}  // namespace accord::conda
