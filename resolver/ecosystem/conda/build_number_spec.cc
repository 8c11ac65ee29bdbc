// Operator and number, or a pattern.
#include "ecosystem/conda/build_number_spec.h"

#include <array>
#include <charconv>
#include <optional>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

constexpr std::array<std::string_view, 6> kWords = {"", "!=", "<", "<=", ">", ">="};

std::optional<uint64_t> NumberOf(std::string_view text) {
  uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

absl::StatusOr<BuildNumberSpec> BuildNumberSpec::Parse(std::string_view text) {
  const std::string place = Cat("build number ", Quoted(text, 80));
  std::string_view rest = Strip(text);
  const size_t operator_bytes = std::min(rest.find_first_not_of("=!<>"), rest.size());
  const std::string_view op = rest.substr(0, operator_bytes);
  rest = Strip(rest.substr(operator_bytes));
  BuildNumberSpec spec;
  if (op.empty() && rest.empty()) return spec;
  const bool is_equality = op.empty() || op == "=" || op == "==";
  if (is_equality && !rest.empty() && !NumberOf(rest) &&
      (rest.find('*') != std::string_view::npos || rest.starts_with('^'))) {
    auto pattern = TextMatch::Parse(rest);
    if (!pattern.ok()) return At(place, pattern.status());
    spec.pattern_ = *std::move(pattern);
    return spec;
  }
  size_t index = 0;
  if (!is_equality) {
    while (index < kWords.size() && (kWords[index].empty() || kWords[index] != op)) ++index;
    if (index == kWords.size()) {
      return InvalidInput(place, Cat("expected one of = == != < <= > >=, found ", Quoted(op)));
    }
  }
  const std::optional<uint64_t> number = NumberOf(rest);
  if (!number) {
    return InvalidInput(place, Cat("expected a number of 64 bits, found ", Quoted(rest, 40)));
  }
  spec.op_ = static_cast<Operator>(index);
  spec.number_ = *number;
  return spec;
}

bool BuildNumberSpec::Matches(uint64_t build_number) const {
  switch (op_) {
    case Operator::kEqual:
      return build_number == number_;
    case Operator::kNotEqual:
      return build_number != number_;
    case Operator::kLess:
      return build_number < number_;
    case Operator::kLessEqual:
      return build_number <= number_;
    case Operator::kGreater:
      return build_number > number_;
    case Operator::kGreaterEqual:
      return build_number >= number_;
    case Operator::kPattern:
      return pattern_.Matches(std::to_string(build_number));
  }
  return false;
}

std::string BuildNumberSpec::Canonical() const {
  if (op_ == Operator::kPattern) return pattern_.Canonical();
  return Cat(kWords[static_cast<size_t>(op_)], number_);
}

}  // namespace accord::conda
