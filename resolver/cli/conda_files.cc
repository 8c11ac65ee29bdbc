// The files of a conda request (input_options.h).
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "cli/files.h"
#include "cli/input_options.h"
#include "cli/option_values.h"
#include "engine/conda.h"
#include "wire/conda_pins.h"

namespace accord::cli {
namespace {

std::string FileName(const std::string& path) { return path == "-" ? "standard input" : path; }

// Exact in each of conda's dialects.
std::string SpecOfPin(const check::CondaPin& pin) {
  return Cat(pin.name, " ==", pin.version, pin.build.empty() ? "" : " ", pin.build);
}

}  // namespace

// The walk over the files of one request. Channels come last: what is listed says which sources are
// left, and what those are called says what an explicit list's lines mean.
class InputOptions::CondaFiles {
 public:
  CondaFiles(const InputOptions& options, const Streams& streams, engine::Sources& sources,
             conda::ResolveRequest& request)
      : options_(options), streams_(streams), sources_(sources), request_(request) {}

  absl::StatusOr<conda::TargetVariables> Run() {
    ACCORD_RETURN_IF_ERROR(Read());
    return std::move(condarc_.overrides);
  }

 private:
  absl::Status Read() {
    ACCORD_RETURN_IF_ERROR(Refuse());
    ACCORD_RETURN_IF_ERROR(ReadConfiguration());
    for (const std::string& file : options_.files_) ACCORD_RETURN_IF_ERROR(ReadRequest(file));
    ACCORD_RETURN_IF_ERROR(ReadLimits());
    std::optional<conda::Input> lock;
    if (!options_.lock_file_.empty()) ACCORD_RETURN_IF_ERROR(ReadLock(lock.emplace()));
    ACCORD_RETURN_IF_ERROR(FindChannels(lock));
    for (const conda::Input& input : inputs_) conda::AddTo(request_, input, channels_);
    if (lock) return Prefer(*lock);
    if (!options_.upgrade_ && options_.upgraded_.empty()) return absl::OkStatus();
    return InvalidInput(options_.upgrade_ ? "--upgrade" : "--upgrade-package",
                        "a --lock-file is wanted, found none");
  }

  [[nodiscard]] absl::Status Refuse() const {
    const std::pair<bool, std::string_view> of_pypi[] = {
        {!options_.extras_.empty(), "--extra"},
        {options_.all_extras_, "--all-extras"},
        {!options_.groups_.empty(), "--group"},
        {!options_.only_groups_.empty(), "--only-group"},
        {options_.all_groups_, "--all-groups"}};
    for (const auto& [is_given, option] : of_pypi) {
      if (is_given) return InvalidInput(option, "is for --ecosystem pypi, this is conda");
    }
    return absl::OkStatus();
  }

  absl::Status ReadConfiguration() {
    if (options_.condarc_.empty()) return absl::OkStatus();
    const absl::StatusOr<std::string> text = ReadWhole(options_.condarc_, streams_.in);
    if (!text.ok()) return text.status();
    absl::StatusOr<conda::Condarc> read = conda::ReadCondarc(*text, FileName(options_.condarc_));
    if (!read.ok()) return read.status();
    condarc_ = *std::move(read);
    std::ranges::copy(condarc_.pins, std::back_inserter(request_.constraints));
    std::ranges::copy(condarc_.notes, std::back_inserter(request_.notes));
    if (condarc_.channel_priority) request_.channel_priority = *condarc_.channel_priority;
    if (!condarc_.subdir.empty()) request_.subdirs.push_back(condarc_.subdir);
    return absl::OkStatus();
  }

  absl::Status ReadRequest(const std::string& file) {
    const absl::StatusOr<std::string> text = ReadWhole(file, streams_.in);
    if (!text.ok()) return text.status();
    absl::StatusOr<conda::Input> input = conda::ReadInput(*text, FileName(file));
    if (!input.ok()) return input.status();
    inputs_.push_back(*std::move(input));
    if (!inputs_.back().is_explicit ||
        (inputs_.size() == 1 && request_.specs.empty() && options_.files_.size() == 1)) {
      return absl::OkStatus();
    }
    return InvalidInput(FileName(file),
                        "an explicit list is the whole request, found more that asks");
  }

  absl::Status ReadLimits() {
    for (const std::string& file : options_.constraint_files_) {
      const absl::StatusOr<std::string> text = ReadWhole(file, streams_.in);
      if (!text.ok()) return text.status();
      const auto pins = conda::ReadPins(*text, FileName(file));
      if (!pins.ok()) return pins.status();
      std::ranges::copy(*pins, std::back_inserter(request_.constraints));
    }
    return absl::OkStatus();
  }

  absl::Status ReadLock(conda::Input& lock) {
    const std::string place = FileName(options_.lock_file_);
    const absl::StatusOr<std::string> text = ReadWhole(options_.lock_file_, streams_.in);
    if (!text.ok()) return text.status();
    if (conda::KindOfInput(options_.lock_file_, *text) == conda::InputKind::kAnswer) {
      const auto pins = wire::ReadCondaPins(*text, place);
      if (!pins.ok()) return pins.status();
      for (const check::CondaPin& pin : *pins) lock.specs.push_back({SpecOfPin(pin), place});
      return absl::OkStatus();
    }
    absl::StatusOr<conda::Input> read = conda::ReadInput(*text, place);
    if (!read.ok()) return read.status();
    lock = *std::move(read);
    return absl::OkStatus();
  }

  absl::Status Prefer(const conda::Input& lock) {
    const auto records = conda::ReadLockedRecords(lock, channels_, request_.dialect);
    if (!records.ok()) return records.status();
    conda::Prefer(request_, *records, {.all = options_.upgrade_, .names = options_.upgraded_});
    return absl::OkStatus();
  }

  // The command line's, else those of the files and behind them the configuration's.
  [[nodiscard]] std::vector<conda::PlacedText> ListedChannels() const {
    std::vector<conda::PlacedText> listed;
    for (pypi::PlacedText& one : Placed(options_.channels_, "--channel")) {
      listed.push_back({std::move(one.text), std::move(one.place)});
    }
    if (!listed.empty()) return listed;
    bool no_defaults = false;
    for (const conda::Input& input : inputs_) {
      std::ranges::copy(input.channels, std::back_inserter(listed));
      no_defaults |= input.no_defaults;
    }
    if (!no_defaults) std::ranges::copy(condarc_.channels, std::back_inserter(listed));
    return listed;
  }

  // What the sources are called, which costs a look at each, is asked where something hangs on it.
  absl::Status FindChannels(const std::optional<conda::Input>& lock) {
    const std::vector<conda::PlacedText> listed = ListedChannels();
    const auto has_files = [](const conda::Input& input) { return !input.files.empty(); };
    const bool needs_names =
        !listed.empty() || std::ranges::any_of(inputs_, has_files) || (lock && has_files(*lock));
    if (!needs_names) return absl::OkStatus();
    absl::StatusOr<std::vector<std::string>> channels = engine::ChannelsOf(sources_.all());
    if (!channels.ok()) return channels.status();
    channels_ = *std::move(channels);
    if (listed.empty()) return absl::OkStatus();
    const absl::StatusOr<conda::ChannelChoice> choice = conda::ChooseChannels(
        listed, channels_, condarc_.names,
        options_.channels_.empty() ? conda::AbsentChannel::kNoted : conda::AbsentChannel::kRefused);
    if (!choice.ok()) return choice.status();
    sources_.Choose(choice->corpora);
    std::vector<std::string> chosen;
    for (const size_t i : choice->corpora) chosen.push_back(channels_[i]);
    channels_ = std::move(chosen);
    std::ranges::copy(choice->notes, std::back_inserter(request_.notes));
    return absl::OkStatus();
  }

  const InputOptions& options_;
  const Streams& streams_;
  engine::Sources& sources_;
  conda::ResolveRequest& request_;
  conda::Condarc condarc_;
  std::vector<conda::Input> inputs_;
  std::vector<std::string> channels_;  // of each source
};

absl::StatusOr<conda::TargetVariables> InputOptions::Apply(const Streams& streams,
                                                           engine::Sources& sources,
                                                           conda::ResolveRequest& request) const {
  return CondaFiles(*this, streams, sources, request).Run();
}

}  // namespace accord::cli
