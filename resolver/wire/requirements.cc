#include "wire/requirements.h"

#include <set>
#include <vector>

#include "base/error.h"
#include "wire/lock_files.h"

namespace accord::wire {
namespace {

// Sorted, so that the text does not hang on what a source lists first.
std::set<std::string> HashesOf(const engine::ChosenPackage& chosen) {
  std::set<std::string> hashes;
  for (const engine::ChosenFile& file : chosen.files) {
    if (!file.sha256.empty()) hashes.insert(file.sha256);
  }
  if (const std::string_view of_url = Sha256OfUrl(chosen.url); !of_url.empty()) {
    hashes.emplace(of_url);
  }
  return hashes;
}

bool HasUsableHash(const engine::ChosenPackage& chosen) {
  for (const engine::ChosenFile& file : chosen.files) {
    if (file.fits && !file.sha256.empty()) return true;
  }
  return !Sha256OfUrl(chosen.url).empty();
}

std::string Pin(const engine::ChosenPackage& chosen) {
  std::string extras;
  for (const std::string& extra : chosen.extras) extras += Cat(extras.empty() ? "[" : ",", extra);
  if (!extras.empty()) extras += "]";
  return chosen.url.empty() ? Cat(chosen.name, extras, "==", chosen.version)
                            : Cat(chosen.name, extras, " @ ", chosen.url);
}

// "# via flask", or one a line. A package that asks for its own extras is not named.
std::string Via(const engine::ChosenPackage& chosen) {
  std::set<std::string> askers;
  if (chosen.requested) askers.insert("request");
  for (const engine::RequiredBy& by : chosen.required_by) {
    const std::string name = by.who.substr(0, by.who.find(' '));
    if (name != chosen.name) askers.insert(name);
  }
  if (askers.empty()) return {};
  if (askers.size() == 1) return Cat("    # via ", *askers.begin(), "\n");
  std::string text = "    # via\n";
  for (const std::string& asker : askers) text += Cat("    #   ", asker, "\n");
  return text;
}

}  // namespace

std::string RequirementsText(const engine::Answer& answer, std::string_view target) {
  std::vector<std::string> without;
  for (const engine::ChosenPackage& chosen : answer.solution) {
    if (!HasUsableHash(chosen)) without.push_back(chosen.name);
  }
  std::string text = Cat("# By accord, for ", target, "\n");
  if (!without.empty()) {
    text += Cat("# Without hashes: none is known of ", FirstOf(without), "\n");
  }
  for (const engine::ChosenPackage& chosen : answer.solution) {
    text += Pin(chosen);
    if (without.empty()) {
      for (const std::string& hash : HashesOf(chosen)) text += Cat(" \\\n    --hash=sha256:", hash);
    }
    text += Cat("\n", Via(chosen));
  }
  return text;
}

}  // namespace accord::wire
