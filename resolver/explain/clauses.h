// The words of a derivation's steps, without full stops: what is given, what is needed, what cannot
// be chosen. explanation.h puts them together.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explain/derivation.h"
#include "model/notation.h"
#include "model/universe.h"

namespace accord::explain {

inline constexpr size_t kListedMax = 5;  // equal things in one clause; further ones are counted

// "a", "a and b", "a, b and c"; of more than kListedMax "a, b, c, d and 3 more".
[[nodiscard]] std::string Listed(std::vector<std::string> texts, std::string_view last);

// A clause that says several reasons of one kind together.
struct Clause {
  std::string text;
  size_t reasons = 1;
};

// The universe, the notation and the derivation outlive it.
class Clauses {
 public:
  Clauses(const Universe& universe, const Notation& notation, const Derivation& derivation);

  // "flask>=2.2,<=2.3", as a text of the request or of a dependency says it, if one does.
  [[nodiscard]] std::string Some(PackageId package, const std::vector<PositionRange>& some) const;
  // "flask>=2.2 needs click>=8"; of kNeed and kDrop.
  [[nodiscard]] std::string NeededBy(const Step& step) const;
  // "you ask for flask>=2.2"
  [[nodiscard]] std::string Of(const Step& step) const;
  // What the step rests on: its own need first, then what is needed, what the request says, what is
  // or is not there, and what cannot be chosen.
  [[nodiscard]] std::vector<Clause> ReasonsOf(const Step& step) const;

 private:
  [[nodiscard]] std::string SetsOf(const Step& step) const;
  [[nodiscard]] std::string ConditionOf(const Step& step) const;
  [[nodiscard]] std::string UnmetOf(const Step& step) const;
  [[nodiscard]] std::string ThingOf(const Step& step) const;
  [[nodiscard]] std::string About(const Step& step, const std::vector<std::string>& things) const;
  [[nodiscard]] std::string NoVersion(PackageId package,
                                      const std::vector<std::string>& sets) const;

  const Universe& universe_;
  const Notation& notation_;
  std::span<const Step> steps_;
  std::map<std::pair<PackageId, std::vector<std::pair<Position, Position>>>, VersionSetId> written_;
};

}  // namespace accord::explain
