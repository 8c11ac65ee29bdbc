#include "cli/explain_command.h"

#include <array>
#include <utility>

#include "base/error.h"
#include "cli/answer_table.h"
#include "cli/ask.h"
#include "cli/choice.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/why_text.h"
#include "wire/answer_json.h"
#include "wire/documents.h"
#include "wire/why_json.h"

namespace accord::cli {
namespace {

enum class ExplainedEcosystem : uint8_t { kPypi, kConda };
constexpr std::array<Choice<ExplainedEcosystem>, 2> kExplainedEcosystems = {
    {{"pypi", ExplainedEcosystem::kPypi}, {"conda", ExplainedEcosystem::kConda}}};

constexpr const char* kQuestionsGroup = "Questions";

constexpr const char* kExplainFooter = R"(Examples:
  accord explain --corpus pypi.jsonl.zst boto3 requests --why urllib3
  accord explain --corpus pypi.jsonl.zst boto3 requests --why-not 'urllib3>=2'
  accord explain --corpus pypi.jsonl.zst boto3 requests
  accord explain --ecosystem conda --corpus conda.acx scipy --why-not 'numpy >=2'

The request is solved as 'accord resolve' does it. Without --why and --why-not each package of the
answer gets a line that says why it is at its version. What is said to be impossible was solved for
(docs/explanations.md). A request without a solution is explained as 'accord resolve' does it, with
the same exit status; a question that was answered is 0, whatever the answer.)";

}  // namespace

void ExplainCommand::AddTo(Options& options) {
  request_.AddTo(options, "requirements, as of 'accord resolve'");
  options.Add("--why", questions_.package, "NAME: who asks for it, and why this version")
      ->type_name("")
      ->group(kQuestionsGroup);
  options
      .Add("--why-not", questions_.not_chosen,
           "REQ: what speaks against these versions, or what they would cost")
      ->type_name("")
      ->group(kQuestionsGroup);
  options.Add("--ecosystem", ecosystem_, "pypi, conda")
      ->type_name("")
      ->capture_default_str()
      ->group(kOutputGroup);
  options.AddFlag("--json", json_, "the answer's JSON document, with why, whyNot or versions")
      ->group(kOutputGroup);
  options.Add("-o,--output", output_, "FILE: the answer goes there, not to stdout")
      ->type_name("")
      ->group(kOutputGroup);
  stop_.AddTo(options);
  options.app().footer(kExplainFooter);
}

absl::StatusOr<Reply> ExplainCommand::Run(const Streams& streams) const {
  const auto ecosystem = Choose("--ecosystem", ecosystem_, kExplainedEcosystems);
  if (!ecosystem.ok()) return ecosystem.status();
  engine::ResolveOptions options;
  CancelFlag cancel;
  stop_.Apply(cancel, options.budget);
  return *ecosystem == ExplainedEcosystem::kConda ? RunConda(streams, options)
                                                  : RunPypi(streams, options);
}

absl::StatusOr<Reply> ExplainCommand::RunPypi(const Streams& streams,
                                              const engine::ResolveOptions& options) const {
  const absl::StatusOr<engine::Sources> sources = request_.Open("pypi");
  if (!sources.ok()) return sources.status();
  absl::StatusOr<pypi::ResolveRequest> request = request_.Request(streams, AnyPython::kTaken);
  if (!request.ok()) return request.status();
  const absl::StatusOr<engine::Explained> explained =
      Ask(request_, *request, *sources, Questions(), options);
  if (!explained.ok()) return explained.status();
  return Answered(*explained, {.request = &*request}, streams);
}

absl::StatusOr<Reply> ExplainCommand::RunConda(const Streams& streams,
                                               const engine::ResolveOptions& options) const {
  absl::StatusOr<engine::Sources> sources = request_.Open("conda");
  if (!sources.ok()) return sources.status();
  const absl::StatusOr<conda::ResolveRequest> request = request_.CondaRequest(streams, *sources);
  if (!request.ok()) return request.status();
  const absl::StatusOr<engine::Explained> explained =
      engine::Explain(*request, sources->all(), Questions(), options);
  if (!explained.ok()) return explained.status();
  return Answered(*explained, {.conda_request = &*request}, streams);
}

engine::WhyQuestions ExplainCommand::Questions() const {
  engine::WhyQuestions questions = questions_;
  questions.versions = !questions.any();
  return questions;
}

absl::StatusOr<Reply> ExplainCommand::Answered(const engine::Explained& explained,
                                               wire::AnswerFrame asked,
                                               const Streams& streams) const {
  Reply reply{.status = ExitStatusOf(explained.answer.status)};
  const auto& not_chosen = explained.not_chosen;
  if (not_chosen && not_chosen->kind == engine::WhyNotKind::kStopped) {
    reply.status = ExitStatus::kStopped;
  }
  const std::string target = TargetOf(asked);
  if (json_) {
    asked.ecosystem = ecosystem_;
    asked.strategy = "cdcl";
    nlohmann::json document = wire::AnswerDocument(explained.answer, asked);
    wire::AddWhy(explained, document);
    reply.text = wire::Write(document);
  } else if (explained.answer.status != engine::Status::kSat) {
    const bool colours = streams.colours && output_.empty();
    reply.text = AnswerTable(explained.answer, {.target = target, .colours = colours});
  } else {
    reply.text = VersionsText(explained.versions);
    if (explained.package) reply.text += PackageText(*explained.package);
    if (not_chosen) reply.text += NotChosenText(*not_chosen);
    if (!target.empty()) reply.text += Cat("The answer is for ", target, ".\n");
  }
  return Delivered(std::move(reply), output_);
}

}  // namespace accord::cli
