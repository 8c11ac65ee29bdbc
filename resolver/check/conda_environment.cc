#include "check/conda_environment.h"

#include <algorithm>

#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/text.h"

namespace accord::check {
namespace {

bool Names(const std::vector<conda::PlacedText>& texts, std::string_view name) {
  return std::ranges::any_of(texts, [&](const conda::PlacedText& text) {
    return conda::EqualIgnoringCase(text.text, name);
  });
}

}  // namespace

bool CondaEnvironment::Has(std::string_view name) const {
  return request_.installed != nullptr &&
         std::ranges::binary_search(request_.installed->names(), name);
}

bool CondaEnvironment::Asks(std::string_view name) const {
  return std::ranges::any_of(request_.installed->asked(),
                             [&](const conda::AskedSpec& asked) { return asked.name == name; });
}

bool CondaEnvironment::Removes(std::string_view name) const {
  return Has(name) && Names(request_.change.remove, name);
}

bool CondaEnvironment::Freezes(std::string_view name) const {
  return Has(name) && (request_.change.freeze || !request_.change.remove.empty());
}

bool CondaEnvironment::Keeps(std::string_view name) const {
  if (!Has(name)) return false;
  if (!request_.change.prune && !request_.change.update_all) return true;
  return !request_.change.remove.empty() && Asks(name);
}

std::vector<conda::PlacedText> CondaEnvironment::Asked(
    const std::vector<std::string>& named) const {
  std::vector<conda::PlacedText> texts;
  const conda::EnvironmentChange& change = request_.change;
  if (request_.installed == nullptr) return texts;
  if (change.remove.empty()) {
    for (const conda::AskedSpec& asked : request_.installed->asked()) {
      const bool anew = std::ranges::find(named, asked.name) != named.end();
      if (!anew) texts.push_back(asked.spec);
    }
  }
  texts.insert(texts.end(), change.update.begin(), change.update.end());
  const bool all = change.freeze || (change.update_all && request_.installed->asked().empty());
  for (const std::string& name : request_.installed->names()) {
    if (all && !Removes(name)) {
      texts.push_back({.text = name, .place = std::string(request_.installed->place())});
    }
  }
  return texts;
}

}  // namespace accord::check
