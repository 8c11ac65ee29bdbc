#include "check/conda_check.h"

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "check/conda_environment.h"
#include "check/conda_members.h"
#include "check/conda_needs.h"
#include "ecosystem/conda/channel.h"

namespace accord::check {
namespace {

// The walk from a request over the members of an environment, and what limits them.
class CondaWalk {
 public:
  CondaWalk(const conda::ResolveRequest& request, const CondaWishes& wishes, CondaMembers& members,
            CheckReport& report)
      : environment_(request), wishes_(wishes), members_(members), report_(report) {}

  void Run() {
    for (const CondaWish& wish : wishes_.specs) {
      if (members_.Applies(wish.spec)) Require(SaidBy(wish));
    }
    for (const CondaWish& wish : wishes_.asked) {
      if (members_.Applies(wish.spec)) Require(SaidBy(wish));
    }
    for (CondaMember* pin : members_.pins()) {
      if (environment_.Keeps(pin->matched.name)) Reach(*pin);
    }
    while (!open_.empty()) {
      const Visit visit = std::move(open_.front());
      open_.pop_front();
      Expand(*visit.member, visit.extra);
    }
    for (const CondaWish& wish : wishes_.constraints) {
      Limit(ViolationKind::kConstraint, SaidBy(wish));
    }
    for (const CondaWish& wish : wishes_.locked) {
      Limit(ViolationKind::kLocked, SaidBy(wish));
    }
    for (const CondaWish& wish : wishes_.excluded) Exclude(SaidBy(wish));
    for (const CondaMember* pin : members_.pins()) CheckPin(*pin);
  }

 private:
  // The needs of a pin under one extra, or under none (empty).
  struct Visit {
    CondaMember* member = nullptr;
    std::string extra;
  };
  // What is said of a name, and where.
  struct Said {
    const CondaMember* by = nullptr;  // null: the request
    const CondaWish* wish = nullptr;
    std::string_view text;
    std::string_view name;
    const conda::MatchSpec& spec;

    [[nodiscard]] std::string Where() const { return by != nullptr ? by->label : wish->Where(); }
    [[nodiscard]] std::string Text() const { return conda::WithoutCredentials(text); }
  };
  static Said SaidBy(const CondaWish& wish) {
    return {nullptr, &wish, wish.text, wish.spec.name.Canonical(), wish.spec};
  }
  static Said SaidBy(const CondaMember& member, const CondaNeed& need) {
    return {&member, nullptr, need.text, need.name, *need.spec};
  }

  void Expand(const CondaMember& member, const std::string& extra) {
    for (const CondaNeed& need : member.needs) {
      if (need.constrains || need.extra != extra) continue;
      if (members_.Applies(*need.spec)) Require(SaidBy(member, need));
    }
  }

  void Require(const Said& said) {
    CondaMember* member = members_.Named(said.name);
    if (member == nullptr) {
      Add(ViolationKind::kMissing, said.Where(), said.Text(),
          Cat("no record of ", said.name, " is chosen"));
      return;
    }
    if (!members_.Matches(said.spec, *member)) {
      Add(ViolationKind::kWrongVersion, said.Where(), said.Text(), FactOf(*member));
    }
    Reach(*member);
    for (const std::string& extra : said.spec.extras) {
      if (member->extras.insert(extra).second) {
        open_.push_back({.member = member, .extra = extra});
      }
    }
  }

  void Reach(CondaMember& member) {
    if (!std::exchange(member.reached, true)) open_.push_back({.member = &member, .extra = {}});
  }

  void Limit(ViolationKind kind, const Said& said) {
    CondaMember* member = members_.Named(said.name);
    if (member == nullptr || !members_.Applies(said.spec) || members_.Matches(said.spec, *member)) {
      return;
    }
    Add(kind, said.Where(), said.Text(), FactOf(*member));
  }

  void Exclude(const Said& said) {
    CondaMember* member = members_.Named(said.name);
    if (member == nullptr || member->is_virtual || !members_.Applies(said.spec) ||
        !members_.Matches(said.spec, *member)) {
      return;
    }
    Add(ViolationKind::kExcluded, said.Where(), Cat("not ", said.Text()), FactOf(*member));
  }

  void CheckPin(const CondaMember& pin) {
    for (const CondaNeed& need : pin.needs) {
      if (need.constrains) Limit(ViolationKind::kConstraint, SaidBy(pin, need));
    }
    if (environment_.Removes(pin.matched.name)) {
      Add(ViolationKind::kExcluded, "/change/remove", Cat("no ", pin.matched.name), FactOf(pin));
    } else if (environment_.Freezes(pin.matched.name) && !pin.is_installed) {
      Add(ViolationKind::kLocked, "/installed", "the record that is installed", FactOf(pin));
    }
    if (pin.reached) return;
    Add(ViolationKind::kUnneeded, pin.label, "only what is needed", "nothing requires it");
  }

  static std::string FactOf(const CondaMember& member) {
    return Cat(member.label, member.is_virtual ? " is there" : " is chosen");
  }

  void Add(ViolationKind kind, std::string where, std::string wish, std::string fact) {
    report_.violations.push_back({.kind = kind,
                                  .where = std::move(where),
                                  .wish = std::move(wish),
                                  .fact = std::move(fact)});
  }

  const CondaEnvironment environment_;
  const CondaWishes& wishes_;
  CondaMembers& members_;
  CheckReport& report_;
  std::deque<Visit> open_;
};

}  // namespace

absl::StatusOr<CheckReport> CheckConda(const CondaQuestion& question,
                                       absl::Span<const CondaPin> pins) {
  ACCORD_CHECK(question.request != nullptr);
  CheckReport report;
  const absl::StatusOr<CondaWishes> wishes = ReadCondaWishes(*question.request, report.cost);
  if (!wishes.ok()) return wishes.status();
  CondaRecords records(*question.request, question.sources);
  CondaMembers members(*question.request, records, report);
  ACCORD_RETURN_IF_ERROR(members.Read(pins));
  CondaWalk(*question.request, *wishes, members, report).Run();
  ACCORD_RETURN_IF_ERROR(members.status());
  return report;
}

}  // namespace accord::check
