#include "model/neutral_import.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/set_text.h"

namespace accord {
namespace {

// The document as flat arrays; names and versions interned.
struct Document {
  struct Need {
    StringId name;
    uint32_t first_range = 0;
    uint32_t range_count = 0;
  };
  struct Candidate {
    StringId version;
    uint32_t first_need = 0;
    uint32_t need_count = 0;
  };
  struct Listed {
    StringId name;
    uint32_t first_candidate = 0;
    uint32_t candidate_count = 0;
  };
  Interner texts;
  std::vector<PositionRange> ranges;
  std::vector<Need> needs;
  std::vector<Candidate> candidates;
  std::vector<Listed> packages;
  std::vector<Need> root;
  std::vector<std::pair<StringId, uint32_t>> root_list;
  std::vector<std::pair<StringId, StringId>> expected;
  std::string name;
  std::string roots;
  std::string expect;
};

// nlohmann's SAX events -> Document. Each open array or object has a role; a value's meaning is the
// role around it and the key before it.
class NeutralReader {
 public:
  explicit NeutralReader(std::string_view place) : place_(place) {}

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(int64_t) { return Refuse("negative number"); }
  bool number_float(double, const std::string&) { return Refuse("number with a fraction"); }
  bool binary(nlohmann::json::binary_t&) { return Refuse("binary value"); }

  bool number_unsigned(uint64_t value) {
    if (value > std::numeric_limits<uint32_t>::max()) return Refuse("number too large");
    const auto word = static_cast<uint32_t>(value);
    if (role() == Role::kRange) {
      if (numbers_ >= 2) return Refuse("more than two numbers in a range");
      PositionRange& range = document_.ranges.back();
      (numbers_ == 0 ? range.first : range.last) = word;
      ++numbers_;
    } else if (role() == Role::kRootPair) {
      document_.root_list.back().second = word;
    }
    return true;
  }

  bool string(std::string& value) {
    switch (role()) {
      case Role::kTop:
        if (key_ == "name") document_.name = value;
        if (key_ == "roots") document_.roots = value;
        if (key_ == "expect") document_.expect = value;
        return true;
      case Role::kCandidate:
        if (key_ == "version") document_.candidates.back().version = Intern(value);
        return true;
      case Role::kNeed:
        if (key_ == "name") need().name = Intern(value);
        return true;
      case Role::kRootPair:
        document_.root_list.back().first = Intern(value);
        return true;
      case Role::kExpected:
        document_.expected.emplace_back(Intern(key_), Intern(value));
        return true;
      default:
        return Refuse(Cat("text ", Quoted(value)));
    }
  }

  bool key(std::string& key) {
    key_.swap(key);
    return true;
  }

  bool start_object(size_t) {
    switch (role()) {
      case Role::kNone:
        return Push(Role::kTop);
      case Role::kTop:
        if (key_ == "packages") return Push(Role::kPackages);
        if (key_ == "expected") return Push(Role::kExpected);
        return Refuse("object");
      case Role::kCandidates:
        document_.candidates.push_back(
            {.first_need = static_cast<uint32_t>(document_.needs.size())});
        ++document_.packages.back().candidate_count;
        return Push(Role::kCandidate);
      case Role::kNeeds:
        document_.needs.push_back({.first_range = RangeCount()});
        ++document_.candidates.back().need_count;
        return Push(Role::kNeed);
      case Role::kRoot:
        document_.root.push_back({.first_range = RangeCount()});
        return Push(Role::kNeed);
      default:
        return Refuse("object");
    }
  }

  bool start_array(size_t) {
    switch (role()) {
      case Role::kTop:
        if (key_ == "root") return Push(Role::kRoot);
        if (key_ == "root_list") return Push(Role::kRootList);
        return Refuse("list");
      case Role::kPackages:
        document_.packages.push_back(
            {.name = Intern(key_),
             .first_candidate = static_cast<uint32_t>(document_.candidates.size())});
        return Push(Role::kCandidates);
      case Role::kCandidate:
        if (key_ == "deps") return Push(Role::kNeeds);
        return Refuse("list");
      case Role::kNeed:
        if (key_ == "allowed") return Push(Role::kAllowed);
        return Refuse("list");
      case Role::kAllowed:
        document_.ranges.emplace_back();
        ++need().range_count;
        numbers_ = 0;
        return Push(Role::kRange);
      case Role::kRootList:
        document_.root_list.emplace_back();
        return Push(Role::kRootPair);
      default:
        return Refuse("list");
    }
  }

  bool end_object() { return Pop(); }
  bool end_array() {
    if (role() == Role::kRange && numbers_ != 2) return Refuse("range without two numbers");
    return Pop();
  }

  bool parse_error(size_t byte, const std::string&, const nlohmann::json::exception&) {
    if (status_.ok()) status_ = InvalidInput(place_, Cat("at byte ", byte, ": JSON expected"));
    return false;
  }

  [[nodiscard]] const absl::Status& status() const { return status_; }
  [[nodiscard]] Document& document() { return document_; }

 private:
  enum class Role : uint8_t {
    kNone,
    kTop,
    kPackages,    // name -> candidates
    kCandidates,  // of one package
    kCandidate,
    kNeeds,  // deps of one candidate
    kNeed,
    kAllowed,
    kRange,
    kRoot,  // the case's own requirements
    kRootList,
    kRootPair,
    kExpected,  // name -> version
  };

  [[nodiscard]] Role role() const { return roles_.back(); }
  // The need being read: of the root if that is what is open.
  Document::Need& need() {
    return roles_[2] == Role::kRoot ? document_.root.back() : document_.needs.back();
  }
  [[nodiscard]] uint32_t RangeCount() const {
    return static_cast<uint32_t>(document_.ranges.size());
  }
  StringId Intern(std::string_view text) { return document_.texts.Intern(text); }
  bool Push(Role role) {
    roles_.push_back(role);
    return true;
  }
  bool Pop() {
    roles_.pop_back();
    return true;
  }
  bool Refuse(std::string_view what) {
    status_ = InvalidInput(place_, Cat("unexpected ", what, " at or after key ", Quoted(key_)));
    return false;
  }

  std::string_view place_;
  std::vector<Role> roles_{Role::kNone};
  std::string key_;
  uint32_t numbers_ = 0;
  Document document_;
  absl::Status status_;
};

// Document -> NeutralCase.
class NeutralBuilder {
 public:
  NeutralBuilder(Document& document, std::string_view place) : document_(document), place_(place) {}

  absl::StatusOr<NeutralCase> Build() {
    case_.name = document_.name;
    ACCORD_RETURN_IF_ERROR(AddPackages());
    for (const Document::Listed& listed : document_.packages) {
      for (uint32_t i = 0; i < listed.candidate_count; ++i) {
        ACCORD_RETURN_IF_ERROR(AddDependencies(listed, i));
      }
    }
    for (const Document::Need& need : document_.root) {
      const absl::StatusOr<RequirementId> requirement = Require(need);
      if (!requirement.ok()) return requirement.status();
      case_.problem.requirements.push_back({.requirement = *requirement});
    }
    ACCORD_RETURN_IF_ERROR(AddRoots());
    ACCORD_RETURN_IF_ERROR(AddExpectations());
    return std::move(case_);
  }

 private:
  absl::Status AddPackages() {
    packages_.Resize(document_.texts.size());
    std::vector<std::string_view> versions;
    for (const Document::Listed& listed : document_.packages) {
      if (packages_[listed.name].valid()) {
        return Wrong(Cat("package ", Quoted(Text(listed.name)), " stands twice"));
      }
      versions.clear();
      for (uint32_t i = 0; i < listed.candidate_count; ++i) {
        const StringId version = document_.candidates[listed.first_candidate + i].version;
        if (!version.valid()) {
          return Wrong(Cat("a candidate of ", Quoted(Text(listed.name)), " has no version"));
        }
        versions.push_back(Text(version));
      }
      const PackageId package = universe().AddPackage(Text(listed.name));
      packages_[listed.name] = package;
      universe().SetCandidates(package, versions);
    }
    return absl::OkStatus();
  }

  absl::Status AddDependencies(const Document::Listed& listed, uint32_t position) {
    const Document::Candidate& candidate = document_.candidates[listed.first_candidate + position];
    DependencySet dependencies;
    for (uint32_t i = 0; i < candidate.need_count; ++i) {
      const absl::StatusOr<RequirementId> requirement =
          Require(document_.needs[candidate.first_need + i]);
      if (!requirement.ok()) return requirement.status();
      dependencies.requirements.push_back(*requirement);
    }
    universe().SetDependencies(universe().at(packages_[listed.name], position),
                               universe().AddDependencySet(std::move(dependencies)));
    return absl::OkStatus();
  }

  absl::StatusOr<RequirementId> Require(const Document::Need& need) {
    if (!need.name.valid()) return Wrong("a requirement without a name");
    PackageId& package = packages_[need.name];
    if (!package.valid()) {
      package = universe().AddPackage(Text(need.name));
      universe().SetNonexistent(package);
    }
    const auto first = document_.ranges.begin() + need.first_range;
    const std::vector<PositionRange> ranges = Normalized({first, first + need.range_count});
    if (!ranges.empty() && ranges.back().last >= universe().package(package).count) {
      return Wrong(Cat("index ", ranges.back().last, " of ", Quoted(Text(need.name)),
                       ", which has ", universe().package(package).count, " candidates"));
    }
    const VersionSetId set = universe().AddSetOf(package, ranges);
    texts_.GrowTo(universe().set_count());
    if (!texts_[set].valid()) texts_[set] = universe().AddText(SetText(universe(), set));
    return universe().AddRequirement({.alternatives = {set}, .condition = {}, .text = texts_[set]});
  }

  absl::Status AddRoots() {
    if (document_.roots == "all") {
      for (const Document::Listed& listed : document_.packages) {
        for (uint32_t i = 0; i < listed.candidate_count; ++i) {
          case_.roots.push_back(universe().at(packages_[listed.name], i));
        }
      }
    } else if (document_.roots == "list") {
      for (const auto& [name, index] : document_.root_list) {
        const PackageId package = name.valid() ? packages_[name] : PackageId();
        if (!package.valid() || index >= universe().package(package).count) {
          return Wrong(Cat("root ", name.valid() ? Quoted(Text(name)) : "?", " ", index,
                           " is no candidate"));
        }
        case_.roots.push_back(universe().at(package, index));
      }
    } else if (!document_.roots.empty()) {
      return Wrong(Cat("roots 'all' or 'list' expected, not ", Quoted(document_.roots)));
    }
    return absl::OkStatus();
  }

  absl::Status AddExpectations() {
    if (document_.expect == "sat" || document_.expect == "unsat") {
      case_.satisfiable = document_.expect == "sat";
    } else if (!document_.expect.empty()) {
      return Wrong(Cat("expect 'sat', 'unsat' or null expected, not ", Quoted(document_.expect)));
    }
    for (const auto& [name, version] : document_.expected) {
      const SolvableId pin = Find(packages_[name], Text(version));
      if (pin.valid()) {
        case_.stored_pins.push_back(pin);
      } else {
        case_.unmatched_pins.push_back(Cat(Text(name), " ", Text(version)));
      }
    }
    return absl::OkStatus();
  }

  SolvableId Find(PackageId package, std::string_view version) {
    if (!package.valid()) return {};
    for (Position i = 0; i < universe().package(package).count; ++i) {
      const SolvableId id = universe().at(package, i);
      if (universe().Text(universe().solvable(id).version) == version) return id;
    }
    return {};
  }

  [[nodiscard]] absl::Status Wrong(std::string_view what) const {
    return InvalidInput(place_, what);
  }
  [[nodiscard]] std::string_view Text(StringId id) const { return document_.texts.Text(id); }
  Universe& universe() { return case_.universe; }

  const Document& document_;
  std::string_view place_;
  NeutralCase case_;
  IdVector<StringId, PackageId> packages_;  // by the document's name
  IdVector<VersionSetId, StringId> texts_;  // of sets, in the universe
};

}  // namespace

absl::StatusOr<NeutralCase> ImportNeutral(std::string_view text, std::string_view place) {
  if (text.size() > kNeutralBytesMax) {
    return LimitReached(place, Cat(text.size(), " bytes, at most ", kNeutralBytesMax));
  }
  NeutralReader reader(place);
  nlohmann::json::sax_parse(text, &reader);
  if (!reader.status().ok()) return reader.status();
  return NeutralBuilder(reader.document(), place).Build();
}

Problem RootProblem(Universe& universe, SolvableId root) {
  const PositionRange only{universe.position(root), universe.position(root)};
  const VersionSetId set =
      universe.AddSetOf(universe.solvable(root).package, std::span(&only, size_t{1}));
  const StringId text = universe.AddText(SetText(universe, set));
  const RequirementId requirement =
      universe.AddRequirement({.alternatives = {set}, .condition = {}, .text = text});
  Problem problem;
  problem.requirements.push_back({.requirement = requirement});
  return problem;
}

}  // namespace accord
