#include "tests/property/answers.h"

#include "base/error.h"
#include "solver/cdcl/cdcl.h"

namespace accord {
namespace {

std::string MemberText(std::string_view package, std::string_view version, uint32_t depth,
                       std::string_view text) {
  return Cat(package, " ", version, " (depth ", depth, ", for '", text, "')");
}

std::string Joined(const std::vector<std::string>& members, const std::vector<uint32_t>& unmet) {
  std::string out;
  for (const std::string& member : members) out += Cat(out.empty() ? "" : ", ", member);
  if (unmet.empty()) return Cat("[", out, "]");
  std::string soft;
  for (const uint32_t index : unmet) soft += Cat(soft.empty() ? "" : ", ", index);
  return Cat("[", out, "]; unmet soft: ", soft);
}

}  // namespace

std::string Describe(const Universe& universe, const Outcome& outcome) {
  if (std::holds_alternative<Conflict>(outcome)) return "unsatisfiable";
  if (std::holds_alternative<Needs>(outcome)) return "needs";
  if (std::holds_alternative<Stopped>(outcome)) return "stopped";
  const auto& solution = std::get<Solution>(outcome);
  std::vector<std::string> members;
  for (const Member& member : solution.members) {
    const Solvable& solvable = universe.solvable(member.solvable);
    members.push_back(MemberText(universe.name(solvable.package), universe.Text(solvable.version),
                                 member.depth,
                                 universe.Text(universe.requirement(member.requirement).text)));
  }
  return Joined(members, solution.unmet_soft);
}

std::string Describe(const WorldSpec& spec, const OracleAnswer& answer) {
  if (!answer.satisfiable) return "unsatisfiable";
  const SpecIndex index(spec);
  std::vector<std::string> members;
  for (const OracleMember& member : answer.members) {
    const PackageSpec* package = index.Find(member.package);
    members.push_back(MemberText(member.package, package->candidates[member.position].version,
                                 member.depth, member.text));
  }
  return Joined(members, answer.unmet_soft);
}

Chosen ChosenOf(const Universe& universe, const Solution& solution) {
  Chosen chosen;
  for (const Member& member : solution.members) {
    chosen.emplace_back(universe.name(universe.solvable(member.solvable).package),
                        universe.position(member.solvable));
  }
  return chosen;
}

std::string SolveToText(const WorldSpec& spec) {
  const World world = Build(spec);
  Cdcl solver(world.universe, world.problem);
  return Describe(world.universe, solver.Run({}));
}

}  // namespace accord
