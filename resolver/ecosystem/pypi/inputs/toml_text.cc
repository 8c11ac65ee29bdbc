#include "ecosystem/pypi/inputs/toml_text.h"

#include <algorithm>

#include "base/error.h"

namespace accord::pypi {
namespace {

// How deep values stand within each other, read off the brackets and dots outside of strings and
// comments. Dots of numbers count too, which only makes the depth look larger by one.
class DepthScan {
 public:
  explicit DepthScan(std::string_view text) : text_(text) {}

  // The byte at which the limit is passed; none if it is kept.
  std::optional<size_t> FirstTooDeep() {
    while (at_ < text_.size()) {
      Step();
      if (header_ + below_ + dots_.size() + dots_.back() > kTomlDepthMax) return at_;
    }
    return std::nullopt;
  }

 private:
  void Step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return SkipString(c);
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    ++at_;
    if (c == '[' && dots_.size() == 1 && is_line_begin_) return BeginHeader();
    if (c != ' ' && c != '\t' && c != '\r') is_line_begin_ = c == '\n';
    if (c == '[' || c == '{') {
      below_ += dots_.back();
      dots_.push_back(0);
    } else if ((c == ']' || c == '}') && dots_.size() > 1) {
      dots_.pop_back();
      below_ -= dots_.back();
    } else if (c == '\n' && in_header_) {
      header_ = dots_.back();
      dots_ = {0};
      below_ = 0;
      in_header_ = false;
    } else if (c == '\n' || c == ',') {
      dots_.back() = 0;
    } else if (c == '.') {
      ++dots_.back();
    }
  }

  // A table's name goes on to the end of its line; all keys up to the next one stand below it.
  void BeginHeader() {
    if (at_ < text_.size() && text_[at_] == '[') ++at_;
    in_header_ = true;
    is_line_begin_ = false;
    header_ = 0;
    dots_ = {0};
    below_ = 0;
  }

  void SkipString(char quote) {
    is_line_begin_ = false;
    const std::string three(3, quote);
    if (text_.substr(at_).starts_with(three)) {
      at_ += 3;
      while (at_ < text_.size() && !text_.substr(at_).starts_with(three)) {
        at_ += quote == '"' && text_[at_] == '\\' ? size_t{2} : size_t{1};
      }
      at_ = std::min(at_ + 3, text_.size());
      // Up to two more quotes are the end of the string itself.
      for (int more = 0; more < 2 && at_ < text_.size() && text_[at_] == quote; ++more) ++at_;
      return;
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      at_ += quote == '"' && text_[at_] == '\\' ? size_t{2} : size_t{1};
    }
    if (at_ < text_.size() && text_[at_] == quote) ++at_;
    at_ = std::min(at_, text_.size());
  }

  std::string_view text_;
  size_t at_ = 0;
  bool is_line_begin_ = true;
  bool in_header_ = false;
  size_t header_ = 0;               // dots in the name of the table
  size_t below_ = 0;                // the sum of dots_ but for the last
  std::vector<size_t> dots_ = {0};  // of the key being read, one entry a bracket
};

// A value of the kind T; null if the key is not there.
template <class T>
absl::StatusOr<const T*> Find(const toml::table& table, std::string_view key,
                              std::string_view place, std::string_view wish) {
  const toml::node* const node = table.get(key);
  if (node == nullptr) return nullptr;
  const T* const found = node->as<T>();
  if (found != nullptr) return found;
  return InvalidInput(PlaceOf(place, *node),
                      Cat(wish, " is wanted as ", Quoted(key), ", found a ", KindOf(*node)));
}

}  // namespace

absl::StatusOr<toml::table> ReadToml(std::string_view text, std::string_view place) {
  if (text.size() > kTomlBytesMax) {
    return LimitReached(place,
                        Cat("at most ", kTomlBytesMax, " bytes are read, it has ", text.size()));
  }
  if (const std::optional<size_t> byte = DepthScan(text).FirstTooDeep()) {
    return LimitReached(
        Cat(place, ":",
            std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(*byte), '\n') + 1),
        Cat("values stand in each other at most ", kTomlDepthMax, " deep"));
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return InvalidInput(Cat(place, ":", error.source().begin.line), error.description());
  }
}

std::string PlaceOf(std::string_view place, const toml::node& node) {
  return Cat(place, ":", node.source().begin.line);
}

std::string_view KindOf(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "table";
    case toml::node_type::array:
      return "list";
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "number";
    case toml::node_type::boolean:
      return "truth value";
    default:
      return "date";
  }
}

absl::StatusOr<const toml::table*> FindTable(const toml::table& table, std::string_view key,
                                             std::string_view place) {
  return Find<toml::table>(table, key, place, "a table");
}

absl::StatusOr<const toml::array*> FindArray(const toml::table& table, std::string_view key,
                                             std::string_view place) {
  return Find<toml::array>(table, key, place, "a list");
}

absl::StatusOr<const std::string*> FindText(const toml::table& table, std::string_view key,
                                            std::string_view place) {
  const auto found = Find<toml::value<std::string>>(table, key, place, "a text");
  if (!found.ok()) return found.status();
  return *found == nullptr ? nullptr : &(*found)->get();
}

absl::StatusOr<std::vector<PlacedText>> FindTexts(const toml::table& table, std::string_view key,
                                                  std::string_view place) {
  std::vector<PlacedText> texts;
  const absl::StatusOr<const toml::array*> list = FindArray(table, key, place);
  if (!list.ok()) return list.status();
  if (*list == nullptr) return texts;
  for (const toml::node& item : **list) {
    const std::string where = PlaceOf(place, item);
    const auto* const text = item.as_string();
    if (text == nullptr) {
      return InvalidInput(where,
                          Cat("texts are wanted in ", Quoted(key), ", found a ", KindOf(item)));
    }
    texts.push_back({text->get(), where});
  }
  return texts;
}

}  // namespace accord::pypi
