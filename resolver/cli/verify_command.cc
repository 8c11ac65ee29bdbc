#include "cli/verify_command.h"

#include <array>

#include "base/error.h"
#include "cli/choice.h"
#include "cli/files.h"
#include "cli/options.h"
#include "engine/verify.h"
#include "wire/conda_pins.h"
#include "wire/documents.h"
#include "wire/pins.h"

namespace accord::cli {
namespace {

enum class VerifiedEcosystem : uint8_t { kPypi, kConda };
constexpr std::array<Choice<VerifiedEcosystem>, 2> kVerifiedEcosystems = {
    {{"pypi", VerifiedEcosystem::kPypi}, {"conda", VerifiedEcosystem::kConda}}};

constexpr const char* kVerifyExamples = R"(Examples:
  accord verify --corpus pypi.jsonl.zst --answer pins.txt 'celery[redis]'
  accord resolve --corpus pypi.jsonl.zst --json flask >a.json
  accord verify --corpus pypi.jsonl.zst --answer a.json flask

The answer is a document of 'accord resolve --json', or lines of name==version; of conda lines of
name=version=build, or an explicit list (CEP 23). It is held against
the requirement texts of the facts by code that shares nothing with the solvers. It must not hold
what nothing needs; whether it is the canonical answer is not asked.)";

std::string Report(const check::CheckReport& report) {
  const uint64_t pins = report.cost.pins;
  const std::string_view noun = pins == 1 ? " pin" : " pins";
  if (report.accepted()) {
    return Cat("valid: ", pins, noun, ", ", report.cost.texts, " requirement texts\n");
  }
  std::string text = Cat("not valid: ", pins, noun, "\n");
  for (const check::Violation& violation : report.violations) {
    text += Cat("  ", check::Sentence(violation), "\n");
  }
  return text;
}

}  // namespace

void VerifyCommand::AddTo(Options& options) {
  request_.AddTo(options, "the requirements that the answer was made for");
  options.app()
      .add_option("--answer", answer_, "FILE, or - for standard input: the answer")
      ->type_name("")
      ->required();
  options.Add("--ecosystem", ecosystem_, "pypi, conda")->type_name("")->capture_default_str();
  options.AddFlag("--json", json_, "a JSON document with typed violations");
  options.app().footer(kVerifyExamples);
}

absl::StatusOr<Reply> VerifyCommand::Run(const Streams& streams) const {
  const auto ecosystem = Choose("--ecosystem", ecosystem_, kVerifiedEcosystems);
  if (!ecosystem.ok()) return ecosystem.status();
  return *ecosystem == VerifiedEcosystem::kConda ? RunConda(streams) : RunPypi(streams);
}

absl::StatusOr<Reply> VerifyCommand::RunConda(const Streams& streams) const {
  absl::StatusOr<engine::Sources> sources = request_.Open("conda");
  if (!sources.ok()) return sources.status();
  const absl::StatusOr<conda::ResolveRequest> request = request_.CondaRequest(streams, *sources);
  if (!request.ok()) return request.status();
  const absl::StatusOr<std::string> text = ReadWhole(answer_, streams.in);
  if (!text.ok()) return text.status();
  const auto pins = wire::ReadCondaPins(*text, answer_ == "-" ? "standard input" : answer_);
  if (!pins.ok()) return pins.status();
  const auto report = engine::Verify(*request, sources->all(), *pins);
  if (!report.ok()) return report.status();
  return Told(*report, request->notes);
}

absl::StatusOr<Reply> VerifyCommand::RunPypi(const Streams& streams) const {
  const absl::StatusOr<engine::Sources> sources = request_.Open("pypi");
  if (!sources.ok()) return sources.status();
  const absl::StatusOr<pypi::ResolveRequest> request = request_.Request(streams);
  if (!request.ok()) return request.status();
  const absl::StatusOr<std::string> text = ReadWhole(answer_, streams.in);
  if (!text.ok()) return text.status();
  const auto pins = wire::ReadPins(*text, answer_ == "-" ? "standard input" : answer_);
  if (!pins.ok()) return pins.status();
  const auto report = engine::Verify(*request, sources->all(), *pins);
  if (!report.ok()) return report.status();
  return Told(*report, request->notes);
}

Reply VerifyCommand::Told(const check::CheckReport& report,
                          const std::vector<InputNote>& notes) const {
  return {.status = report.accepted() ? ExitStatus::kSolved : ExitStatus::kUnsatisfiable,
          .text = json_ ? wire::Write(wire::VerifyDocument(report, notes)) : Report(report)};
}

}  // namespace accord::cli
