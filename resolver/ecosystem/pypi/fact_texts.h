// What the texts of facts say, read once: names, specifiers, markers, versions. Nothing here hangs
// on an environment or a request, so several requests over the same facts may share it; what a
// requirement means in one of them is requirement_reader.h.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "base/id.h"
#include "base/interner.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/specifier_set.h"
#include "ecosystem/pypi/version.h"
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

// The ordered versions of one package, each read when it is first looked at.
class VersionTexts {
 public:
  explicit VersionTexts(const metadata::PackageFacts& facts)
      : facts_(facts), numbers_(facts.ordered_count(), 0) {}
  // Stays where it is. What stands in order can be read; of facts that lie about it is asked only
  // that they end nothing: it is 0.
  [[nodiscard]] const Version& operator[](uint32_t version);

 private:
  const metadata::PackageFacts& facts_;
  std::vector<uint32_t> numbers_;  // by version: one more than where it stands in read_; 0: unread
  std::deque<Version> read_;
};

// Not thread-safe. Views of facts are kept: the facts outlive it. What it gives stays where it is.
class FactTexts {
 public:
  // Extras and specifiers of a plain requirement.
  struct Middle {
    std::vector<std::string> extras;  // normal, sorted
    SpecifierTextId specifiers;
  };
  // A requirement that is read as one text.
  struct Whole {
    std::string fault;     // not empty: unreadable, and why
    std::string repaired;  // not empty: read in place of the text (lenient.h)
    std::string name;      // normal
    Middle middle;
    std::string url;
    std::optional<Marker> marker;
  };
  FactTexts() = default;
  FactTexts(const FactTexts&) = delete;
  FactTexts& operator=(const FactTexts&) = delete;

  [[nodiscard]] SpecifierTexts& specifiers() { return specifiers_; }
  [[nodiscard]] const std::string& NormalNameOf(std::string_view name);
  [[nodiscard]] const Middle& MiddleOf(std::string_view middle);
  [[nodiscard]] const std::optional<Marker>& MarkerOf(std::string_view marker);
  [[nodiscard]] const Whole& WholeOf(std::string_view text);
  [[nodiscard]] VersionTexts& VersionsOf(const metadata::PackageFacts& facts);
  // Of a Requires-Python, which need not outlive this; none: nobody can read it.
  [[nodiscard]] const std::optional<SpecifierSet>& PythonsOf(std::string_view requires_python);

 private:
  template <class Value>
  using ByView = absl::node_hash_map<std::string_view, Value, TextHash, TextEqual>;

  SpecifierTexts specifiers_;
  ByView<std::string> names_;
  ByView<Middle> middles_;
  ByView<std::optional<Marker>> markers_;
  ByView<Whole> wholes_;
  absl::node_hash_map<std::string, std::optional<SpecifierSet>, TextHash, TextEqual> pythons_;
  absl::flat_hash_map<const metadata::PackageFacts*, std::unique_ptr<VersionTexts>> versions_;
};

}  // namespace accord::pypi
