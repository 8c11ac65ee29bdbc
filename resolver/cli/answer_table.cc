#include "cli/answer_table.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace accord::cli {
namespace {

constexpr size_t kAskersMax = 4;       // named in a row; more are counted
constexpr size_t kCoreLinesMax = 100;  // of why there is no solution; more are counted
constexpr size_t kSentencesMax = 60;   // likewise
constexpr size_t kBehindLinesMax = 8;  // of why one package is behind
constexpr size_t kAssumingMax = 10;

struct Row {
  std::string package;
  std::string version;
  std::string askers;
};

class Table {
 public:
  Table(const engine::Answer& answer, const TableFrame& frame) : answer_(answer), frame_(frame) {}

  std::string Write() {
    if (answer_.status == engine::Status::kUnsat) {
      WriteConflict();
    } else {
      if (answer_.status == engine::Status::kStopped) WriteStopped();
      if (answer_.has_solution) WriteSolution();
    }
    WritePythonsTried();
    WriteAssuming();
    for (const engine::Warning& warning : answer_.warnings) {
      out_ += Cat("Warning: ", warning.text, "\n");
    }
    return std::move(out_);
  }

 private:
  void WriteStopped() {
    const std::string_view why = answer_.stop_reason == StopReason::kWork
                                     ? "the limit of work is reached"
                                     : "the time is over";
    out_ += Cat("Stopped: ", why,
                answer_.has_solution ? "; this is a solution, not the canonical answer:\n"
                                     : " before there was any solution.\n");
  }

  void WriteConflict() {
    const std::string none = NoSolution();
    if (answer_.explanation.sentences.empty()) {
      out_ += Bold(none + ": these cannot hold together:") + "\n";
      WriteLines(answer_.conflict, {.indent = "  ", .lines_max = kCoreLinesMax});
    } else {
      out_ += Bold(none + ":") + "\n";
      WriteSentences();
    }
    for (const engine::Hint& hint : answer_.hints) out_ += Cat("  Hint: ", hint.text, ".\n");
    if (!answer_.hints_undecided.empty()) {
      const engine::UndecidedHint& first = answer_.hints_undecided.front();
      const size_t more = answer_.hints_undecided.size() - 1;
      out_ += Cat("  Not known: ", first.hint.text, " (", first.why, ")",
                  more == 0 ? "" : Cat(" and ", more, " more changes; --json has all"), ".\n");
    }
    const engine::Timings& took = answer_.timings;
    out_ += Dim(Cat("no solution", Target(), ", ", Took(), " (reading ",
                    Millis(took.open_us + took.parse_us), ", universe ", Millis(took.universe_us),
                    ", search ", Millis(took.solve_us), ", core ", Millis(took.explain_us), ")")) +
            "\n";
  }

  [[nodiscard]] std::string NoSolution() const {
    if (answer_.pythons_tried.empty()) return "No solution";
    return Cat("No solution for any of ", answer_.pythons_tried.size(), " Pythons; for ",
               answer_.pythons_tried.front().python);
  }

  void WriteSentences() {
    const std::vector<std::string>& sentences = answer_.explanation.sentences;
    const size_t count = std::min(sentences.size(), kSentencesMax);
    for (size_t i = 0; i < count; ++i) out_ += Cat("  ", sentences[i], "\n");
    if (sentences.size() > count) {
      out_ += Cat("  and ", sentences.size() - count, " more sentences; --json has all\n");
      return;
    }
    std::vector<std::string> places;
    for (const explain::Node& node : answer_.explanation.nodes) {
      if (!node.place.empty()) places.push_back(Cat(node.text, ": ", node.place));
    }
    if (!places.empty()) out_ += Dim(Cat("  (", Joined(places, "; "), ")")) + "\n";
  }

  void WriteSolution() {
    WriteRows();
    if (answer_.transaction) WriteTransaction(*answer_.transaction);
    const engine::Timings& took = answer_.timings;
    const size_t count = answer_.solution.size();
    out_ += Dim(Cat(count, count == 1 ? " package" : " packages", Target(), ", ",
                    answer_.claim.kind == ClaimKind::kCanonical ? "canonical" : "feasible",
                    " answer, accepted by the checker, ", Took(), " (reading ",
                    Millis(took.open_us + took.parse_us), ", universe ", Millis(took.universe_us),
                    ", search ", Millis(took.solve_us), ", newer? ", Millis(took.explain_us),
                    ", check ", Millis(took.check_us), ")")) +
            "\n";
    for (const engine::BehindPackage& behind : answer_.behind) WriteBehind(behind);
  }

  void WriteRows() {
    std::vector<Row> rows;
    Row widest{.package = "package", .version = "version"};
    for (const engine::ChosenPackage& chosen : answer_.solution) {
      Row row{.package = chosen.name, .version = chosen.version, .askers = AskersOf(chosen)};
      if (!chosen.build.empty()) row.version += Cat(" ", chosen.build);
      if (!chosen.extras.empty()) row.package += Cat("[", Joined(chosen.extras, ","), "]");
      if (row.package.size() > widest.package.size()) widest.package = row.package;
      if (row.version.size() > widest.version.size()) widest.version = row.version;
      rows.push_back(std::move(row));
    }
    const auto padded = [](const std::string& text, size_t width) {
      return text + std::string(width - text.size() + 2, ' ');
    };
    const auto line = [&](const Row& row) {
      return Cat(padded(row.package, widest.package.size()),
                 padded(row.version, widest.version.size()), row.askers);
    };
    if (rows.empty()) return;
    out_ +=
        Bold(line({.package = "package", .version = "version", .askers = "asked for by"})) + "\n";
    for (const Row& row : rows) out_ += line(row) + "\n";
    out_ += "\n";
  }

  // "~ lib 1 0 -> 2 0  app 2 0 needs lib >=2": "+" comes, "-" goes.
  void WriteTransaction(const engine::Transaction& transaction) {
    const auto said = [](const engine::StepRecord& record) {
      return Cat(record.version, record.build.empty() ? "" : " ", record.build);
    };
    std::vector<std::string> lines;
    size_t widest = 0;
    for (const engine::TransactionStep& step : transaction.steps) {
      const char sign = !step.from ? '+' : !step.to ? '-' : '~';
      std::string line = Cat(sign, " ", step.name);
      if (step.from) line += Cat(" ", said(*step.from));
      if (step.to) line += Cat(step.from ? " -> " : " ", said(*step.to));
      // The same texts: what differs is where it is from.
      if (step.from && step.to && said(*step.from) == said(*step.to)) {
        line += Cat(" (", step.from->channel, " -> ", step.to->channel, ")");
      }
      widest = std::max(widest, line.size());
      lines.push_back(std::move(line));
    }
    for (size_t i = 0; i < lines.size(); ++i) {
      lines[i].append(widest - lines[i].size() + 2, ' ');
      out_ += Cat(lines[i], transaction.steps[i].reason, "\n");
    }
    out_ += lines.empty() ? "nothing changes\n\n" : "\n";
  }

  // "request, celery, kombu and 3 more": the versions of the askers stand in their own rows.
  static std::string AskersOf(const engine::ChosenPackage& chosen) {
    std::vector<std::string> names;
    if (chosen.requested) names.emplace_back("request");
    for (const engine::RequiredBy& by : chosen.required_by) {
      const std::string name = by.who.substr(0, by.who.find(' '));
      const bool itself = name == chosen.name;  // extras that name further extras
      if (!itself && std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    if (names.size() <= kAskersMax) return Joined(names, ", ");
    const size_t more = names.size() - (kAskersMax - 1);
    names.resize(kAskersMax - 1);
    return Cat(Joined(names, ", "), " and ", more, " more");
  }

  void WriteBehind(const engine::BehindPackage& behind) {
    out_ += Cat(behind.name, " ", behind.chosen, " is not the newest (", behind.newest, "): ");
    switch (behind.kind) {
      case engine::BehindKind::kRequest:
        out_ += "the request allows nothing newer\n";
        break;
      case engine::BehindKind::kImpossible:
        out_ += "with anything newer these cannot hold together:\n";
        WriteLines(behind.lines, {.indent = "    ", .lines_max = kBehindLinesMax});
        break;
      case engine::BehindKind::kTraded: {
        if (behind.trades.empty()) {
          out_ += Cat(behind.instead, " would do, but favours ",
                      IsConda() ? "come first\n" : "and --prefer-binary come first\n");
          break;
        }
        std::vector<std::string> trades;
        for (const engine::Trade& trade : behind.trades) {
          trades.push_back(trade.instead.empty()
                               ? Cat("no ", trade.name)
                               : Cat(trade.name, " ", trade.instead, " instead of ", trade.chosen));
        }
        out_ += Cat(behind.instead, " would mean ", Joined(trades, ", "), "\n");
        break;
      }
      case engine::BehindKind::kNotExamined:
        out_ += "why was not examined, a limit was reached\n";
        break;
    }
  }

  struct Shape {
    std::string_view indent;
    size_t lines_max = 0;
  };
  void WriteLines(const std::vector<engine::CoreLine>& lines, const Shape& shape) {
    for (size_t i = 0; i < lines.size() && i < shape.lines_max; ++i) {
      const engine::CoreLine& line = lines[i];
      out_ += Cat(shape.indent, line.text);
      if (!line.place.empty()) out_ += Dim(Cat(" (", line.place, ")"));
      out_ += "\n";
    }
    if (lines.size() > shape.lines_max) {
      out_ += Cat(shape.indent, "and ", lines.size() - shape.lines_max, " more; --json has all\n");
    }
  }

  // Of an answer without a solution the first is the one that is explained.
  void WritePythonsTried() {
    const std::vector<engine::PythonTried>& tried = answer_.pythons_tried;
    for (size_t i = answer_.status == engine::Status::kUnsat ? 1 : 0; i < tried.size();) {
      const size_t first = i;
      std::string pythons;
      for (; i < tried.size() && tried[i].conflict == tried[first].conflict; ++i) {
        pythons += Cat(pythons.empty() ? "" : ", ", tried[i].python);
      }
      out_ += Cat("Python ", pythons, " will not do, these cannot hold together:\n");
      WriteLines(tried[first].conflict, {.indent = "    ", .lines_max = kBehindLinesMax});
    }
  }

  void WriteAssuming() {
    std::vector<std::string> names = answer_.claim.assuming;
    if (names.empty()) return;
    const size_t count = names.size();
    names.resize(std::min(count, kAssumingMax));
    out_ +=
        Cat("Assuming that these do not exist, as nothing is known of them: ", Joined(names, ", "));
    if (count > kAssumingMax) out_ += Cat(" and ", count - kAssumingMax, " more; --json has all");
    out_ += "\n";
  }

  [[nodiscard]] bool IsConda() const {
    return std::ranges::any_of(answer_.solution, [](const engine::ChosenPackage& chosen) {
      return !chosen.subdir.empty();
    });
  }

  [[nodiscard]] std::string Target() const {
    return frame_.target.empty() ? std::string() : Cat(" for ", frame_.target);
  }

  [[nodiscard]] std::string Took() const {
    const engine::Timings& took = answer_.timings;
    return Cat(Millis(took.open_us + took.parse_us + took.universe_us + took.solve_us +
                      took.explain_us + took.check_us),
               " ms");
  }

  // Microseconds as "12.3".
  static std::string Millis(uint64_t us) {
    const uint64_t tenths = (us + 50) / 100;
    return Cat(tenths / 10, ".", tenths % 10);
  }

  static std::string Joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string joined;
    for (const std::string& text : texts) joined += joined.empty() ? text : Cat(between, text);
    return joined;
  }

  [[nodiscard]] std::string Bold(std::string_view text) const { return Styled("1", text); }
  [[nodiscard]] std::string Dim(std::string_view text) const { return Styled("2", text); }
  [[nodiscard]] std::string Styled(std::string_view code, std::string_view text) const {
    return frame_.colours ? Cat("\x1b[", code, "m", text, "\x1b[0m") : std::string(text);
  }

  const engine::Answer& answer_;
  const TableFrame& frame_;
  std::string out_;
};

}  // namespace

std::string TargetOf(const wire::AnswerFrame& asked) {
  if (asked.request != nullptr) return asked.request->target;
  return asked.conda_request != nullptr ? asked.conda_request->target : "";
}

std::string AnswerTable(const engine::Answer& answer, const TableFrame& frame) {
  return Table(answer, frame).Write();
}

}  // namespace accord::cli
