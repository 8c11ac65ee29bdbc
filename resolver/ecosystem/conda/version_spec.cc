// Clauses joined by ',' and '|', as a postfix program.
#include "ecosystem/conda/version_spec.h"

#include <algorithm>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/verdicts.h"
#include "ecosystem/conda/version_clause_parse.h"

namespace accord::conda {
namespace {

constexpr char kNothing = '\0';

// How tightly a connector binds: CEP 29 has ',' before '|', libmamba the other way round.
int Tightness(char connector, Dialect dialect) {
  const bool is_and = connector == ',';
  return is_and == (dialect != Dialect::kLibmamba) ? 2 : 1;
}

}  // namespace

std::string VersionClause::Canonical() const {
  switch (op_) {
    case VersionOperator::kAny:
      return "*";
    case VersionOperator::kEqual:
      return Cat("==", version_->Text());
    case VersionOperator::kNotEqual:
      return Cat("!=", version_->Text());
    case VersionOperator::kFuzzy:
      return Cat("=", version_->Text());
    case VersionOperator::kNotFuzzy:
      return Cat("!=", version_->Text(), ".*");
    case VersionOperator::kCompatible:
      return Cat("~=", version_->Text());
    case VersionOperator::kLess:
      return Cat("<", version_->Text());
    case VersionOperator::kLessEqual:
      return Cat("<=", version_->Text());
    case VersionOperator::kGreater:
      return Cat(">", version_->Text());
    case VersionOperator::kGreaterEqual:
      return Cat(">=", version_->Text());
    case VersionOperator::kText:
      return pattern_.Canonical();
    case VersionOperator::kNotText:
      return Cat("!=", pattern_.Canonical());
  }
  return text_;
}

std::optional<VersionClause::Admitted> VersionClause::range() const {
  if (op_ == VersionOperator::kText || op_ == VersionOperator::kNotText) return std::nullopt;
  return Admitted{
      .range = range_,
      .outside = op_ == VersionOperator::kNotEqual || op_ == VersionOperator::kNotFuzzy};
}

bool VersionClause::Matches(const Version& version) const {
  if (const std::optional<Admitted> admitted = range()) {
    return admitted->range.Holds(version.Key()) != admitted->outside;
  }
  return pattern_.Matches(version.Text()) != (op_ == VersionOperator::kNotText);
}

// Reads clauses and connectors from left to right; connectors wait until one that binds no tighter
// comes, a closing parenthesis or the end.
class VersionSpecParser {
 public:
  VersionSpecParser(std::string_view text, Dialect dialect)
      : text_(text), dialect_(dialect), spec_(VersionSpec::Empty{}) {
    spec_.dialect_ = dialect;
  }

  absl::StatusOr<VersionSpec> Run() {
    while (true) {
      ACCORD_RETURN_IF_ERROR(Operand());
      SkipBlanks();
      while (at_ < text_.size() && text_[at_] == ')') {
        ACCORD_RETURN_IF_ERROR(Close());
        SkipBlanks();
      }
      if (at_ == text_.size()) break;
      const char connector = text_[at_];
      if (connector != ',' && connector != '|') return Fault(at_, "expected ',' or '|'");
      Emit(Tightness(connector, dialect_));
      waiting_.push_back(connector);
      ++at_;
    }
    Emit(0);
    if (!waiting_.empty()) return Fault(at_, "expected ')'");
    return std::move(spec_);
  }

 private:
  [[nodiscard]] std::string Place() const { return Cat("version specifier ", Quoted(text_)); }

  absl::Status Fault(size_t at, std::string_view wish) const {
    const std::string_view found = text_.substr(at);
    return InvalidInput(Place(), Cat("byte ", at, ": ", wish, ", found ",
                                     found.empty() ? std::string("the end") : Quoted(found, 40)));
  }

  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }

  // Opening parentheses, then a clause.
  absl::Status Operand() {
    SkipBlanks();
    for (; at_ < text_.size() && text_[at_] == '('; SkipBlanks()) {
      if (++depth_ > kVersionSpecDepthMax) {
        return LimitReached(Place(), Cat("byte ", at_, ": at most ", kVersionSpecDepthMax,
                                         " parentheses within each other are read"));
      }
      waiting_.push_back('(');
      ++at_;
    }
    const size_t begin = at_;
    at_ = ClauseEnd();
    const std::string_view clause = Strip(text_.substr(begin, at_ - begin));
    auto parsed = VersionClauseParser::Parse(clause, dialect_);
    if (!parsed.ok()) return At(Cat(Place(), ": byte ", begin), parsed.status());
    spec_.clauses_.push_back(*std::move(parsed));
    spec_.steps_.push_back(VersionSpec::Step::kClause);
    return absl::OkStatus();
  }

  // A regular expression ends at its first '$', whatever stands in it.
  [[nodiscard]] size_t ClauseEnd() const {
    constexpr Characters kBeforeOperand("=! \t", /*alphanumeric=*/false);
    constexpr Characters kBehindClause("()|,", /*alphanumeric=*/false);
    size_t end = at_;
    while (end < text_.size() && kBeforeOperand.Have(text_[end])) ++end;
    if (end < text_.size() && text_[end] == '^') {
      const size_t dollar = text_.find('$', end);
      if (dollar != std::string_view::npos) return dollar + 1;
    }
    end = at_;
    while (end < text_.size() && !kBehindClause.Have(text_[end])) ++end;
    return end;
  }

  absl::Status Close() {
    Emit(0);
    if (waiting_.empty()) return Fault(at_, "expected no ')' without '('");
    waiting_.pop_back();
    --depth_;
    ++at_;
    return absl::OkStatus();
  }

  // The connectors that bind at least so tightly, back to the last open parenthesis.
  void Emit(int tightness) {
    while (!waiting_.empty() && waiting_.back() != '(' &&
           Tightness(waiting_.back(), dialect_) >= tightness) {
      spec_.steps_.push_back(waiting_.back() == ',' ? VersionSpec::Step::kAnd
                                                    : VersionSpec::Step::kOr);
      waiting_.pop_back();
    }
  }

  std::string_view text_;
  Dialect dialect_;
  VersionSpec spec_;
  std::string waiting_;  // connectors and open parentheses
  size_t at_ = 0;
  size_t depth_ = 0;
};

VersionSpec::VersionSpec() {
  clauses_.push_back(VersionClause());  // kAny
  steps_.push_back(Step::kClause);
}

absl::StatusOr<VersionSpec> VersionSpec::Parse(std::string_view text, Dialect dialect) {
  if (text.size() > kVersionSpecBytesMax) {
    return LimitReached(
        Cat("version specifier ", Quoted(text, 40)),
        Cat("at most ", kVersionSpecBytesMax, " bytes are read, it has ", text.size()));
  }
  if (dialect == Dialect::kLibmamba && Strip(text).empty()) text = "*";
  return VersionSpecParser(text, dialect).Run();
}

bool VersionSpec::Matches(const Version& version) const {
  if (clauses_.size() == 1) return clauses_.front().Matches(version);
  Verdicts verdicts;
  auto clause = clauses_.begin();
  for (const Step step : steps_) {
    switch (step) {
      case Step::kClause:
        verdicts.Push(clause++->Matches(version));
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

std::string VersionSpec::Written(bool canonical) const {
  struct Piece {
    std::string text;
    char connector = kNothing;
  };
  std::vector<Piece> stack;
  auto clause = clauses_.begin();
  for (const Step step : steps_) {
    if (step == Step::kClause) {
      stack.push_back({canonical ? clause->Canonical() : clause->Text()});
      ++clause;
      continue;
    }
    const char connector = step == Step::kAnd ? ',' : '|';
    const auto within = [&](const Piece& piece) {
      const bool looser = piece.connector != kNothing &&
                          Tightness(piece.connector, dialect_) < Tightness(connector, dialect_);
      return looser ? Cat("(", piece.text, ")") : piece.text;
    };
    const Piece right = std::move(stack.back());
    stack.pop_back();
    Piece& left = stack.back();
    left = {Cat(within(left), connector, within(right)), connector};
  }
  return stack.back().text;
}

}  // namespace accord::conda
