#include "cli/option_values.h"

#include <set>
#include <utility>

#include "base/error.h"
#include "engine/policies.h"

namespace accord::cli {

CLI::Option* AddRepeated(Options& options, std::string_view name, std::vector<std::string>& values,
                         std::string_view help) {
  return options.Add(name, values, help)->allow_extra_args(false)->type_name("");
}

std::vector<pypi::PlacedText> Placed(const std::vector<std::string>& texts,
                                     std::string_view place) {
  std::vector<pypi::PlacedText> placed;
  for (size_t i = 0; i < texts.size(); ++i) {
    placed.push_back({.text = texts[i], .place = Cat(place, " ", i + 1)});
  }
  return placed;
}

absl::StatusOr<std::vector<NamedValue>> NamedValues(const std::vector<std::string>& texts,
                                                    std::string_view option, Naming naming) {
  const bool is_pypi = naming == Naming::kPypiPackage;
  std::vector<NamedValue> values;
  for (pypi::PlacedText& placed : Placed(texts, option)) {
    const std::string_view text = placed.text;
    const size_t equals = is_pypi ? text.find('=') : text.rfind('=');
    const std::string_view name = text.substr(0, equals);
    const bool is_name = is_pypi ? pypi::IsValidName(name) : !name.empty();
    if (equals == std::string_view::npos || !is_name) {
      return InvalidInput(placed.place, Cat("NAME=VALUE is wanted, found ", Quoted(text)));
    }
    values.push_back({.name = is_pypi ? pypi::NormalizeName(name) : std::string(name),
                      .value = std::string(text.substr(equals + 1)),
                      .place = std::move(placed.place)});
  }
  return values;
}

absl::StatusOr<std::vector<NamedValue>> OneValueEach(const std::vector<std::string>& texts,
                                                     std::string_view option, Naming naming) {
  absl::StatusOr<std::vector<NamedValue>> values = NamedValues(texts, option, naming);
  if (!values.ok()) return values.status();
  std::set<std::string_view> seen;
  for (const NamedValue& one : *values) {
    if (seen.insert(one.name).second) continue;
    return InvalidInput(one.place, Cat("one value a name is wanted, ", one.name, " has two"));
  }
  return values;
}

}  // namespace accord::cli
