// A file that a conda request is read from, as each of the formats: what is read has places of the
// file, an explicit list's specifiers name one package each, and what a channel list chooses is
// there once.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "ecosystem/conda/inputs/channel_choice.h"
#include "ecosystem/conda/inputs/condarc.h"
#include "ecosystem/conda/inputs/environment_yml.h"
#include "ecosystem/conda/inputs/input_file.h"
#include "ecosystem/conda/inputs/lock_preferences.h"
#include "ecosystem/conda/inputs/spec_lines.h"
#include "ecosystem/conda/match_spec.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

constexpr std::string_view kInputPlace = "input";

template <class Placed>
void HoldPlaces(const std::vector<Placed>& texts, Laws& laws) {
  for (const Placed& text : texts) {
    laws.Hold(text.place.starts_with(kInputPlace), "what a file says has a place", {text.place});
  }
}

void HoldInput(const conda::Input& input, Laws& laws) {
  HoldPlaces(input.specs, laws);
  HoldPlaces(input.pip, laws);
  HoldPlaces(input.channels, laws);
  HoldPlaces(input.notes, laws);
  laws.Hold(input.is_explicit || input.files.empty(), "files are an explicit list's", {});
  for (const conda::ListedFile& file : input.files) {
    const auto spec = conda::MatchSpec::Parse(conda::SpecOf(file, {}));
    laws.Hold(spec.ok() && spec->name.kind() == conda::TextMatch::Kind::kExact && spec->fn,
              "a listed file is a specifier of one package", {conda::SpecOf(file, {})});
  }
  conda::ResolveRequest request;
  conda::AddTo(request, input, {});
  laws.Hold(request.specs.size() == input.specs.size() + input.files.size(),
            "all that is asked for is added", {});
  const auto lock = conda::ReadLockedRecords(input, {}, conda::Dialect::kCep);
  if (!lock.ok()) return;
  laws.Hold(lock->records.size() + lock->notes.size() == request.specs.size(),
            "an entry of a lock is preferred or noted", {});
}

void HoldCondarc(const conda::Condarc& read, Laws& laws) {
  HoldPlaces(read.channels, laws);
  HoldPlaces(read.pins, laws);
  HoldPlaces(read.notes, laws);
  std::vector<std::string> corpora = {"main", "https://h.example/main", ""};
  for (const conda::PlacedText& channel : read.channels) corpora.push_back(channel.text);
  const auto choice =
      conda::ChooseChannels(read.channels, corpora, read.names, conda::AbsentChannel::kNoted);
  if (!choice.ok()) return;
  const std::set<size_t> chosen(choice->corpora.begin(), choice->corpora.end());
  laws.Hold(chosen.size() == choice->corpora.size(), "a corpus is chosen once", {});
  laws.Hold(chosen.empty() || *chosen.rbegin() < corpora.size(), "a chosen corpus is there", {});
}

}  // namespace

void CondaInputs(std::string_view input, Laws& laws) {
  const auto environment = conda::ReadEnvironment(input, kInputPlace);
  if (environment.ok()) HoldInput(*environment, laws);
  const auto lines = conda::ReadSpecLines(input, kInputPlace);
  if (lines.ok()) HoldInput(*lines, laws);
  const auto any = conda::ReadInput(input, kInputPlace);
  laws.Hold(!any.ok() || lines.ok() || environment.ok(), "a file is of one format", {});
  const auto condarc = conda::ReadCondarc(input, kInputPlace);
  if (condarc.ok()) HoldCondarc(*condarc, laws);
}

}  // namespace accord::fuzz
