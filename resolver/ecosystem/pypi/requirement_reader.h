// Requirement texts of metadata under one environment: what each names, and when it applies. Texts
// repeat (1,400 versions of one package say nearly the same), and so do their pieces: each is read
// once (fact_texts.h), and so is what a marker means here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "base/interner.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/fact_texts.h"
#include "ecosystem/pypi/marker.h"
#include "metadata/facts.h"

namespace accord::pypi {

// What a marker says in one environment; no marker says "always".
struct MarkerMeaning {
  std::string fault;    // not empty: it has no meaning, and why
  ExtraCondition when;  // for packages that declare no extras
  // `when` may name more extras for a package that declares some (`"te" in extra`).
  bool asks_declared_extras = false;
  const Marker* marker = nullptr;  // null: none
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

// Not thread-safe. Environment, texts and facts outlive the reader.
class RequirementReader {
 public:
  RequirementReader(const Environment& environment, FactTexts& texts)
      : environment_(environment), texts_(texts) {}
  RequirementReader(const RequirementReader&) = delete;
  RequirementReader& operator=(const RequirementReader&) = delete;

  [[nodiscard]] ReadRequirement Read(const metadata::PackageFacts& facts, uint32_t requirement);
  // When a readable requirement applies, in metadata that declares certain extras.
  [[nodiscard]] const ExtraCondition& WhenOf(const ReadRequirement& read,
                                             const metadata::PackageFacts& facts,
                                             uint32_t metadata);
  // The same if the environment did not count: what an override leaves of the marker.
  [[nodiscard]] const ExtraCondition& WhenOverridden(const ReadRequirement& read);

 private:
  // One text, with its marker's meaning.
  struct Whole {
    const FactTexts::Whole* text = nullptr;
    MarkerMeaning marker;
  };
  [[nodiscard]] const MarkerMeaning& MarkerOf(std::string_view marker);
  [[nodiscard]] const Whole& WholeOf(std::string_view text);
  [[nodiscard]] MarkerMeaning MeaningOf(const std::optional<Marker>& marker) const;

  const Environment& environment_;
  FactTexts& texts_;
  absl::node_hash_map<std::string_view, MarkerMeaning, TextHash, TextEqual> markers_;
  absl::node_hash_map<std::string_view, Whole, TextHash, TextEqual> wholes_;
  // By marker and declared extras.
  absl::node_hash_map<std::string, ExtraCondition> when_declared_;
  absl::node_hash_map<const MarkerMeaning*, ExtraCondition> when_overridden_;
};

}  // namespace accord::pypi
