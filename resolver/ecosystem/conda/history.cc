#include "ecosystem/conda/history.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

enum class Request : uint8_t { kRemove, kUpdate, kNeuter };  // in the order in which they count

// "# WORD specs: REST".
struct RequestLine {
  Request request = Request::kUpdate;
  std::string_view rest;
};
std::optional<RequestLine> ReadRequestLine(std::string_view line) {
  if (!line.starts_with('#')) return std::nullopt;
  line = Strip(line.substr(1));
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  line = Strip(line.substr(word.size()));
  constexpr std::string_view kSpecs = "specs:";
  if (!line.starts_with(kSpecs)) return std::nullopt;
  RequestLine read{.rest = Strip(line.substr(kSpecs.size()))};
  if (word == "remove" || word == "uninstall") {
    read.request = Request::kRemove;
  } else if (word == "neutered") {
    read.request = Request::kNeuter;
  } else if (word != "update" && word != "install" && word != "create") {
    return std::nullopt;
  }
  return read;
}

// The texts of a list as Python writes it: ['a', "b[version='>=1']"].
std::optional<std::vector<std::string>> ReadQuotedList(std::string_view text) {
  std::vector<std::string> items;
  text = Strip(text.substr(1));  // behind the bracket
  while (!text.empty() && text.front() != ']') {
    const char quote = text.front();
    if (quote != '\'' && quote != '"') return std::nullopt;
    std::string& item = items.emplace_back();
    size_t i = 1;
    for (; i < text.size() && text[i] != quote; ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      item.push_back(text[i]);
    }
    if (i == text.size()) return std::nullopt;
    text = Strip(text.substr(i + 1));
    if (text.starts_with(',')) {
      text = Strip(text.substr(1));
    } else if (!text.starts_with(']')) {
      return std::nullopt;
    }
  }
  if (text != "]") return std::nullopt;
  return items;
}

// Before its version 4.5 conda wrote "a >=1,<2,b": a comma begins a specifier where a letter
// follows.
std::vector<std::string> ReadJoinedList(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::string_view stripped = Strip(part);
    if (stripped.empty()) continue;
    if (items.empty() || IsLetter(stripped.front())) {
      items.emplace_back(stripped);
    } else {
      items.back() += Cat(",", stripped);
    }
  }
  return items;
}

class History {
 public:
  explicit History(size_t specs_max) : specs_max_(specs_max) {}

  absl::Status ReadLine(std::string_view line, const std::string& place) {
    if (line.starts_with("==>")) EndRevision();
    const std::optional<RequestLine> request = ReadRequestLine(line);
    if (!request) return absl::OkStatus();
    std::optional<std::vector<std::string>> items = request->rest.starts_with('[')
                                                        ? ReadQuotedList(request->rest)
                                                        : ReadJoinedList(request->rest);
    if (!items) {
      return InvalidInput(place,
                          Cat("a list ['SPEC', ...] is wanted, found ", Quoted(request->rest)));
    }
    for (std::string& item : *items) {
      // conda's own mark of a feature that it tracks: no package is asked for.
      if (item.empty() || item.ends_with('@')) continue;
      if (++specs_ > specs_max_) {
        return LimitReached(place, Cat("at most ", specs_max_, " specifiers are read"));
      }
      absl::StatusOr<AskedSpec> spec = ReadAskedSpec({.text = std::move(item), .place = place});
      if (!spec.ok()) return spec.status();
      revision_.emplace_back(request->request, *std::move(spec));
    }
    return absl::OkStatus();
  }

  std::vector<AskedSpec> Finish() {
    EndRevision();
    std::vector<AskedSpec> asked;
    for (auto& [name, spec] : asked_) asked.push_back(std::move(spec));
    return asked;
  }

 private:
  void EndRevision() {
    std::ranges::stable_sort(revision_, {}, [](const auto& one) { return one.first; });
    for (auto& [request, spec] : revision_) {
      if (request == Request::kRemove) {
        asked_.erase(spec.name);
      } else {
        asked_[spec.name] = std::move(spec);
      }
    }
    revision_.clear();
  }

  const size_t specs_max_;
  size_t specs_ = 0;
  std::vector<std::pair<Request, AskedSpec>> revision_;
  std::map<std::string, AskedSpec> asked_;
};

}  // namespace

absl::StatusOr<AskedSpec> ReadAskedSpec(PlacedText spec) {
  // conda and mamba write histories; the name is the same in every dialect that reads the text.
  absl::StatusOr<MatchSpec> read = MatchSpec::Parse(spec.text, {.dialect = Dialect::kConda});
  for (const Dialect other : {Dialect::kLibmamba, Dialect::kCep}) {
    if (read.ok()) break;
    absl::StatusOr<MatchSpec> theirs = MatchSpec::Parse(spec.text, {.dialect = other});
    if (theirs.ok()) read = std::move(theirs);
  }
  if (!read.ok()) return At(spec.place, read.status());
  if (read->name.kind() != TextMatch::Kind::kExact) {
    return InvalidInput(spec.place,
                        Cat("the name of one package is expected, found ", Quoted(spec.text)));
  }
  return AskedSpec{.name = std::string(read->name.Canonical()), .spec = std::move(spec)};
}

absl::StatusOr<std::vector<AskedSpec>> ReadHistory(std::string_view text, const std::string& place,
                                                   size_t specs_max) {
  History history(specs_max);
  for (size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    ACCORD_RETURN_IF_ERROR(history.ReadLine(line, Cat(place, ":", number)));
  }
  return history.Finish();
}

}  // namespace accord::conda
