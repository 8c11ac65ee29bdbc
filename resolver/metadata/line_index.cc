// See line_index.h.
#include "metadata/line_index.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace accord::metadata {
namespace {

constexpr size_t kShownBytesMax = 60;

}  // namespace

absl::StatusOr<std::vector<IndexedLine>> IndexLines(std::string_view body, const LineForm& form,
                                                    std::string_view place,
                                                    const CorpusLimits& limits) {
  std::vector<IndexedLine> lines;
  uint32_t number = form.first_number;
  for (size_t begin = 0; begin < body.size(); ++number) {
    const size_t end = std::min(body.find('\n', begin), body.size());
    const std::string_view text = body.substr(begin, end - begin);
    begin = end + 1;
    if (text.size() > limits.line_bytes_max) {
      return LimitReached(Cat(place, ":", number),
                          Cat("a line may have at most ", limits.line_bytes_max, " bytes"));
    }
    if (lines.size() == limits.records_max) {
      return LimitReached(place, Cat("at most ", limits.records_max, " records are read"));
    }
    const size_t quote =
        text.starts_with(form.prefix) ? text.find('"', form.prefix.size()) : std::string_view::npos;
    if (quote == std::string_view::npos) {
      return Missing(Cat(place, ":", number),
                     Cat("a record that begins with ", form.prefix, " is expected, found ",
                         Quoted(text, kShownBytesMax)));
    }
    const std::string_view name = text.substr(form.prefix.size(), quote - form.prefix.size());
    if (name.empty() || name.find('\\') != std::string_view::npos) {
      return Missing(Cat(place, ":", number),
                     Cat("a name without escapes is expected, found ", Quoted(name)));
    }
    lines.push_back({name, text, number});
  }
  return lines;
}

LazyRecords::LazyRecords(Text text, std::vector<IndexedLine> lines, std::string place,
                         RecordDecoder decoder)
    : text_(std::move(text)),
      lines_(std::move(lines)),
      place_(std::move(place)),
      decoder_(decoder),
      parsed_(lines_.size()) {
  ACCORD_DCHECK(std::adjacent_find(lines_.begin(), lines_.end(),
                                   [](const IndexedLine& a, const IndexedLine& b) {
                                     return a.name >= b.name;
                                   }) == lines_.end());
}

absl::StatusOr<const PackageRecord*> LazyRecords::Find(std::string_view name) {
  const auto line = std::ranges::lower_bound(lines_, name, {}, &IndexedLine::name);
  if (line == lines_.end() || line->name != name) return nullptr;
  const auto position = static_cast<size_t>(line - lines_.begin());
  {
    const std::lock_guard lock(mutex_);
    if (parsed_[position] != nullptr) return parsed_[position].get();
  }
  absl::StatusOr<PackageRecord> record = Parse(*line);
  if (!record.ok()) return record.status();
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  std::unique_ptr<const PackageRecord>& kept = parsed_[position];
  if (kept == nullptr) kept = std::make_unique<const PackageRecord>(*std::move(record));
  return kept.get();
}

LazyRecords::Parser LazyRecords::TakeParser() {
  const std::lock_guard lock(mutex_);
  if (idle_parsers_.empty()) return std::make_unique<simdjson::dom::parser>();
  Parser parser = std::move(idle_parsers_.back());
  idle_parsers_.pop_back();
  return parser;
}

void LazyRecords::GiveBack(Parser parser) {
  const std::lock_guard lock(mutex_);
  idle_parsers_.push_back(std::move(parser));
}

absl::StatusOr<PackageRecord> LazyRecords::ReadAt(size_t position) {
  return Parse(lines_[position]);
}

absl::StatusOr<PackageRecord> LazyRecords::Parse(const IndexedLine& line) {
  Parser parser = TakeParser();
  simdjson::dom::element json;
  // No copy: the text's padding makes it safe to read past a line's end.
  const simdjson::error_code error =
      parser->parse(line.text.data(), line.text.size(), /*realloc_if_needed=*/false).get(json);
  const auto here = [&] { return Cat(place_, ":", line.number); };
  if (error != simdjson::SUCCESS) {
    return Missing(here(), Cat("damaged JSON: ", simdjson::error_message(error)));
  }
  absl::StatusOr<PackageRecord> record = decoder_(json, line.name);
  GiveBack(std::move(parser));
  return record.ok() ? std::move(record) : At(here(), record.status());
}

}  // namespace accord::metadata
