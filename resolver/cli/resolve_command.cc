#include "cli/resolve_command.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "cli/answer_table.h"
#include "cli/ask.h"
#include "cli/choice.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/why_text.h"
#include "engine/resolve_world.h"
#include "model/world_file.h"
#include "wire/answer_json.h"
#include "wire/conda_files.h"
#include "wire/documents.h"
#include "wire/pylock.h"
#include "wire/requirements.h"
#include "wire/why_json.h"

namespace accord::cli {
namespace {

constexpr std::array<Choice<engine::StrategyKind>, 2> kStrategies = {
    {{"cdcl", engine::StrategyKind::kCdcl}, {"libsolv", engine::StrategyKind::kLibsolv}}};

enum class Ecosystem : uint8_t { kPypi, kConda, kPlain };
constexpr std::array<Choice<Ecosystem>, 3> kEcosystems = {
    {{"pypi", Ecosystem::kPypi}, {"conda", Ecosystem::kConda}, {"plain", Ecosystem::kPlain}}};

enum class Format : uint8_t { kTable, kJson, kRequirements, kPylock, kExplicit, kEnvironment };
constexpr std::array<Choice<Format>, 6> kFormats = {{{"table", Format::kTable},
                                                     {"json", Format::kJson},
                                                     {"requirements", Format::kRequirements},
                                                     {"pylock", Format::kPylock},
                                                     {"explicit", Format::kExplicit},
                                                     {"environment", Format::kEnvironment}}};

bool IsPypiLock(std::string_view format) { return format == "requirements" || format == "pylock"; }
bool IsCondaLock(std::string_view format) {
  return format == "explicit" || format == "environment";
}
bool IsLock(std::string_view format) { return IsPypiLock(format) || IsCondaLock(format); }

constexpr const char* kResolveFooter = R"(Examples:
  accord resolve --corpus pypi.jsonl.zst 'flask>=2.2' 'celery[redis]' --constraint 'click<8'
  accord resolve --corpus pypi.jsonl.zst --python 3.9 --json -o answer.json -r requirements.txt
  accord resolve --corpus pypi.jsonl.zst --format pylock -o pylock.toml 'flask>=2.2'
  accord resolve --ecosystem conda --corpus conda.acx --subdir linux-64 'python >=3.11' numpy
  accord resolve --ecosystem conda --corpus conda.acx -r environment.yml --format explicit
  accord resolve --ecosystem conda --corpus conda.acx --prefix env --update numpy scipy
  accord resolve --ecosystem plain world.json

The table names each chosen version and who asked for it; then come the claim, what took the time,
and why requested packages are not at their newest. "canonical" is the one answer that
docs/solver.md defines, for the target that is named there. Nothing is fetched from a network.)";

constexpr unsigned kThreadsMax = 1024;

// Those of the chosen packages, in the order of the sources.
std::vector<std::string> ChannelsOf(const std::vector<engine::ChosenPackage>& solution,
                                    const engine::Sources& sources) {
  std::vector<std::string> channels;
  for (const metadata::Source* source : sources.all()) {
    for (const engine::ChosenPackage& chosen : solution) {
      if (chosen.index != source->place() || chosen.channel.empty()) continue;
      if (std::ranges::find(channels, chosen.channel) == channels.end()) {
        channels.push_back(chosen.channel);
      }
    }
  }
  return channels;
}

}  // namespace

void ResolveCommand::AddTo(Options& options) {
  const auto text = [&](const char* name, std::string& value, const char* help) {
    return options.Add(name, value, help)->type_name("")->group(kOutputGroup);
  };
  request_.AddTo(options, "requirements, e.g. 'flask[async]>=2.2'; for plain: the world file");
  text("--ecosystem", ecosystem_, "pypi; conda; plain: solves a world file (docs/world-file.md)")
      ->capture_default_str();
  text("--world", world_, "FILE: the world file, for plain");
  text("--strategy", strategy_,
       "cdcl: the canonical answer; libsolv: another solver's, feasible and no more")
      ->capture_default_str();
  text("--format", format_,
       "table; json; requirements: pins with hashes, as pip takes them; pylock: pylock.toml (PEP "
       "751); of conda explicit: the files' addresses (CEP 23); environment: environment.yml")
      ->capture_default_str();
  options.AddFlag("--json", json_, "the same as --format json")->group(kOutputGroup);
  options.AddFlag("--explain-all", explain_all_, "for each package, why it is at its version")
      ->group(kOutputGroup);
  text("-o,--output", output_, "FILE: the answer goes there, not to stdout");
  text("--save-problem", save_problem_, "FILE: the problem as a world file, to solve it elsewhere");
  options
      .Add("--threads", threads_,
           "N: so many read facts; 0: as many as there are cores. No answer hangs on it")
      ->type_name("")
      ->capture_default_str()
      ->group(kOutputGroup);
  stop_.AddTo(options);
  options.app().footer(kResolveFooter);
}

absl::StatusOr<Reply> ResolveCommand::Run(const Streams& streams) const {
  const auto ecosystem = Choose("--ecosystem", ecosystem_, kEcosystems);
  if (!ecosystem.ok()) return ecosystem.status();
  const auto strategy = Choose("--strategy", strategy_, kStrategies);
  if (!strategy.ok()) return strategy.status();
  const auto format = Choose("--format", format_, kFormats);
  if (!format.ok()) return format.status();
  if (threads_ > kThreadsMax) {
    return LimitReached("--threads", Cat("at most ", kThreadsMax, ", found ", threads_));
  }
  if (IsLock(format_) && (json_ || explain_all_)) {
    return InvalidInput("--format", Cat(format_, " says which versions and no more: it goes with ",
                                        json_ ? "no --json" : "no --explain-all"));
  }
  engine::ResolveOptions options{.strategy = *strategy,
                                 .explain_behind = !IsLock(format_),  // a lock says only which
                                 .threads_max = threads_,
                                 .save_problem = !save_problem_.empty(),
                                 .remains = streams.remains};
  CancelFlag cancel;
  stop_.Apply(cancel, options.budget);
  switch (*ecosystem) {
    case Ecosystem::kPypi:
      return RunPypi(streams, options);
    case Ecosystem::kConda:
      return RunConda(streams, options);
    case Ecosystem::kPlain:
      break;
  }
  return RunPlain(streams, options);
}

absl::StatusOr<Reply> ResolveCommand::RunConda(const Streams& streams,
                                               engine::ResolveOptions options) const {
  options.tell_requirers = format_ != "environment";
  options.tell_files = json_ || format_ == "json" || format_ == "explicit";
  if (!world_.empty()) return InvalidInput("--world", "is for --ecosystem plain, this is conda");
  if (IsPypiLock(format_)) {
    return InvalidInput("--format", Cat(format_, " is for --ecosystem pypi, this is conda"));
  }
  const uint64_t begun_us = engine::SteadyMicros();
  absl::StatusOr<engine::Sources> sources = request_.Open("conda");
  if (!sources.ok()) return sources.status();
  const uint64_t open_us = engine::SteadyMicros() - begun_us;
  const absl::StatusOr<conda::ResolveRequest> request = request_.CondaRequest(streams, *sources);
  if (!request.ok()) return request.status();
  absl::StatusOr<engine::Explained> explained =
      engine::Explain(*request, sources->all(), {.versions = explain_all_}, options);
  if (!explained.ok()) return explained.status();
  explained->answer.timings.open_us = open_us;
  return Answered(
      *explained,
      {.conda_request = &*request, .channels = ChannelsOf(explained->answer.solution, *sources)},
      streams.colours);
}

absl::StatusOr<Reply> ResolveCommand::RunPypi(const Streams& streams,
                                              engine::ResolveOptions options) const {
  if (!world_.empty()) return InvalidInput("--world", "is for --ecosystem plain, this is pypi");
  if (IsCondaLock(format_)) {
    return InvalidInput("--format", Cat(format_, " is for --ecosystem conda, this is pypi"));
  }
  const uint64_t begun_us = engine::SteadyMicros();
  const absl::StatusOr<engine::Sources> sources = request_.Open("pypi");
  if (!sources.ok()) return sources.status();
  const uint64_t open_us = engine::SteadyMicros() - begun_us;
  absl::StatusOr<pypi::ResolveRequest> request = request_.Request(streams, AnyPython::kTaken);
  if (!request.ok()) return request.status();
  absl::StatusOr<engine::Explained> explained =
      Ask(request_, *request, *sources, {.versions = explain_all_}, options);
  if (!explained.ok()) return explained.status();
  explained->answer.timings.open_us = open_us;
  return Answered(*explained, {.request = &*request}, streams.colours);
}

absl::StatusOr<Reply> ResolveCommand::RunPlain(const Streams& streams,
                                               engine::ResolveOptions options) const {
  if (request_.names_corpus()) {
    return InvalidInput("--corpus", "is for --ecosystem pypi; a world file brings its own facts");
  }
  if (explain_all_)
    return InvalidInput("--explain-all", "is for --ecosystem pypi, conda; this is plain");
  if (IsLock(format_)) {
    return InvalidInput("--format", Cat(format_, " is for packages of indexes, this is plain"));
  }
  std::vector<std::string> files = request_.positional();
  if (!world_.empty()) files.push_back(world_);
  if (files.size() != 1) {
    return InvalidInput("--ecosystem plain", Cat("one world file is wanted, found ", files.size()));
  }
  const uint64_t begun_us = engine::SteadyMicros();
  const absl::StatusOr<std::string> text = ReadWhole(files.front(), streams.in);
  if (!text.ok()) return text.status();
  const absl::StatusOr<World> world = ParseWorld(*text, files.front());
  if (!world.ok()) return world.status();
  const uint64_t open_us = engine::SteadyMicros() - begun_us;
  absl::StatusOr<engine::Answer> answer = engine::ResolveWorld(*world, options);
  if (!answer.ok()) return answer.status();
  answer->timings.open_us = open_us;
  return Answered({.answer = *std::move(answer)}, {}, streams.colours);
}

absl::StatusOr<Reply> ResolveCommand::Answered(const engine::Explained& explained,
                                               wire::AnswerFrame asked, bool colours) const {
  const engine::Answer& answer = explained.answer;
  const pypi::ResolveRequest* const request = asked.request;
  if (!save_problem_.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteWhole(save_problem_, answer.saved_problem));
  }
  Reply reply{.status = ExitStatusOf(answer.status)};
  // Who installs from a file keeps the one that is there if there is no new answer.
  const bool is_lock = IsLock(format_) && answer.status == engine::Status::kSat;
  if (is_lock) {
    absl::StatusOr<std::string> lock =
        format_ == "explicit" ? wire::ExplicitText(answer)
        : format_ == "environment"
            ? absl::StatusOr<std::string>(wire::EnvironmentText(answer, asked.channels))
        : format_ == "pylock" ? wire::PylockText(answer, *request)
                              : wire::RequirementsText(answer, request->target);
    if (!lock.ok()) return lock.status();
    reply.text = *std::move(lock);
  } else if (json_ || format_ == "json") {
    asked.ecosystem = ecosystem_;
    asked.strategy = strategy_;
    nlohmann::json document = wire::AnswerDocument(answer, asked);
    wire::AddWhy(explained, document);
    reply.text = wire::Write(document);
  } else {
    reply.text =
        AnswerTable(answer, {.target = TargetOf(asked), .colours = colours && output_.empty()});
    if (!explained.versions.empty()) {
      reply.text += Cat("Why these versions:\n", VersionsText(explained.versions));
    }
  }
  if (IsLock(format_) && !is_lock) return reply;
  return Delivered(std::move(reply), output_);
}

}  // namespace accord::cli
