#include "cli/options.h"

#include <algorithm>
#include <utility>

namespace accord::cli {

Options::Options(CLI::App& app, std::vector<std::string_view> words)
    : app_(app), words_(std::move(words)) {
  for (const std::string_view word : words_) {
    help_ |= word == "--help" || word == "-h";
    short_names_ |= word.size() >= 2 && word[0] == '-' && word[1] != '-';
  }
}

bool Options::IsSpelled(std::string_view names) const {
  const size_t comma = names.find(',');
  if (help_ || (short_names_ && comma != std::string_view::npos)) return true;
  const std::string_view name = names.substr(comma == std::string_view::npos ? 0 : comma + 1);
  return std::ranges::any_of(words_, [&](std::string_view word) {
    return word.starts_with(name) && (word.size() == name.size() || word[name.size()] == '=');
  });
}

CLI::Option& Options::Unspelled() {
  if (unspelled_ == nullptr) unspelled_ = nowhere_.emplace().add_option("--unspelled");
  return *unspelled_;
}

}  // namespace accord::cli
