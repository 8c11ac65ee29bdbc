// Requirement texts of metadata under one environment: what each names, and when it applies. Texts
// repeat (1,400 versions of one package say nearly the same), and so do their pieces: specifiers
// and markers are read once, whoever says them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "base/id.h"
#include "base/interner.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/specifier_set.h"
#include "metadata/facts.h"

namespace accord::pypi {

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

// What a marker says in one environment; no marker says "always".
struct MarkerMeaning {
  std::string fault;    // not empty: it has no meaning, and why
  ExtraCondition when;  // for packages that declare no extras
  // `when` may name more extras for a package that declares some (`"te" in extra`).
  bool asks_declared_extras = false;
  // The same if the environment did not count: what an override leaves of the marker.
  ExtraCondition when_overridden;
  std::optional<Marker> marker;  // kept if asks_declared_extras
};

// One requirement. What it points to lives as long as its reader and the facts.
struct ReadRequirement {
  std::string_view fault;               // not empty: unreadable, and why
  std::string_view repaired;            // not empty: read in place of the text (lenient.h)
  std::string_view name;                // normal
  std::span<const std::string> extras;  // normal, sorted
  SpecifierTextId specifiers;
  std::string_view url;  // empty: none
  const MarkerMeaning* marker = nullptr;
};

// Not thread-safe. Views of facts are kept: they outlive the reader, as the environment does.
class RequirementReader {
 public:
  RequirementReader(const Environment& environment, SpecifierTexts& specifiers)
      : environment_(environment), specifiers_(specifiers) {}
  RequirementReader(const RequirementReader&) = delete;
  RequirementReader& operator=(const RequirementReader&) = delete;

  [[nodiscard]] ReadRequirement Read(const metadata::PackageFacts& facts, uint32_t requirement);
  // When a readable requirement applies, in metadata that declares certain extras.
  [[nodiscard]] const ExtraCondition& WhenOf(const ReadRequirement& read,
                                             const metadata::PackageFacts& facts,
                                             uint32_t metadata);

 private:
  template <class Value>
  using ByView = absl::node_hash_map<std::string_view, Value, TextHash, TextEqual>;
  struct Middle {
    std::vector<std::string> extras;
    SpecifierTextId specifiers;
  };
  // A text that is read as one.
  struct Whole {
    std::string fault;
    std::string repaired;
    std::string name;
    Middle middle;
    std::string url;
    MarkerMeaning marker;
  };
  [[nodiscard]] const std::string& NormalNameOf(std::string_view name);
  [[nodiscard]] const Middle& MiddleOf(std::string_view middle);
  [[nodiscard]] const MarkerMeaning& MarkerOf(std::string_view marker);
  [[nodiscard]] const Whole& WholeOf(std::string_view text);
  [[nodiscard]] MarkerMeaning MeaningOf(std::optional<Marker> marker) const;

  const Environment& environment_;
  SpecifierTexts& specifiers_;
  ByView<std::string> names_;
  ByView<Middle> middles_;
  ByView<MarkerMeaning> markers_;
  ByView<Whole> wholes_;
  // By marker and declared extras.
  absl::node_hash_map<std::string, ExtraCondition> when_declared_;
};

}  // namespace accord::pypi
