// Conditions as postfix programs over match specifiers.
#include "ecosystem/conda/condition.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/brackets.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/verdicts.h"

namespace accord::conda {
namespace {

constexpr char kAndMark = '&';
constexpr char kOrMark = '|';

}  // namespace

class ConditionParser {
 public:
  ConditionParser(std::string_view text, const MatchSpecRules& rules)
      : text_(text),
        rules_{.dialect = rules.dialect, .channels = rules.channels, .allow_when = false},
        place_(Cat("condition ", Quoted(WithoutCredentials(text)))) {}

  absl::StatusOr<Condition> Run() {
    while (true) {
      ACCORD_RETURN_IF_ERROR(Operand());
      while (Next() == ')') {
        ACCORD_RETURN_IF_ERROR(Close());
      }
      if (at_ == text_.size()) break;
      const std::string_view word = WordAt(at_);
      if (word != "and" && word != "or") return Fault(at_, "expected 'and' or 'or'");
      at_ += word.size();
      Emit(word == "and" ? kAndMark : kOrMark);
      waiting_.push_back(word == "and" ? kAndMark : kOrMark);
    }
    Emit(kOrMark);
    if (!waiting_.empty()) return Fault(at_, "expected ')'");
    return std::move(condition_);
  }

 private:
  absl::Status Fault(size_t at, std::string_view wish) const {
    return InvalidInput(place_, Cat("byte ", at, ": ", wish));
  }

  // The next character that is no blank; '\0' at the end.
  char Next() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  // "and", "or", or what else stands up to a blank or parenthesis.
  [[nodiscard]] std::string_view WordAt(size_t at) const {
    return text_.substr(at, text_.find_first_of(" \t()", at) - at);
  }

  // Up to a parenthesis, or a blank with "and" or "or" behind it, outside of brackets.
  [[nodiscard]] std::string_view Spec() const {
    size_t end = at_;
    while (end < text_.size() && text_[end] != '(' && text_[end] != ')') {
      if (text_[end] == '[') {
        end = std::min(BracketsEnd(text_, end), text_.size());
        continue;
      }
      if ((end == at_ || IsBlank(text_[end - 1])) &&
          (WordAt(end) == "and" || WordAt(end) == "or")) {
        break;
      }
      ++end;
    }
    return Strip(text_.substr(at_, end - at_));
  }

  absl::Status Operand() {
    for (; Next() == '('; ++at_) {
      if (++depth_ > kConditionDepthMax) {
        return LimitReached(place_, Cat("byte ", at_, ": at most ", kConditionDepthMax,
                                        " parentheses within each other are read"));
      }
      waiting_.push_back('(');
    }
    const std::string_view text = Spec();
    if (text.empty()) return Fault(at_, "expected a match specifier");
    auto spec = MatchSpec::Parse(text, rules_);
    if (!spec.ok()) return At(Cat(place_, ": byte ", at_), spec.status());
    condition_.specs_.push_back(*std::move(spec));
    condition_.steps_.push_back(Condition::Step::kSpec);
    at_ += text.size();
    return absl::OkStatus();
  }

  absl::Status Close() {
    Emit(kOrMark);
    if (waiting_.empty()) return Fault(at_, "expected no ')' without '('");
    waiting_.pop_back();
    --depth_;
    ++at_;
    return absl::OkStatus();
  }

  // The words that bind at least as tightly as `mark`, back to the last open parenthesis.
  void Emit(char mark) {
    while (!waiting_.empty() && waiting_.back() != '(' &&
           (mark == kOrMark || waiting_.back() == kAndMark)) {
      condition_.steps_.push_back(waiting_.back() == kAndMark ? Condition::Step::kAnd
                                                              : Condition::Step::kOr);
      waiting_.pop_back();
    }
  }

  std::string_view text_;
  MatchSpecRules rules_;
  std::string place_;
  Condition condition_;
  std::string waiting_;  // words and open parentheses
  size_t at_ = 0;
  size_t depth_ = 0;
};

absl::StatusOr<Condition> Condition::Parse(std::string_view text, const MatchSpecRules& rules) {
  return ConditionParser(text, rules).Run();
}

bool Condition::Holds(absl::FunctionRef<bool(const MatchSpec&)> matched) const {
  Verdicts verdicts;
  auto spec = specs_.begin();
  for (const Step step : steps_) {
    switch (step) {
      case Step::kSpec:
        verdicts.Push(matched(*spec++));
        break;
      case Step::kAnd:
        verdicts.And();
        break;
      case Step::kOr:
        verdicts.Or();
        break;
    }
  }
  return verdicts.top();
}

std::string Condition::Canonical() const {
  struct Piece {
    std::string text;
    bool is_or = false;
  };
  std::vector<Piece> stack;
  auto spec = specs_.begin();
  for (const Step step : steps_) {
    if (step == Step::kSpec) {
      stack.push_back({spec++->Canonical()});
      continue;
    }
    const bool is_or = step == Step::kOr;
    const auto within = [&](const Piece& piece) {
      return piece.is_or && !is_or ? Cat("(", piece.text, ")") : piece.text;
    };
    const Piece right = std::move(stack.back());
    stack.pop_back();
    Piece& left = stack.back();
    left = {Cat(within(left), is_or ? " or " : " and ", within(right)), is_or};
  }
  return stack.back().text;
}

}  // namespace accord::conda
