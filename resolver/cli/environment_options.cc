#include "cli/environment_options.h"

#include <string_view>

#include "base/error.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "engine/open_installed.h"

namespace accord::cli {
namespace {

constexpr const char* kEnvironmentGroup = "conda: an environment that is there";

std::vector<conda::PlacedText> PlacedNames(const std::vector<std::string>& names,
                                           std::string_view option) {
  std::vector<conda::PlacedText> placed;
  for (const std::string& name : names) {
    placed.push_back({.text = name, .place = Cat(option, " ", placed.size() + 1)});
  }
  return placed;
}

}  // namespace

void EnvironmentOptions::AddTo(Options& options) {
  options
      .Add(
          "--prefix", prefix_,
          "DIR: an environment, by its conda-meta. What is there stays where it can, REQ is added, "
          "and the answer has the transaction. Nothing is written")
      ->type_name("")
      ->group(kEnvironmentGroup);
  AddRepeated(options, "--update", update_,
              "NAME: the best of this package, whatever is there; again for more")
      ->group(kEnvironmentGroup);
  const auto flag = [&](const char* name, bool& value, const char* help) {
    options.AddFlag(name, value, help)->group(kEnvironmentGroup);
  };
  flag("--update-all", update_all_,
       "the best of all that was asked for; what then nothing needs goes");
  AddRepeated(options, "--remove", remove_,
              "NAME: without this package and what needs it, and no other change; again for more")
      ->group(kEnvironmentGroup);
  flag("--freeze-installed", freeze_, "what is there stays as it is: REQ may only add");
  flag("--prune", prune_, "what nobody asked for stays only where something needs it");
}

absl::Status EnvironmentOptions::Apply(conda::ResolveRequest& request) const {
  if (prefix_.empty()) {
    if (!asks() && !freeze_ && !prune_) return absl::OkStatus();
    return InvalidInput("--prefix", "the environment that is to change is wanted, found none");
  }
  auto installed = engine::OpenInstalled(prefix_);
  if (!installed.ok()) return installed.status();
  request.installed = *std::move(installed);
  request.change = {.update = PlacedNames(update_, "--update"),
                    .update_all = update_all_,
                    .remove = PlacedNames(remove_, "--remove"),
                    .freeze = freeze_,
                    .prune = prune_};
  return absl::OkStatus();
}

absl::Status EnvironmentOptions::RefuseAll() const {
  if (prefix_.empty() && !asks() && !freeze_ && !prune_) return absl::OkStatus();
  return InvalidInput("--prefix", "an environment is for --ecosystem conda, this is pypi");
}

}  // namespace accord::cli
