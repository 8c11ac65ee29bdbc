// Requirement texts of metadata, each read once under one environment: what it names, and when it
// applies. Texts are asked for again and again (1,400 versions of one package say nearly the same).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/id.h"
#include "base/interner.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {

struct RequirementTextTag;
using RequirementTextId = Id<RequirementTextTag>;  // dense within one reader
struct SpecifierTextTag;
using SpecifierTextId = Id<SpecifierTextTag>;  // distinct canonical specifier sets

// Distinct specifier sets by canonical text.
class SpecifierTexts {
 public:
  SpecifierTextId Add(const SpecifierSet& set);
  [[nodiscard]] const SpecifierSet& set(SpecifierTextId id) const { return entries_[id].set; }
  [[nodiscard]] const std::string& text(SpecifierTextId id) const { return entries_[id].text; }

 private:
  struct Entry {
    SpecifierSet set;
    std::string text;
  };
  IdVector<SpecifierTextId, Entry> entries_;
  TextMap<SpecifierTextId> by_text_;
};

struct ReadRequirement {
  std::string fault;                // not empty: unreadable, and why
  std::string repaired;             // not empty: read in place of the text (lenient.h)
  std::string name;                 // normal
  std::vector<std::string> extras;  // normal, sorted
  SpecifierTextId specifiers;
  std::string url;      // empty: none
  ExtraCondition when;  // for packages that declare no extras
  // `when` may name more extras for a package that declares some (`"te" in extra`).
  bool asks_declared_extras = false;
  // The same if the environment did not count: what an override leaves of the marker.
  ExtraCondition when_overridden;
  std::optional<Marker> marker;  // kept if asks_declared_extras
  [[nodiscard]] bool never() const { return !when.always && when.any_of.empty(); }
};

class RequirementReader {
 public:
  // The environment outlives the reader.
  RequirementReader(const Environment& environment, SpecifierTexts& specifiers)
      : environment_(environment), specifiers_(specifiers) {}

  RequirementTextId Read(std::string_view text);
  [[nodiscard]] const ReadRequirement& operator[](RequirementTextId id) const {
    return read_[id.value()];
  }
  // When a readable requirement of a package that declares these extras (as spelled) applies.
  [[nodiscard]] const ExtraCondition& WhenOf(RequirementTextId id,
                                             const std::vector<std::string>& declared);

 private:
  [[nodiscard]] ReadRequirement Make(std::string_view text);

  const Environment& environment_;
  SpecifierTexts& specifiers_;
  TextMap<RequirementTextId> by_text_;
  std::deque<ReadRequirement> read_;
  TextMap<ExtraCondition> when_declared_;  // text id and declared extras
};

}  // namespace accord::pypi
