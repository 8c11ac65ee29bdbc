// accord_conformance DIR [--kinds GLOB,GLOB]: runs every row of DIR/*.jsonl whose kind we
// implement, and says where we disagree. Rows outside of what we take part in, and disagreements
// that a reviewed rule covers, count as skipped, each with a sentence. The last line is "N passed,
// N failed, N skipped"; the exit status is 0 exactly if none failed, 2 for wrong usage.
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

constexpr size_t kShownMax = 40;        // disagreements printed
constexpr size_t kShownBytesMax = 300;  // of each value printed

struct Tally {
  size_t passed = 0;
  size_t failed = 0;
  size_t excepted = 0;  // covered by a rule
  size_t outside = 0;   // not run, for a reason that is named
  size_t ignored = 0;   // not run: not asked for, or a kind that nobody knows
};

// Rules may cover one row of a kind, or 1 % of it.
bool IsOverTheBar(const Tally& tally) {
  return tally.excepted > 1 && 100 * tally.excepted > tally.passed + tally.failed + tally.excepted;
}

struct Arguments {
  std::filesystem::path directory;
  std::vector<std::string> globs;  // empty: all kinds
};

bool GlobFits(std::string_view glob, const std::string& kind) {
  return fnmatch(std::string(glob).c_str(), kind.c_str(), 0) == 0;
}

std::string Cut(std::string text) {
  if (text.size() > kShownBytesMax) text = text.substr(0, kShownBytesMax) + "...";
  return text;
}

std::string Dump(const Json& json) {
  return Cut(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// Counts the first entry that covers the row.
template <class Entry>
bool CountCovered(const Row& row, const std::vector<Entry>& entries, std::vector<size_t>& counts) {
  for (size_t i = 0; i < entries.size(); ++i) {
    if (!GlobFits(entries[i].kinds, row.kind) || !entries[i].covers(row)) continue;
    ++counts[i];
    return true;
  }
  return false;
}

template <class Entry>
void PrintSentences(const char* word, const std::vector<Entry>& entries,
                    const std::vector<size_t>& counts) {
  for (size_t i = 0; i < entries.size(); ++i) {
    if (counts[i] == 0) continue;
    std::printf("%s, %zu rows: %s\n", word, counts[i], std::string(entries[i].sentence).c_str());
  }
}

class Run {
 public:
  explicit Run(std::vector<std::string> globs) : globs_(std::move(globs)) {
    AddCondaSpecChecks(checks_);
    AddCondaVersionChecks(checks_);
    AddPypiVersionChecks(checks_);
    AddPypiRequirementChecks(checks_);
    AddPypiFileChecks(checks_);
    AddPypiInputChecks(checks_);
    AddPypiMetadataChecks(checks_);
    AddCondaRules(rules_);
    AddPypiRules(rules_);
    rule_counts_.resize(rules_.size());
    AddOutside(outside_);
    outside_counts_.resize(outside_.size());
  }

  void File(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::string line;
    for (size_t number = 1; std::getline(in, line); ++number) {
      if (line.empty()) continue;
      Line(line, path.filename().string() + ":" + std::to_string(number));
    }
  }

  // Prints the report; the exit status.
  int Report() const {
    Tally all;
    std::printf("%-34s %8s %8s %8s %8s\n", "kind", "passed", "failed", "by rule", "outside");
    for (const auto& [kind, tally] : tallies_) {
      all.passed += tally.passed;
      all.failed += tally.failed;
      all.excepted += tally.excepted;
      all.outside += tally.outside;
      all.ignored += tally.ignored;
      if (checks_.find(kind) == checks_.end() || tally.ignored != 0) continue;
      std::printf("%-34s %8zu %8zu %8zu %8zu%s\n", kind.c_str(), tally.passed, tally.failed,
                  tally.excepted, tally.outside, IsOverTheBar(tally) ? "   too many by rule" : "");
    }
    PrintSentences("reviewed rule", rules_, rule_counts_);
    PrintSentences("outside", outside_, outside_counts_);
    if (all.ignored != 0) std::printf("not asked for, or unknown: %zu rows\n", all.ignored);
    const size_t run = all.passed + all.failed + all.excepted;
    if (all.excepted != 0) {
      std::printf("reviewed rules cover %.3f %% of the rows run\n",
                  100.0 * static_cast<double>(all.excepted) / static_cast<double>(run));
    }
    if (all.failed > kShownMax) {
      std::printf("%zu further disagreements not shown\n", all.failed - kShownMax);
    }
    std::printf("%zu passed, %zu failed, %zu skipped\n", all.passed, all.failed,
                all.excepted + all.outside + all.ignored);
    return all.failed == 0 ? 0 : 1;
  }

 private:
  bool Asked(const std::string& kind) const {
    if (globs_.empty()) return true;
    return std::any_of(globs_.begin(), globs_.end(),
                       [&](const std::string& glob) { return GlobFits(glob, kind); });
  }

  void Line(const std::string& text, const std::string& place) {
    const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains("kind") || !json["kind"].is_string()) {
      Disagree(place, "(unreadable)", "not a JSON object with a kind", "");
      ++tallies_["(unreadable)"].failed;
      return;
    }
    Row row{.place = place,
            .kind = json["kind"],
            .input = json.value("input", Json()),
            .expect = json.value("expect", Json()),
            .source = json.value("source", "")};
    const auto check = checks_.find(row.kind);
    Tally& tally = tallies_[row.kind];
    if (Asked(row.kind) && CountCovered(row, outside_, outside_counts_)) {
      ++tally.outside;
      return;
    }
    if (check == checks_.end() || !Asked(row.kind)) {
      ++tally.ignored;
      return;
    }
    Judge(row, check->second, tally);
  }

  void Judge(const Row& row, const Check& check, Tally& tally) {
    Verdict verdict;
    try {
      verdict = check(row);
    } catch (const Json::exception& error) {
      verdict.got = std::string("a row of another shape: ") + error.what();
    }
    if (verdict.agrees) {
      ++tally.passed;
      return;
    }
    if (CountCovered(row, rules_, rule_counts_)) {
      ++tally.excepted;
      return;
    }
    ++tally.failed;
    Disagree(row.place, row.kind, Dump(row.input) + " expects " + Dump(row.expect), verdict.got);
  }

  void Disagree(const std::string& place, const std::string& kind, const std::string& wish,
                const std::string& fact) {
    if (++disagreements_ > kShownMax) return;
    std::printf("%s: %s: %s, got %s\n", place.c_str(), kind.c_str(), wish.c_str(),
                Cut(fact).c_str());
  }

  std::vector<std::string> globs_;
  Checks checks_;
  std::vector<Rule> rules_;
  std::vector<size_t> rule_counts_;
  std::vector<Outside> outside_;
  std::vector<size_t> outside_counts_;
  std::map<std::string, Tally> tallies_;
  size_t disagreements_ = 0;
};

std::vector<std::string> SplitCommas(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  return parts;
}

std::optional<Arguments> ReadArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--kinds" && i + 1 < argc) {
      arguments.globs = SplitCommas(argv[++i]);
    } else if (!word.starts_with("--") && arguments.directory.empty()) {
      arguments.directory = word;
    } else {
      return std::nullopt;
    }
  }
  return arguments;
}

// The corpora beside the repository, for a call without DIR.
std::filesystem::path SharedVectors() {
  const char* shared = std::getenv("ACCORD_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(ACCORD_SOURCE_DIR) / ".." / "shared";
  return root / "vectors";
}

int Main(int argc, char** argv) {
  std::optional<Arguments> arguments = ReadArguments(argc, argv);
  if (!arguments) {
    std::cerr << "usage: accord_conformance [DIR] [--kinds GLOB,GLOB]\n";
    return 2;
  }
  if (arguments->directory.empty()) {
    arguments->directory = SharedVectors();
    if (!std::filesystem::is_directory(arguments->directory)) {
      std::puts("skipped: no shared corpora");
      return 0;
    }
  }
  if (!std::filesystem::is_directory(arguments->directory)) {
    std::cerr << "accord_conformance: " << arguments->directory.string()
              << ": expected a directory of .jsonl files\n";
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(arguments->directory)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Run run(std::move(arguments->globs));
  for (const auto& file : files) run.File(file);
  return run.Report();
}

}  // namespace

Verdict Compare(const Row& row, const Json& got) {
  return {.agrees = got == row.expect, .got = Dump(got)};
}

}  // namespace accord::conformance

int main(int argc, char** argv) { return accord::conformance::Main(argc, argv); }
