#include "ecosystem/conda/plain_spec.h"

#include <utility>

#include "ecosystem/conda/match_spec_keys.h"
#include "ecosystem/conda/positional.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

constexpr Characters kInName("_.-");
constexpr Characters kInVersion("_.-+*!<>~,|");
constexpr Characters kBeforeEquals("<>!~", /*alphanumeric=*/false);
constexpr Characters kAtNoEnd(",|<>=!~", /*alphanumeric=*/false);

}  // namespace

std::optional<PlainParts> PlainParts::Of(std::string_view text) {
  PlainParts parts;
  size_t end = 0;
  while (end < text.size() && kInName.Have(text[end])) ++end;
  parts.name = text.substr(0, end);
  if (end > kPatternBytesMax || !IsNameText(parts.name)) return std::nullopt;
  if (end == text.size()) return parts;
  if (text[end] != ' ') return std::nullopt;
  size_t begin = ++end;
  while (end < text.size() && (text[end] == '=' ? end > begin && kBeforeEquals.Have(text[end - 1])
                                                : kInVersion.Have(text[end]))) {
    ++end;
  }
  if (end == begin || kAtNoEnd.Have(text[end - 1])) return std::nullopt;
  parts.version = text.substr(begin, end - begin);
  if (end == text.size()) return parts;
  if (text[end] != ' ' || !IsBuildText(text.substr(end + 1))) return std::nullopt;
  parts.build = text.substr(end + 1);
  return parts;
}

std::shared_ptr<const VersionSpec> VersionSpecs::Find(std::string_view text) {
  if (const auto known = known_.find(text); known != known_.end()) return known->second;
  absl::StatusOr<VersionSpec> read = VersionSpec::Parse(text, dialect_);
  if (!read.ok()) return nullptr;
  auto shared = std::make_shared<const VersionSpec>(*std::move(read));
  known_.emplace(text, shared);
  return shared;
}

}  // namespace accord::conda
