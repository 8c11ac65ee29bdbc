// Damages a real compiled corpus, one bit or one end at a time: each damaged file is refused, or
// gives typed errors and otherwise exactly the right facts.
//
//   accord_acx_damage [COUNT] [SEED]       2,000 and 1 if not said
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/executor.h"
#include "ecosystem/pypi/grammar.h"
#include "metadata/acx_file.h"
#include "metadata/acx_part.h"
#include "metadata/acx_writer.h"
#include "metadata/compare_records.h"
#include "metadata/corpus.h"
#include "metadata/corpus_build.h"

namespace accord::fuzz {
namespace {

using metadata::AcxFile;
using metadata::AcxKind;
using metadata::AcxPart;
using metadata::PackageRecord;

constexpr size_t kDefaultCount = 2000;
constexpr metadata::AcxTuning kTuning{.level = 3};

// Bytes of the file that belong together, and whose names suffer with them.
struct Region {
  uint64_t begin = 0;
  uint64_t end = 0;
  bool caught_at_open = false;  // by the checksum of the directory or of a list of index pages
  std::vector<std::string> names;
};

[[noreturn]] void End(std::string_view why) {
  std::cerr << "accord_acx_damage: " << why << '\n';
  std::exit(1);
}

std::string CompiledBytes(const metadata::Corpus& corpus) {
  const std::string path =
      (std::filesystem::temp_directory_path() / Cat("accord_acx_damage_", std::random_device()()))
          .string();
  const Executor executor;
  auto writer = metadata::AcxWriter::Create(path, executor, kTuning);
  if (!writer.ok()) End(Message(writer.status()));
  const absl::Status built = metadata::BuildPart(corpus.header(), corpus, pypi::PypiGrammar(),
                                                 executor, kTuning, nullptr, **writer);
  if (!built.ok()) End(Message(built));
  const absl::Status finished = (*writer)->Finish();
  if (!finished.ok()) End(Message(finished));
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(path);
  return bytes;
}

class Damage {
 public:
  Damage(const metadata::Corpus& corpus, uint32_t seed)
      : corpus_(corpus), bytes_(CompiledBytes(corpus)), random_(seed) {
    const auto file = AcxFile::FromBytes(bytes_, "undamaged");
    if (!file.ok()) End(Message(file.status()));
    AddRegions((*file)->part(0));
    HoldNames((*file)->part(0), AllNames(), "undamaged", false);
  }

  void Run(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      if (random_() % 8 == 0) {
        Truncate(random_() % bytes_.size());
      } else {
        Flip(random_() % bytes_.size(), static_cast<char>(1 << (random_() % 8)));
      }
    }
    std::cout << count << " damaged files of " << bytes_.size() << " bytes: " << refused_
              << " refused when opened, " << opened_ << " opened with " << errors_
              << " packages that gave an error and " << right_ << " that were right\n";
  }

 private:
  std::vector<std::string> AllNames() const {
    std::vector<std::string> names;
    for (size_t i = 0; i < corpus_.package_count(); ++i) names.emplace_back(corpus_.NameAt(i));
    return names;
  }

  void AddRegions(const AcxPart& part) {
    for (size_t kind = 0; kind < metadata::kAcxKinds; ++kind) {
      const metadata::AcxTable& table = part.table(static_cast<AcxKind>(kind));
      std::vector<std::string> some;
      std::vector<Region> pages(table.index().page_count());
      for (uint32_t b = 0; b < table.index().block_count(); ++b) {
        const auto at = table.index().At(b);
        if (!at.ok()) End(Message(at.status()));
        Region region{.begin = at->entry.offset, .end = at->entry.offset + at->entry.bytes};
        const auto block = table.ReadBlock(*at);
        if (!block.ok()) End(Message(block.status()));
        for (const auto& one : block->entries()) region.names.emplace_back(one.name);
        if (b % 97 == 0) some.push_back(region.names.front());
        std::ranges::copy(region.names,
                          std::back_inserter(pages[b / metadata::kAcxPageBlocks].names));
        Add(std::move(region));
      }
      for (uint32_t p = 0; p < pages.size(); ++p) {
        const metadata::AcxBlockEntry at = table.index().PageAt(p).entry;
        pages[p].begin = at.offset;
        pages[p].end = at.offset + at.bytes;
        Add(std::move(pages[p]));
      }
      const metadata::AcxTableEntry& at = part.entry().tables[kind];
      Add({.begin = at.dictionary_offset,
           .end = at.dictionary_offset + at.dictionary_bytes,
           .names = some});
      Add({.begin = at.index_offset,
           .end = at.index_offset + at.index_bytes,
           .caught_at_open = true});
    }
  }
  void Add(Region region) {
    if (region.end > region.begin) regions_.emplace(region.begin, std::move(region));
  }

  // What is no block, page or dictionary is the preamble, a list of pages or the directory.
  const Region* RegionOf(uint64_t at) const {
    const auto after = regions_.upper_bound(at);
    if (after == regions_.begin()) return nullptr;
    const Region& region = std::prev(after)->second;
    return at < region.end && !region.caught_at_open ? &region : nullptr;
  }

  // Each name gives an error or exactly its facts; all give an error where `must_fail`.
  void HoldNames(const AcxPart& part, const std::vector<std::string>& names, std::string_view what,
                 bool must_fail) {
    for (const std::string& name : names) {
      const auto facts = part.Find(name);
      if (facts.ok() && *facts == nullptr) End(Cat(what, ": ", name, " is not there"));
      const auto record = facts.ok() ? (**facts).ToRecord() : facts.status();
      if (!record.ok()) {
        if (record.status().code() != absl::StatusCode::kNotFound) {
          End(Cat(what, ": ", name, ": an error of another type: ", Message(record.status())));
        }
        ++errors_;
        continue;
      }
      const auto right = corpus_.Find(name);
      if (!right.ok() || !metadata::CompareRecord(**right, *record).empty()) {
        End(Cat(what, ": ", name, " has other facts"));
      }
      if (must_fail) End(Cat(what, ": ", name, " was read in spite of the damage"));
      ++right_;
    }
  }

  void Truncate(size_t size) {
    const auto file = AcxFile::FromBytes(std::string_view(bytes_).substr(0, size), "damaged");
    if (file.ok()) End(Cat("the first ", size, " bytes were opened"));
    ++refused_;
  }

  void Flip(size_t at, char bits) {
    bytes_[at] = static_cast<char>(bytes_[at] ^ bits);
    const std::string what = Cat("byte ", at, " changed by ", static_cast<int>(bits));
    const auto file = AcxFile::FromBytes(bytes_, "damaged");
    const Region* region = RegionOf(at);
    if (file.ok() != (region != nullptr)) End(Cat(what, ": opened or refused by mistake"));
    if (file.ok()) {
      ++opened_;
      HoldNames((*file)->part(0), region->names, what, true);
      const size_t other = random_() % corpus_.package_count();
      HoldNames((*file)->part(0), {std::string(corpus_.NameAt(other))}, what, false);
    } else {
      ++refused_;
    }
    bytes_[at] = static_cast<char>(bytes_[at] ^ bits);
  }

  const metadata::Corpus& corpus_;
  std::string bytes_;
  std::mt19937 random_;
  std::map<uint64_t, Region> regions_;
  size_t refused_ = 0;
  size_t opened_ = 0;
  size_t errors_ = 0;
  size_t right_ = 0;
};

}  // namespace
}  // namespace accord::fuzz

int main(int argc, char** argv) {
  namespace metadata = accord::metadata;
  namespace fuzz = accord::fuzz;
  const auto corpus =
      metadata::Corpus::Open(std::string(ACCORD_SOURCE_DIR) + "/corpora/pypi-recorded.jsonl.zst");
  if (!corpus.ok()) fuzz::End(accord::Message(corpus.status()));
  const size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : fuzz::kDefaultCount;
  const auto seed = static_cast<uint32_t>(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1);
  fuzz::Damage(**corpus, seed).Run(count);
  return 0;
}
