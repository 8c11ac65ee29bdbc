#include "cli/explain_command.h"

#include "base/error.h"
#include "cli/answer_table.h"
#include "cli/ask.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/why_text.h"
#include "wire/answer_json.h"
#include "wire/documents.h"
#include "wire/why_json.h"

namespace accord::cli {
namespace {

constexpr const char* kQuestionsGroup = "Questions";

constexpr const char* kExplainFooter = R"(Examples:
  accord explain --corpus pypi.jsonl.zst boto3 requests --why urllib3
  accord explain --corpus pypi.jsonl.zst boto3 requests --why-not 'urllib3>=2'
  accord explain --corpus pypi.jsonl.zst boto3 requests

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
  options.AddFlag("--json", json_, "the answer's JSON document, with why, whyNot or versions")
      ->group(kOutputGroup);
  options.Add("-o,--output", output_, "FILE: the answer goes there, not to stdout")
      ->type_name("")
      ->group(kOutputGroup);
  stop_.AddTo(options);
  options.app().footer(kExplainFooter);
}

absl::StatusOr<Reply> ExplainCommand::Run(const Streams& streams) const {
  const absl::StatusOr<engine::Sources> sources = request_.Open("pypi");
  if (!sources.ok()) return sources.status();
  absl::StatusOr<pypi::ResolveRequest> request = request_.Request(streams, AnyPython::kTaken);
  if (!request.ok()) return request.status();
  engine::WhyQuestions questions = questions_;
  questions.versions = !questions.any();
  engine::ResolveOptions options;
  CancelFlag cancel;
  Deadline deadline;
  ACCORD_RETURN_IF_ERROR(stop_.Apply(cancel, deadline, options.budget));
  const absl::StatusOr<engine::Explained> explained =
      Ask(request_, *request, *sources, questions, options);
  if (!explained.ok()) return explained.status();
  return Delivered(Answered(*explained, *request, streams.colours && output_.empty()), output_);
}

Reply ExplainCommand::Answered(const engine::Explained& explained,
                               const pypi::ResolveRequest& request, bool colours) const {
  Reply reply{.status = ExitStatusOf(explained.answer.status)};
  const auto& not_chosen = explained.not_chosen;
  if (not_chosen && not_chosen->kind == engine::WhyNotKind::kStopped) {
    reply.status = ExitStatus::kStopped;
  }
  if (json_) {
    nlohmann::json document = wire::AnswerDocument(
        explained.answer, {.ecosystem = "pypi", .strategy = "cdcl", .request = &request});
    wire::AddWhy(explained, document);
    reply.text = wire::Write(document);
  } else if (explained.answer.status != engine::Status::kSat) {
    reply.text = AnswerTable(explained.answer, {.target = request.target, .colours = colours});
  } else {
    reply.text = VersionsText(explained.versions);
    if (explained.package) reply.text += PackageText(*explained.package);
    if (not_chosen) reply.text += NotChosenText(*not_chosen);
    reply.text += Cat("The answer is for ", request.target, ".\n");
  }
  return reply;
}

}  // namespace accord::cli
