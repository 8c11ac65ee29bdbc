#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "cli/corpus_command.h"
#include "cli/explain_command.h"
#include "cli/files.h"
#include "cli/mock_command.h"
#include "cli/options.h"
#include "cli/replay_command.h"
#include "cli/reply.h"
#include "cli/resolve_command.h"
#include "cli/serve_command.h"
#include "cli/verify_command.h"
#include "cli/version_command.h"
#include "wire/documents.h"

namespace accord::cli {
namespace {

constexpr const char* kExitStatuses = R"(Exit status:
  0   solved (explain: answered; verify: valid; version match: it does; corpus: done)
  1   unsatisfiable (verify: not valid; version match: it does not; corpus query: not there)
  2   usage, or input that cannot be read
  3   a limit was reached, or it was cancelled
  4   metadata is missing or damaged
  70  our bug; please report it
Errors are lines on stderr: "accord: place: wish, fact". With --json the error is a JSON document on
stdout too.

Example:
  accord resolve --corpus corpora/pypi-recorded.jsonl.zst 'flask>=2.2' requests)";

// Usage errors come before any option is known: the words themselves are looked at.
bool AsksForJson(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json" || word == "--format=json") return true;
    if (word == "--format" && i + 1 < argc && std::string_view(argv[i + 1]) == "json") return true;
  }
  return false;
}

int Fail(const absl::Status& error, bool as_json, const Streams& streams) {
  streams.err << "accord: " << Message(error) << '\n';
  if (as_json) streams.out << wire::Write(wire::ErrorDocument(error)) << std::flush;
  return static_cast<int>(ExitStatusOf(error));
}

// Help and versions are no errors; CLI11 throws them all the same.
int TellParse(const CLI::App& app, const CLI::ParseError& error, bool as_json,
              const Streams& streams) {
  if (error.get_exit_code() == 0) return app.exit(error, streams.out, streams.err);
  std::string fact = error.what();
  while (!fact.empty() && (fact.back() == '\n' || fact.back() == '.')) fact.pop_back();
  const int status = Fail(InvalidInput("command line", fact), as_json, streams);
  streams.err << "Try 'accord --help', or 'accord resolve --help'.\n";
  return status;
}

// Commands that are not asked for cost a start-up a millisecond: only those whose names stand among
// the words are made, and have options; without any such word, and for help, all are made.
class Cli {
 public:
  explicit Cli(std::span<const char* const> words)
      : words_(words),
        app_("Accord answers dependency questions: which versions go together?", "accord") {
    app_.set_version_flag("--version", std::string("accord ") + ACCORD_VERSION);
    app_.require_subcommand(1);
    app_.get_formatter()->column_width(28);
    app_.footer(kExitStatuses);
    constexpr const char* kNames[] = {"resolve", "explain", "verify", "version",
                                      "corpus",  "serve",   "mock",   "replay"};
    const bool asks_version = words_.size() == 2 && Says("--version");
    shows_all_ = Says("--help") || Says("-h") ||
                 (!asks_version &&
                  std::ranges::none_of(kNames, [&](std::string_view name) { return Says(name); }));
    resolve_app_ = Add("resolve", "Which versions go together?", resolve_);
    explain_app_ =
        Add("explain", "Why is a package in the answer, why not in another version?", explain_);
    verify_app_ = Add("verify", "Is an answer a solution of the request?", verify_);
    version_app_ = Add("version", "Parses, compares and matches version texts", version_);
    serve_app_ = Add("serve", "Answers requests over JSON on stdin and stdout", serve_);
    mock_app_ = Add("mock", "Says what a transcript says, for tests of clients", mock_);
    replay_app_ = Add("replay", "Holds recorded conversations with this engine", replay_);
    corpus_app_ = Add("corpus", "Builds, merges and looks into corpora", corpus_);
  }

  CLI::App& app() { return app_; }

  absl::StatusOr<Reply> RunChosen(const Streams& streams) {
    const auto parsed = [](const CLI::App* app) { return app != nullptr && app->parsed(); };
    if (parsed(resolve_app_)) return resolve_.Run(streams);
    if (parsed(explain_app_)) return explain_.Run(streams);
    if (parsed(verify_app_)) return verify_.Run(streams);
    if (parsed(serve_app_)) return serve_.Run();
    if (parsed(mock_app_)) return mock_.Run(streams);
    if (parsed(replay_app_)) return replay_.Run(streams);
    if (parsed(corpus_app_)) return corpus_.Run(streams);
    return version_.Run();
  }

 private:
  void AddOptions(auto& command, CLI::App& app) {
    if constexpr (requires { command.AddTo(app); }) {
      command.AddTo(app);
    } else {
      Options options(app, {words_.begin(), words_.end()});
      command.AddTo(options);
    }
  }

  template <class Command>
  CLI::App* Add(const char* name, const char* summary, Command& command) {
    const bool is_named = Says(name);
    if (!is_named && !shows_all_) return nullptr;
    CLI::App* app = app_.add_subcommand(name, summary);
    if (is_named) AddOptions(command, *app);
    return app;
  }

  [[nodiscard]] bool Says(std::string_view wanted) const {
    return std::ranges::any_of(words_, [&](std::string_view word) { return word == wanted; });
  }

  const std::span<const char* const> words_;
  bool shows_all_ = false;
  CLI::App app_;
  ResolveCommand resolve_;
  ExplainCommand explain_;
  VerifyCommand verify_;
  VersionCommand version_;
  CorpusCommand corpus_;
  ServeCommand serve_;
  MockCommand mock_;
  ReplayCommand replay_;
  CLI::App* resolve_app_ = nullptr;
  CLI::App* explain_app_ = nullptr;
  CLI::App* verify_app_ = nullptr;
  CLI::App* version_app_ = nullptr;
  CLI::App* corpus_app_ = nullptr;
  CLI::App* serve_app_ = nullptr;
  CLI::App* mock_app_ = nullptr;
  CLI::App* replay_app_ = nullptr;
};

}  // namespace

int Run(int argc, const char* const* argv, const Streams& streams) {
  const bool as_json = AsksForJson(argc, argv);
  Cli cli({argv, static_cast<size_t>(argc)});
  try {
    cli.app().parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return TellParse(cli.app(), error, as_json, streams);
  }
  const absl::StatusOr<Reply> reply = cli.RunChosen(streams);
  if (!reply.ok()) return Fail(reply.status(), as_json, streams);
  streams.out << reply->text << std::flush;
  return static_cast<int>(reply->status);
}

}  // namespace accord::cli
