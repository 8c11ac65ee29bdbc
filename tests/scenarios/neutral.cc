// Neutral universes: solves each request, and holds the answers to
// - what the case says (sat or unsat; the pins it stores are counted, never demanded),
// - the definition of a valid set (tests/support/valid_set.h),
// - for a sample of the roots: cadical on the plain CNF, libsolv, and a solver that was made for
//   this root alone; for a case's one request also cadical on each option that was passed over.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "metadata/zstd_stream.h"
#include "model/neutral_import.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/libsolv.h"
#include "tests/scenarios/cpu_clock.h"
#include "tests/scenarios/runner.h"
#include "tests/support/plain_cnf.h"
#include "tests/support/run_cadical.h"
#include "tests/support/skipped_options.h"
#include "tests/support/valid_set.h"

namespace accord::scenarios {
namespace {

constexpr size_t kFileBytesMax = size_t{1} << 30;

// One solve: the case's request, or one of its roots alone.
struct Request {
  SolvableId root;  // invalid = the case's request
  Problem problem;
  bool satisfiable = false;
  std::vector<SolvableId> chosen;  // in the order of the answer
};

std::vector<SolvableId> Chosen(const Solution& solution) {
  std::vector<SolvableId> chosen;
  for (const Member& member : solution.members) chosen.push_back(member.solvable);
  return chosen;
}

class NeutralRun {
 public:
  NeutralRun(const CaseFile& file, const Options& options, bool has_cadical)
      : file_(file), options_(options), has_cadical_(has_cadical) {}

  // True if nothing was wrong.
  bool Run() {
    if (const absl::Status status = Read(); !status.ok()) {
      std::cout << file_.name << ": " << Message(status) << '\n';
      return false;
    }
    ListRequests();
    SolveAll();
    Check();
    AskOthers();
    Print();
    return wrong_.empty();
  }

  [[nodiscard]] nlohmann::ordered_json Json() const {
    nlohmann::ordered_json roots = nlohmann::ordered_json::array();
    for (const Request& request : requests_) {
      if (!request.root.valid()) continue;
      const PackageId package = universe().solvable(request.root).package;
      roots.push_back(
          {universe().name(package), universe().position(request.root), request.satisfiable});
    }
    nlohmann::ordered_json json = {{"case", file_.name}};
    if (!roots.empty()) {
      json["roots"] = std::move(roots);
      return json;
    }
    json["sat"] = requests_.front().satisfiable;
    json["pins"] = nlohmann::ordered_json::object();
    for (const SolvableId id : requests_.front().chosen) {
      const Solvable& solvable = universe().solvable(id);
      json["pins"][std::string(universe().name(solvable.package))] =
          universe().Text(solvable.version);
    }
    return json;
  }

  [[nodiscard]] bool is_read() const { return !requests_.empty(); }

 private:
  [[nodiscard]] const Universe& universe() const { return case_->universe; }

  absl::Status Read() {
    const double start = CpuSeconds();
    const absl::StatusOr<std::string> bytes = metadata::ReadFileBytes(file_.path, kFileBytesMax);
    if (!bytes.ok()) return bytes.status();
    const auto text = metadata::Decompress(*bytes, file_.path, kFileBytesMax);
    if (!text.ok()) return text.status();
    const double read = CpuSeconds();
    absl::StatusOr<NeutralCase> imported = ImportNeutral(text->view(), file_.name);
    if (!imported.ok()) return imported.status();
    case_ = std::make_unique<NeutralCase>(*std::move(imported));
    read_s_ = read - start;
    build_s_ = CpuSeconds() - read;
    return absl::OkStatus();
  }

  void ListRequests() {
    if (case_->roots.empty()) requests_.push_back({.root = {}, .problem = case_->problem});
    for (size_t i = 0; i < case_->roots.size(); i += options_.every) {
      const SolvableId root = case_->roots[i];
      requests_.push_back({.root = root, .problem = RootProblem(case_->universe, root)});
    }
  }

  // One solver poses all requests, one after the other.
  void SolveAll() {
    std::vector<double> totals;
    for (uint32_t repetition = 0; repetition < options_.repetitions; ++repetition) {
      double total = 0;
      std::unique_ptr<Cdcl> cdcl;
      for (Request& request : requests_) {
        const double start = CpuSeconds();
        if (cdcl == nullptr) {
          cdcl = std::make_unique<Cdcl>(universe(), request.problem);
        } else {
          cdcl->Pose(request.problem);
        }
        const Outcome outcome = cdcl->Run({});
        const double spent = CpuSeconds() - start;
        total += spent;
        if (repetition > 0) continue;
        if (spent > slowest_s_) {
          slowest_s_ = spent;
          slowest_ = request.root;
        }
        Note(outcome, request);
      }
      totals.push_back(total);
    }
    solve_s_ = Median(totals);
  }

  void Note(const Outcome& outcome, Request& request) {
    if (const auto* solution = std::get_if<Solution>(&outcome)) {
      request.satisfiable = true;
      request.chosen = Chosen(*solution);
      ++satisfiable_;
      if (!request.root.valid()) solution_ = *solution;
    } else if (!std::holds_alternative<Conflict>(outcome)) {
      Wrong(request, "neither a solution nor a conflict");
    }
  }

  void Check() {
    for (const Request& request : requests_) {
      if (case_->satisfiable && request.satisfiable != *case_->satisfiable) {
        Wrong(request, *case_->satisfiable ? "the case says sat" : "the case says unsat");
      }
      if (!request.satisfiable) continue;
      const auto why = testing::WhyInvalid(universe(), request.problem, request.chosen);
      if (why) Wrong(request, Cat("not a valid set: ", *why));
    }
  }

  void AskOthers() {
    const size_t sample = std::max<size_t>(options_.sample, 1);
    const size_t step = (requests_.size() + sample - 1) / sample;
    for (size_t i = 0; i < requests_.size(); i += step) {
      const Request& request = requests_[i];
      ++asked_;
      if (has_cadical_) AskCadical(request);
      Libsolv libsolv(universe(), request.problem);
      const Outcome second = libsolv.Run({});
      if (std::holds_alternative<Solution>(second) != request.satisfiable) {
        Wrong(request, "libsolv disagrees");
      } else if (request.satisfiable) {
        const auto why =
            testing::WhyInvalid(universe(), request.problem, Chosen(std::get<Solution>(second)));
        if (why) Wrong(request, Cat("libsolv's set is not valid: ", *why));
      }
      Cdcl alone(universe(), request.problem);
      const Outcome same = alone.Run({});
      const auto* solution = std::get_if<Solution>(&same);
      if ((solution != nullptr ? Chosen(*solution) : std::vector<SolvableId>()) != request.chosen) {
        Wrong(request, "a solver for this root alone answers differently");
      }
    }
  }

  void AskCadical(const Request& request) {
    const absl::StatusOr<bool> satisfiable =
        testing::PlainCnf(universe(), request.problem).Satisfiable();
    if (!satisfiable.ok()) {
      Wrong(request, Message(satisfiable.status()));
    } else if (*satisfiable != request.satisfiable) {
      Wrong(request, "cadical disagrees");
    }
    if (request.root.valid() || !solution_) return;
    const auto skipped = testing::RefuteSkippedOptions(universe(), request.problem, *solution_);
    if (skipped.ok()) {
      skipped_ = *skipped;
    } else {
      Wrong(request, Message(skipped.status()));
    }
  }

  void Wrong(const Request& request, std::string_view what) {
    wrong_.push_back(
        Cat(request.root.valid() ? universe().Label(request.root) : "the request", ": ", what));
  }

  void Print() const {
    std::printf("%s: %s, %zu sat, %zu unsat; CPU ms: read %.3f, build %.3f, solve %.3f",
                file_.name.c_str(), wrong_.empty() ? "ok" : "WRONG", satisfiable_,
                requests_.size() - satisfiable_, read_s_ * 1e3, build_s_ * 1e3, solve_s_ * 1e3);
    if (slowest_.valid()) {
      std::printf(", slowest %.3f (%s)", slowest_s_ * 1e3, universe().Label(slowest_).c_str());
    }
    std::printf("; second opinions on %zu", asked_);
    if (skipped_.members > 0) {
      std::printf("; %zu options passed over for %zu members, all refuted", skipped_.options,
                  skipped_.members);
    }
    if (solution_ && !case_->stored_pins.empty()) {
      std::printf("; stored pins %zu of %zu", EqualPins(),
                  case_->stored_pins.size() + case_->unmatched_pins.size());
    }
    std::printf("\n");
    constexpr size_t kShownMax = 10;
    for (size_t i = 0; i < std::min(wrong_.size(), kShownMax); ++i) {
      std::printf("  %s\n", wrong_[i].c_str());
    }
    if (wrong_.size() > kShownMax) std::printf("  and %zu more\n", wrong_.size() - kShownMax);
    std::fflush(stdout);
  }

  [[nodiscard]] size_t EqualPins() const {
    size_t equal = 0;
    for (const SolvableId pin : case_->stored_pins) {
      const std::vector<SolvableId>& chosen = requests_.front().chosen;
      if (std::ranges::find(chosen, pin) != chosen.end()) ++equal;
    }
    return equal;
  }

  const CaseFile& file_;
  const Options& options_;
  bool has_cadical_;
  std::unique_ptr<NeutralCase> case_;
  std::vector<Request> requests_;
  std::optional<Solution> solution_;  // of the case's request
  std::vector<std::string> wrong_;
  size_t satisfiable_ = 0;
  size_t asked_ = 0;
  testing::SkippedOptions skipped_;
  double read_s_ = 0;
  double build_s_ = 0;
  double solve_s_ = 0;
  double slowest_s_ = 0;
  SolvableId slowest_;
};

}  // namespace

Tally RunNeutral(const Options& options) {
  const bool has_cadical = testing::HasCadical();
  if (!has_cadical) std::cout << "cadical is not installed: its opinion is not asked\n";
  std::ofstream json;
  if (!options.json.empty()) json.open(options.json);
  Tally tally;
  for (const CaseFile& file : FindCases(options)) {
    NeutralRun run(file, options, has_cadical);
    ++(run.Run() ? tally.passed : tally.failed);
    if (json.is_open() && run.is_read()) json << run.Json().dump() << '\n';
  }
  if (!options.json.empty() && !json.flush()) {
    std::cout << options.json << ": cannot be written\n";
    ++tally.failed;
  }
  return tally;
}

}  // namespace accord::scenarios
