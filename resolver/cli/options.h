// The options of a command, as CLI11 takes them. Making one costs as much as reading a package, and
// a command has fifty: one that no word spells is not made, unless the help is asked for, which
// shows them all (docs/decisions/009).
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accord::cli {

class Options {
 public:
  // All words of the command line. The app outlives this.
  Options(CLI::App& app, std::vector<std::string_view> words);

  // For what has no dashes, what is required, and what is not about options.
  [[nodiscard]] CLI::App& app() { return app_; }

  // names: "--json", "-o,--output". What is returned is never null and takes what CLI11 offers; of
  // an option that was not made it comes to nothing.
  template <class Value>
  CLI::Option* Add(std::string_view names, Value& value, std::string_view help) {
    if (!IsSpelled(names)) return &Unspelled();
    return app_.add_option(std::string(names), value, std::string(help));
  }
  CLI::Option* AddFlag(std::string_view names, bool& value, std::string_view help) {
    if (!IsSpelled(names)) return &Unspelled();
    return app_.add_flag(std::string(names), value, std::string(help));
  }

 private:
  // True also where it might be: a short name may stand within another word, as in -vr.
  [[nodiscard]] bool IsSpelled(std::string_view names) const;
  [[nodiscard]] CLI::Option& Unspelled();

  CLI::App& app_;
  std::vector<std::string_view> words_;
  bool help_ = false;
  bool short_names_ = false;
  std::optional<CLI::App> nowhere_;
  CLI::Option* unspelled_ = nullptr;  // of nowhere_
};

}  // namespace accord::cli
