// Parsing of one specifier, and its texts.
#include "ecosystem/pypi/specifier.h"

#include <array>

#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

struct Spelling {
  std::string_view text;
  SpecifierOperator op;
};
// The longest that fits is meant.
constexpr std::array<Spelling, 8> kSpellings = {{
    {"===", SpecifierOperator::kArbitrary},
    {"~=", SpecifierOperator::kCompatible},
    {"==", SpecifierOperator::kEqual},
    {"!=", SpecifierOperator::kNotEqual},
    {"<=", SpecifierOperator::kLessEqual},
    {">=", SpecifierOperator::kGreaterEqual},
    {"<", SpecifierOperator::kLess},
    {">", SpecifierOperator::kGreater},
}};

const Spelling* FindSpelling(std::string_view text) {
  for (const Spelling& spelling : kSpellings) {
    if (text.starts_with(spelling.text)) return &spelling;
  }
  return nullptr;
}

bool IsEquality(SpecifierOperator op) {
  return op == SpecifierOperator::kEqual || op == SpecifierOperator::kNotEqual;
}

// Where the text behind === ends: white space, ';' and ')' end it in a requirement.
size_t ArbitraryEnd(std::string_view version) {
  size_t end = 0;
  while (end < version.size() && version[end] != ';' && version[end] != ')' &&
         SpaceBytesAt(version, end) == 0) {
    ++end;
  }
  return end;
}

// What was expected instead of these parts behind this operator; empty if they may stand there.
std::string_view PartsWish(SpecifierOperator op, const VersionParts& parts, bool wildcard) {
  if (wildcard && !IsEquality(op)) return "== or != before '.*'";
  if (wildcard &&
      (parts.pre != PreKind::kNone || parts.has_post || parts.has_dev || !parts.local.empty())) {
    return "only release numbers before '.*'";
  }
  if (!parts.local.empty() && !IsEquality(op)) return "== or != before a local part";
  if (op == SpecifierOperator::kCompatible && ReleaseNumbers(parts.release) < 2) {
    return "at least two release numbers behind ~=";
  }
  return {};
}

// The earliest version that "<V" does not admit: pre-releases of a final V are below V and still
// not admitted.
Version Below(VersionParts parts) {
  if (parts.pre == PreKind::kNone) parts.has_dev = true;  // of a pre-release it says nothing new
  return Version::FromParts(parts);
}

}  // namespace

std::optional<Specifier> Specifier::TryParse(std::string_view text, SpecifierFault* fault) {
  const std::string_view stripped = StripSpace(text);
  const auto fail = [&](const char* at, std::string_view wish) {
    if (fault != nullptr) *fault = {.byte = static_cast<size_t>(at - text.data()), .wish = wish};
    return std::nullopt;
  };
  if (text.size() > kVersionBytesMax) return fail(text.data(), "a specifier within the limit");
  const Spelling* spelling = FindSpelling(stripped);
  if (spelling == nullptr) {
    return fail(stripped.data(), "an operator, one of ~= == != <= >= < > ===");
  }
  const std::string_view spelled = StripSpace(stripped.substr(spelling->text.size()));
  Specifier result;
  result.op_ = spelling->op;
  result.text_ = Cat(spelling->text, spelled);
  if (result.op_ == SpecifierOperator::kArbitrary) {
    const size_t end = ArbitraryEnd(spelled);
    if (end != spelled.size()) {
      return fail(spelled.data() + end, "the end of the specifier");
    }
    result.version_ = Version::TryParse(spelled);
    result.names_prerelease_ = result.version_ && result.version_->is_prerelease();
    return result;
  }
  const std::optional<VersionParts> parts = ScanVersion(spelled, 0);
  if (!parts) return fail(spelled.data(), "a version");
  const std::string_view rest = spelled.substr(parts->end);
  const bool wildcard = rest.starts_with(".*");
  const size_t wildcard_bytes = wildcard ? 2 : 0;
  if (rest.size() != wildcard_bytes) {
    return fail(rest.data() + wildcard_bytes, "the end of the specifier");
  }
  const std::string_view wish = PartsWish(result.op_, *parts, wildcard);
  if (!wish.empty()) return fail(spelled.data(), wish);

  if (wildcard) {
    result.op_ = result.op_ == SpecifierOperator::kEqual ? SpecifierOperator::kEqualPrefix
                                                         : SpecifierOperator::kNotEqualPrefix;
    result.prefix_ = ReleasePrefix(*parts, ReleaseNumbers(parts->release));
    VersionParts earliest = *parts;
    earliest.has_dev = true;
    result.below_ = Version::FromParts(earliest);
    return result;
  }
  result.version_ = Version::FromParts(*parts);
  result.names_prerelease_ =
      result.op_ != SpecifierOperator::kNotEqual && result.version_->is_prerelease();
  if (result.op_ == SpecifierOperator::kLess) result.below_ = Below(*parts);
  if (result.op_ == SpecifierOperator::kCompatible) {
    result.prefix_ = ReleasePrefix(*parts, ReleaseNumbers(parts->release) - 1);
  }
  return result;
}

absl::StatusOr<Specifier> Specifier::Parse(std::string_view text) {
  if (text.size() > kVersionBytesMax) {
    return LimitReached(Cat("specifier ", Quoted(text, 40)),
                        Cat("at most ", kVersionBytesMax, " bytes are read, it has ", text.size()));
  }
  SpecifierFault fault;
  std::optional<Specifier> specifier = TryParse(text, &fault);
  if (specifier) return *std::move(specifier);
  return InvalidInput(Cat("specifier ", Quoted(text)),
                      Cat("byte ", fault.byte, ": expected ", fault.wish));
}

std::string Specifier::Canonical() const {
  switch (op_) {
    case SpecifierOperator::kArbitrary:
    case SpecifierOperator::kEqualPrefix:
    case SpecifierOperator::kNotEqualPrefix:
      return text_;
    case SpecifierOperator::kCompatible:
      return Cat("~=", version_->Text());
    default:
      return Cat(FindSpelling(text_)->text, version_->Canonical());
  }
}

std::string_view Specifier::ArbitraryText() const {
  return op_ == SpecifierOperator::kArbitrary ? std::string_view(text_).substr(3)
                                              : std::string_view();
}

}  // namespace accord::pypi
